package registry

import (
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/fsm"
)

// State is how far a shop is in its life. The words are stored.
type State string

// The states.
const (
	Prepared  State = "prepared"  // an empty schema waiting in the pool
	Open      State = "open"      // somebody's shop
	Suspended State = "suspended" // shut by an operator, its data untouched
	Closed    State = "closed"    // given up; kept until it is dropped
)

// Event moves a shop to another state.
type Event string

// The events.
const (
	Claim   Event = "claim"
	Suspend Event = "suspend"
	Resume  Event = "resume"
	Close   Event = "close"
	Reopen  Event = "reopen"
)

// Lifecycle is the table of states.
var Lifecycle = fsm.Table[State, Event]{
	Prepared:  {Claim: Open},
	Open:      {Suspend: Suspended, Close: Closed},
	Suspended: {Resume: Open, Close: Closed},
	Closed:    {Reopen: Suspended},
}

// ParseState reads a stored or submitted word.
func ParseState(text string) (State, error) {
	switch s := State(text); s {
	case Prepared, Open, Suspended, Closed:
		return s, nil
	}
	return "", fault.Invalid(fault.Field{Name: "state", Key: "form.choice"})
}

// ParseEvent reads a submitted word. Claim is not among them: only a sign-up claims.
func ParseEvent(text string) (Event, error) {
	switch e := Event(text); e {
	case Suspend, Resume, Close, Reopen:
		return e, nil
	}
	return "", fault.Invalid(fault.Field{Name: "event", Key: "form.choice"})
}
