package ui

import (
	"time"

	"github.com/a-h/templ"
)

// Meta is the head of a page.
type Meta struct {
	Title       string
	Site        string // follows the title: "Orders · Atelier Lune"
	Description string
	Canonical   string
	Index       bool          // allow search engines; off by default
	Reload      time.Duration // without scripts the page reloads itself this often; 0 never
	Scripts     []string      // further scripts of the asset set, by name
}

// Brand is the sign over the door.
type Brand struct {
	Name string
	Href string
	Tag  string // a small word beside the name, for example "Console"
}

// Surface tells the operators' console from everything else at a glance.
type Surface string

// The surfaces.
const (
	Office  Surface = "office"
	Console Surface = "console"
)

// Shell is the frame of a working screen: navigation at the side, a drawer and a
// bar at the bottom on phones. Drawn by [SidePage].
type Shell struct {
	Meta    Meta
	Surface Surface
	Brand   Brand
	Switch  templ.Component // between brand and navigation, for example the shop switcher
	Nav     []NavGroup
	User    User
	Banner  templ.Component // over the content: a mode, a test ribbon
	Wide    bool            // lets tables use the whole width
}

// NavGroup is a run of entries with an optional heading.
type NavGroup struct {
	Title string
	Items []NavItem
}

// NavItem is an entry of the side navigation. Items below it are shown while the
// page is under Href.
type NavItem struct {
	Label  string
	Href   string
	Icon   Icon
	Count  int    // a small figure, hidden when 0
	Exact  bool   // current only at Href itself, not below
	Pinned bool   // also in the bar at the bottom of phones; the first four count
	Short  string // label in that bar when Label is long
	Items  []NavItem
}

func (n NavItem) current(v View) bool {
	if n.Exact {
		return v.At(n.Href)
	}
	return v.Under(n.Href)
}

func (n NavItem) short() string {
	if n.Short != "" {
		return n.Short
	}
	return n.Label
}

const maxPinned = 4

func (s Shell) pinned() []NavItem {
	var items []NavItem
	for _, group := range s.Nav {
		for _, item := range group.Items {
			if item.Pinned && len(items) < maxPinned {
				items = append(items, item)
			}
		}
	}
	return items
}

// User is who is signed in and what the account menu offers.
type User struct {
	Name    string
	Detail  string // e-mail or role
	Actions []Action
}

// Initials are one or two letters for the avatar.
func (u User) Initials() string { return initials(u.Name) }

// Card is the frame of a single small task: sign in, sign up, choose a password.
// Drawn by [CardPage].
type Card struct {
	Meta    Meta
	Surface Surface
	Brand   Brand
	Title   string
	Lead    string
	Foot    templ.Component // under the card: "No account yet?"
}

// Public is the frame of pages for everybody: home, help, legal notes. Drawn by
// [PublicPage].
type Public struct {
	Meta    Meta
	Brand   Brand
	Links   []Action // at the top
	Actions []Action // at the top right
	Foot    []Action
	Note    string // last line
}

// Crumb is one step of the way from the start to this page; the last has no Href.
type Crumb struct {
	Label string
	Href  string
}

// Header opens a page: where it is, what it is, what can be done.
type Header struct {
	Title   string
	Lead    string
	Crumbs  []Crumb
	Badges  []Badge
	Actions []Action // the first ones are buttons
	More    []Action // the rest, folded into a menu
}
