package order

import (
	"time"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// EventID names a line of a timeline.
type EventID = id.Of[Happening]

// HappeningKind says what sort of thing happened. The words are stored.
type HappeningKind string

// The kinds.
const (
	Moved     HappeningKind = "state"   // Before → After
	Noted     HappeningKind = "note"    // somebody wrote something
	Money     HappeningKind = "payment" // Data: one of MoneyKeys, currency, kind
	Parcelled HappeningKind = "parcel"  // Data: carrier, tracking, url
	Mailed    HappeningKind = "mail"    // Data: kind
	Alerted   HappeningKind = "alert"   // something a person must look at; Note is its message key
)

// Kinds lists them.
func Kinds() []HappeningKind { return []HappeningKind{Moved, Noted, Money, Parcelled, Mailed, Alerted} }

// The keys of the data of a Money happening that say what became of money: each stands for a sentence of its own.
const (
	KeyCame     = "came"     // an amount that came
	KeyBack     = "back"     // an amount that went back
	KeyAsked    = "asked"    // the rest the buyer was asked for
	KeyLinked   = "linked"   // what the buyer was sent a link to pay
	KeyPromised = "promised" // an amount the buyer's bank holds ready
	KeyReleased = "released" // an amount it holds ready no more
	KeyRefused  = "failed"   // the bank said no: why, "" where it did not say; with the "mode"
)

// MoneyKeys lists them.
func MoneyKeys() []string {
	return []string{KeyCame, KeyBack, KeyAsked, KeyLinked, KeyPromised, KeyReleased, KeyRefused}
}

// Happening is one line of an order's timeline. Nothing is ever taken out of it.
type Happening struct {
	ID      EventID
	At      time.Time
	Kind    HappeningKind
	Actor   tenant.Actor
	Before  State
	After   State
	Note    string
	Visible bool // the buyer sees it (ACC-02)
	Data    map[string]string
}
