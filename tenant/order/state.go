package order

import (
	"echoppe.dev/platform/kit/fsm"
	"echoppe.dev/platform/kit/money"
)

// State is how far an order has come (ORD-13). What was paid and what was sent are facts of their
// own: see PaymentState and ShipmentState.
type State string

// The states. The words are stored.
const (
	Placed           State = "placed"
	Paid             State = "paid"
	AwaitingShipment State = "awaiting_shipment"
	Shipped          State = "shipped"
	Delivered        State = "delivered"
	Closed           State = "closed"
	Cancelled        State = "cancelled"
	Refunded         State = "refunded"
)

// Event moves an order on.
type Event string

// The events.
const (
	Pay     Event = "pay"     // the whole amount is there
	Await   Event = "await"   // ready to be sent: packed, or to be paid on delivery
	Ship    Event = "ship"    // the last piece has left
	Deliver Event = "deliver" // it has arrived, or nothing had to be carried
	Close   Event = "close"   // nothing is left to do
	Cancel  Event = "cancel"
	Refund  Event = "refund" // all money went back
)

// table says what leads where. An order may be sent before it is paid (cash on delivery): money
// that comes later changes the payment state and not this one. An order whose deposit was paid is placed,
// not paid (STK-04): Pay comes with the rest, and what goes back before is a refund like any other.
var table = fsm.Table[State, Event]{
	Placed:           {Pay: Paid, Await: AwaitingShipment, Cancel: Cancelled, Refund: Refunded},
	Paid:             {Await: AwaitingShipment, Ship: Shipped, Deliver: Delivered, Cancel: Cancelled, Refund: Refunded},
	AwaitingShipment: {Ship: Shipped, Cancel: Cancelled, Refund: Refunded},
	Shipped:          {Deliver: Delivered, Refund: Refunded},
	Delivered:        {Close: Closed, Refund: Refunded},
	Cancelled:        {Refund: Refunded},
	Closed:           {},
	Refunded:         {},
}

// States lists the states in the order an order passes them.
func States() []State {
	return []State{Placed, Paid, AwaitingShipment, Shipped, Delivered, Closed, Cancelled, Refunded}
}

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
func (s State) Key() string { return "order.state." + string(s) }

// Key is the message that names the event as a button would.
func (e Event) Key() string { return "order.action." + string(e) }

// Allowed lists the events the order takes in its state, in a fixed order.
func (o *Order) Allowed() []Event { return table.Allowed(o.State) }

// Can tells whether the order takes the event.
func (o *Order) Can(e Event) bool { return table.Can(o.State, e) }

// Graph draws the table, for documents and its test.
func Graph() string { return table.Mermaid() }

// PaymentState is what the amounts say.
type PaymentState string

// The payment states.
const (
	Unpaid       PaymentState = "unpaid"
	PartPaid     PaymentState = "part_paid"
	FullyPaid    PaymentState = "paid"
	CreditOwed   PaymentState = "credit_owed" // more than due, or paid and called off
	PartRefunded PaymentState = "part_refunded"
	DepositPaid  PaymentState = "deposit_paid" // what was due with the order is there, the rest is due later
	NothingYet   PaymentState = "nothing_yet"  // nothing was due with the order
	AllRefunded  PaymentState = "refunded"
)

// Key is the message that names the payment state.
func (s PaymentState) Key() string { return "order.payment." + string(s) }

// CalledOff tells that the order is not carried out: it was cancelled, or all of its money went back.
func (o *Order) CalledOff() bool { return o.State == Cancelled || o.State == Refunded }

// Credit is what the buyer is to be given back: what he paid beyond the total, or at all for an order that was called
// off; never below zero.
func (o *Order) Credit() money.Amount {
	kept := o.Paid.Sub(o.Refunded)
	if !o.CalledOff() {
		kept = kept.Sub(o.Total)
	}
	return money.Max(kept, money.Zero(o.Currency))
}

// PaymentState is computed from the amounts.
func (o *Order) PaymentState() PaymentState {
	kept := o.Paid.Sub(o.Refunded)
	switch {
	case o.Refunded.IsPositive() && !kept.IsPositive():
		return AllRefunded
	case o.Credit().IsPositive():
		return CreditOwed
	case o.Refunded.IsPositive():
		return PartRefunded
	case o.Paid.Cmp(o.Total) >= 0:
		return FullyPaid
	case o.Advance != nil && o.Secured() && o.Paid.IsPositive():
		return DepositPaid
	case o.Advance != nil && o.Secured():
		return NothingYet
	case o.Paid.IsPositive():
		return PartPaid
	}
	return Unpaid
}

// ShipmentState is what the lines say.
type ShipmentState string

// The shipment states.
const (
	NothingToShip ShipmentState = "none"
	NotShipped    ShipmentState = "waiting"
	PartShipped   ShipmentState = "part"
	AllShipped    ShipmentState = "shipped"
	AllDelivered  ShipmentState = "delivered"
)

// Key is the message that names the shipment state.
func (s ShipmentState) Key() string { return "order.shipment." + string(s) }

// ShipmentState is computed from the lines.
func (o *Order) ShipmentState() ShipmentState {
	asked, sent := 0, 0
	for _, l := range o.Lines {
		if l.Physical {
			asked, sent = asked+l.Qty, sent+l.Shipped
		}
	}
	switch {
	case asked == 0:
		return NothingToShip
	case o.State == Delivered || o.State == Closed:
		return AllDelivered
	case sent == 0:
		return NotShipped
	case sent < asked:
		return PartShipped
	}
	return AllShipped
}
