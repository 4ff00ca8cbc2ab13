package wanted

import (
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
)

// What is refused.
var (
	// ErrUnknown: there is no such request.
	ErrUnknown = fault.New(fault.NotFound, "wanted.unknown")
	// ErrTooMany: the shop has asked often enough today.
	ErrTooMany = fault.New(fault.Malformed, "wanted.too_many")
	// ErrStale: somebody else answered since it was read.
	ErrStale = fault.New(fault.Conflict, "wanted.stale")
)

// ID names a request.
type ID = id.Of[Request]

// State is what became of a request.
type State string

// The states. The words are stored.
const (
	New      State = "new"
	Looking  State = "looking"  // an operator looks into it
	Planned  State = "planned"  // it will be built
	Done     State = "done"     // the bank can be chosen
	Declined State = "declined" // it will not be
)

// States lists them in the order in which they are gone through.
func States() []State { return []State{New, Looking, Planned, Done, Declined} }

// Key is the message that names the state.
func (s State) Key() string { return "wanted.state." + string(s) }

// Request is one bank that is wanted.
type Request struct {
	ID       ID
	Shop     string // id
	ShopName string // as it is called now
	AskedBy  string // the account's name or address
	Locale   i18n.Locale
	Draft
	State   State
	Answer  string // what the operators said last, plain text
	Rev     int
	Created time.Time
	Updated time.Time
}

// Draft is what a merchant says.
type Draft struct {
	Bank     string // required
	Protocol string // as the bank calls it
	Docs     string // address of the bank's documentation, http or https
	Volume   string // how many payments a month, in his words
	Contact  string // mail address the answer goes to, required
	Note     string
}

// Reply is what an operator says.
type Reply struct {
	State  State
	Answer string
	Rev    int // the revision that was shown
}
