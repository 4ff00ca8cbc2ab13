package supply

import "echoppe.dev/platform/kit/fsm"

// State is how far an order to a supplier has come.
type State string

// The states. The words are stored.
const (
	Draft        State = "draft"
	Ordered      State = "ordered"
	PartReceived State = "part_received"
	Received     State = "received"
	Cancelled    State = "cancelled"
)

// Event moves an order on.
type Event string

// The events.
const (
	Place    Event = "place"    // it was sent to the supplier
	Receive  Event = "receive"  // some of it came
	Complete Event = "complete" // all of it came
	Finish   Event = "finish"   // the rest will not come
	Cancel   Event = "cancel"
)

var table = fsm.Table[State, Event]{
	Draft:        {Place: Ordered, Cancel: Cancelled},
	Ordered:      {Receive: PartReceived, Complete: Received, Cancel: Cancelled},
	PartReceived: {Receive: PartReceived, Complete: Received, Finish: Received},
	Received:     {},
	Cancelled:    {},
}

// ErrRefused is matched by every refused transition; its arguments are "from" and "event".
var ErrRefused = fsm.ErrRefused

// States lists the states in the order an order passes them.
func States() []State { return []State{Draft, Ordered, PartReceived, Received, Cancelled} }

// ParseState reads a stored or typed word; false for none of ours.
func ParseState(text string) (State, bool) {
	for _, s := range States() {
		if string(s) == text {
			return s, true
		}
	}
	return "", false
}

// Key is the message that names the state.
func (s State) Key() string { return "supply.state." + string(s) }

// Open tells that pieces are still to come.
func (s State) Open() bool { return s == Ordered || s == PartReceived }

// Can tells whether the order takes the event.
func (o *Order) Can(e Event) bool { return table.Can(o.State, e) }

// Graph draws the table, for documents and its test.
func Graph() string { return table.Mermaid() }
