package quote

import (
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/fsm"
	"echoppe.dev/platform/kit/i18n"
)

// State is how far a quote has come.
type State string

// The states. The words of all but Expired are stored.
const (
	Draft    State = "draft" // asked for or begun, and not sent yet
	Sent     State = "sent"
	Accepted State = "accepted"
	Refused  State = "refused"
	Expired  State = "expired"
)

// Event moves a quote on.
type Event string

// The events.
const (
	Send   Event = "send"
	Accept Event = "accept"
	Refuse Event = "refuse"
)

// table says what leads where. Whatever has not become an order can be offered anew.
var table = fsm.Table[State, Event]{
	Draft:    {Send: Sent, Refuse: Refused},
	Sent:     {Send: Sent, Accept: Accepted, Refuse: Refused},
	Expired:  {Send: Sent, Refuse: Refused},
	Refused:  {Send: Sent},
	Accepted: {},
}

// States lists the states in the order a quote passes them.
func States() []State { return []State{Draft, Sent, Accepted, Refused, Expired} }

// ParseState reads a typed word; false for none of ours.
func ParseState(text string) (State, bool) {
	for _, s := range States() {
		if string(s) == text {
			return s, true
		}
	}
	return "", false
}

// Key is the message that names the state.
func (s State) Key() string { return "quote.state." + string(s) }

// Can tells whether the quote takes the event.
func (q *Quote) Can(e Event) bool { return table.Can(q.State, e) }

// Open tells whether the merchant still works on it.
func (q *Quote) Open() bool { return q.Can(Send) }

// Graph draws the table, for documents and its test.
func Graph() string { return table.Mermaid() }

// at is the state of a stored one on a day of the shop.
func (s State) at(today, until time.Time) State {
	if s == Sent && today.After(until) {
		return Expired
	}
	return s
}

// Day is the day of an instant in a zone, at midnight UTC.
func Day(at time.Time, zone *time.Location) time.Time {
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Orderable tells why the version a customer looks at cannot be ordered. Errors: ErrExpired, ErrRevised,
// ErrClosed.
func (q *Quote) Orderable(version int) error {
	switch q.State {
	case Draft, Accepted, Refused:
		return ErrClosed
	case Expired:
		return ErrExpired.With(fault.Args{"date": i18n.FormatDate(q.Locale, q.Sent.Until, i18n.Long)})
	case Sent:
	}
	if version != q.Version {
		return ErrRevised
	}
	return nil
}
