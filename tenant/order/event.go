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
	Money     HappeningKind = "payment" // Data: amount, currency, kind
	Parcelled HappeningKind = "parcel"  // Data: carrier, tracking, url
	Mailed    HappeningKind = "mail"    // Data: kind
	Alerted   HappeningKind = "alert"   // something a person must look at; Note is its message key
)

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
