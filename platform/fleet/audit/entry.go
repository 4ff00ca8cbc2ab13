package audit

import (
	"encoding/json"
	"time"

	"echoppe.dev/platform/kit/id"
)

// ID names an entry.
type ID = id.Of[Entry]

// Actor is who did something: an account, or the program itself.
type Actor struct {
	ID   string // of the account; "" for the program
	Name string // what to call it in a list, even after the account is gone
}

// ByProgram is the actor of what nobody asked for: refills, sweeps, migrations.
var ByProgram = Actor{Name: "échoppe"}

// Entry is one line of the journal.
type Entry struct {
	ID      ID
	At      time.Time
	Actor   Actor
	Action  string // noun and past participle: "shop.suspended"
	Shop    string // id of the shop it concerns, "" when none
	Subject string // what to call the thing: a slug, a host, an e-mail address
	Before  json.RawMessage
	After   json.RawMessage
}

// Deed is an entry about to be written. Before and After are marshalled to JSON; nil where there
// was or is nothing. Never hand it secrets.
type Deed struct {
	Actor   Actor
	Action  string
	Shop    string
	Subject string
	Before  any
	After   any
}
