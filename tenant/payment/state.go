package payment

import "echoppe.dev/platform/kit/fsm"

// State is where an attempt to pay stands.
type State string

// The states. The words are stored.
const (
	StateCreated      State = "created"       // noted here, the bank may not know yet
	StatePending      State = "pending"       // the buyer or his bank is busy with it
	StateAuthorised   State = "authorised"    // the money is promised
	StateCaptured     State = "captured"      // the money is ours
	StatePartRefunded State = "part_refunded" // some of it was given back
	StateRefunded     State = "refunded"      // all of it was given back
	StateFailed       State = "failed"        // the bank said no
	StateCancelled    State = "cancelled"     // given up by the buyer, by us or by time
	StateReview       State = "review"        // what the bank says does not fit: a person decides
	StateDisputed     State = "disputed"      // the buyer's bank asks for it back, and evidence may be sent (PGW-15)
	StateChargedBack  State = "charged_back"  // the dispute is lost: the bank has taken it back
)

// Event is what happens to an attempt.
type Event string

// The events. Notices carry the first nine; the others are ours.
const (
	Waiting    Event = "wait"
	Authorised Event = "authorise"
	Captured   Event = "capture"
	Failed     Event = "fail"
	Cancelled  Event = "cancel"
	Refunded   Event = "refund"
	// Disputed: the buyer has told his bank that he does not owe it. Won and Lost are how it ends.
	Disputed    Event = "dispute"
	DisputeWon  Event = "dispute_won"
	DisputeLost Event = "dispute_lost"

	begun        Event = "begin"            // the first line of a ledger
	partRefunded Event = "refund_part"      // Refunded, with something left
	doubted      Event = "doubt"            // another amount or currency than asked
	accepted     Event = "accept"           // a person takes what is in review as paid
	wonRest      Event = "dispute_won_rest" // DisputeWon, of a payment some of which was given back before
)

// table says what leads where. Money is a fact whatever was heard before, so an attempt that failed
// or was given up can still be paid: banks let a buyer try another card under the same reference,
// and messages overtake each other. What was paid is only undone by a refund.
var table = fsm.Table[State, Event]{
	StateCreated: {
		Waiting: StatePending, Authorised: StateAuthorised, Captured: StateCaptured,
		Failed: StateFailed, Cancelled: StateCancelled, doubted: StateReview,
	},
	StatePending: {
		Authorised: StateAuthorised, Captured: StateCaptured,
		Failed: StateFailed, Cancelled: StateCancelled, doubted: StateReview,
	},
	StateAuthorised: {
		Captured: StateCaptured, Failed: StateFailed, Cancelled: StateCancelled, doubted: StateReview,
	},
	StateCaptured:     {Refunded: StateRefunded, partRefunded: StatePartRefunded, Disputed: StateDisputed, DisputeLost: StateChargedBack},
	StatePartRefunded: {Refunded: StateRefunded, partRefunded: StatePartRefunded, Disputed: StateDisputed, DisputeLost: StateChargedBack},
	StateRefunded:     {},
	StateDisputed: {
		Refunded: StateRefunded, partRefunded: StateDisputed, DisputeLost: StateChargedBack,
		DisputeWon: StateCaptured, wonRest: StatePartRefunded,
	},
	StateChargedBack: {},
	StateFailed:      {Authorised: StateAuthorised, Captured: StateCaptured, doubted: StateReview},
	StateCancelled:   {Authorised: StateAuthorised, Captured: StateCaptured, doubted: StateReview},
	StateReview:      {accepted: StateCaptured, Failed: StateFailed, Cancelled: StateCancelled},
}

// Open tells that the attempt may still be paid without anybody being surprised.
func (s State) Open() bool { return s == StateCreated || s == StatePending }

// Paid tells that money has come and has not wholly gone back.
func (s State) Paid() bool {
	return s == StateCaptured || s == StatePartRefunded || s == StateDisputed
}

// Key is the message that names the state.
func (s State) Key() string { return "payment.state." + string(s) }

// Graph draws the table, for documents and its test.
func Graph() string { return table.Mermaid() }
