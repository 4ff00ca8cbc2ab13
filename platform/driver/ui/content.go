package ui

import (
	"time"

	"github.com/a-h/templ"
)

// Badge is a short state: "Paid", "Draft".
type Badge struct {
	Label string
	Tone  Tone
	Dot   bool // a dot in front, for states that move
}

// Empty stands where a list has nothing to show and says what to do next.
type Empty struct {
	Icon    Icon
	Title   string
	Text    string
	Actions []Action
}

// Stat is one figure of a row of cards.
type Stat struct {
	Label string
	Value string
	Note  string // under the figure: "+12 % on last week"
	Tone  Tone   // of the note
	Href  string
	Trend []float64 // drawn as a small line; at least two values
}

// Event is one entry of a [Timeline], newest first by convention of the caller.
type Event struct {
	Title string
	Text  string
	Who   string
	When  time.Time
	Tone  Tone
	Icon  Icon
	Body  templ.Component // optional, under the text
}

// Term is one pair of a [DescriptionList]. Body wins over Text.
type Term struct {
	Name string
	Text string
	Body templ.Component
}

// Tab is one link of a row of tabs.
type Tab struct {
	Label   string
	Href    string
	Count   int
	Counted bool // show Count even when 0
	Current bool // set it when the path alone does not tell
}

// Step is one line of a check list or one station of a process.
type Step struct {
	Title   string
	Text    string
	State   StepState
	Action  *Action
	Minutes int // about how long it takes; 0 says nothing
}

// Choice is one of the ways to go on from a page that asks which kind of thing is to be made.
type Choice struct {
	Title string
	Text  string // one sentence
	Href  string
}

// StepState is how far a step is.
type StepState string

// The states of a step.
const (
	StepOpen    StepState = "open"
	StepCurrent StepState = "current"
	StepDone    StepState = "done"
	StepWarn    StepState = "warn"
)

// Progress is a task that runs elsewhere. While it is not Done the component asks
// URL for a fresh copy of itself every Every; without scripts the page reloads by
// [Meta].Reload, which the caller sets to the same.
type Progress struct {
	ID      string
	Label   string
	Done    int
	Total   int // 0: not known yet
	Note    string
	URL     string // answers with this component alone
	Every   time.Duration
	Ended   bool
	Tone    Tone // once ended: Good or Bad
	Actions []Action
}

// Menu is a button that unfolds a list of actions.
type Menu struct {
	Label    string
	Icon     Icon
	IconOnly bool
	Look     Look
	Start    bool // align with the left edge of the button
	Actions  []Action
}

// Dialog asks or tells something over the page. It is opened by an [Action] whose
// Dialog is this ID and whose Href leads to the same question on a page of its own,
// for browsers without scripts.
type Dialog struct {
	ID    string
	Title string
	Text  string
}

// Confirm is a question before something that cannot be taken back. [ConfirmCard]
// draws it on a page, [ConfirmDialog] in a dialog; both post to Action.
type Confirm struct {
	ID     string // of the dialog
	Title  string
	Text   string
	Points []string // what will happen, one line each
	Post   string
	Label  string // of the button: say the deed, "Delete 3 articles"
	Tone   Tone   // Bad by default
	Cancel string // address to go back to
	Hidden map[string]string
	Type   string // a word to type before the button obeys; checked by the server too
}

// Copy is a value to carry elsewhere: an address, a key, a DNS record.
type Copy struct {
	ID    string
	Label string
	Value string
	Help  string
}

// Shortcut is one line of the keyboard help.
type Shortcut struct {
	Keys []string
	Text string
}

// Sheet is a document for the printer: order, delivery note, picking list.
type Sheet struct {
	Title  string
	Number string
	Lines  []string // head of the sender
	Lang   string
}

// Feature is one promise on the home page.
type Feature struct {
	Icon  Icon
	Title string
	Text  string
}

// Hero opens the home page.
type Hero struct {
	Eyebrow string
	Title   string
	Lead    string
	Actions []Action
	Note    string
}

// Price is one column of the price table.
type Price struct {
	Name     string
	Amount   string
	Period   string
	Lead     string
	Points   []string
	Action   Action
	Featured bool
	Label    string // on the featured one
}
