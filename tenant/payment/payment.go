package payment

import (
	"time"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
)

// ID names an attempt to pay.
type ID = id.Of[Payment]

// OrderID is the order an attempt belongs to; what an order is, is not known here.
type OrderID = id.Of[Bill]

// Bill is what an order wants paid.
type Bill struct {
	Order  OrderID
	Amount money.Amount // in the currency it is settled in
	// Worth is the same in the currency of the order; the zero value when that is the same currency.
	Worth money.Amount
	// Provider is what the merchant's bank takes for it, the fixed part in the currency of Amount.
	Provider Share
	// Rest tells that what other attempts brought was another part of it, and is no reason to refuse this one.
	Rest bool
	// Saving is what the buyer wants besides paying.
	Saving Saving
	// New tells that the order is made in the same unit of work: nobody can have tried to pay it.
	New bool
}

// Payment is one attempt to pay an order.
type Payment struct {
	ID    ID
	Order OrderID
	Mode  ModeID
	Kind  string // the gateway's key
	// Ref is what the bank is told and repeats to us. Nobody can guess it.
	Ref      string
	State    State
	Amount   money.Amount // what was asked
	Worth    money.Amount // what that is worth in the currency of the order
	Captured money.Amount // what came
	Refunded money.Amount // what went back
	BankRef  string       // the bank's name for it
	Reason   Reason       // why it failed or was given up
	Dispute  *Dispute     // the newest; nil when the buyer never disputed it
	Card     Card         // what it was paid with, or the last card that was refused
	// Provider is what the merchant's bank takes for it, as the mode said when it was begun (PGW-11); the fixed part in
	// the currency of Amount.
	Provider Share
	Saving   Saving
	Paid     time.Time // when the money was promised or came; zero before
	Test     bool      // no real money
	Settling bool      // while it is open: the bank says that the money is on its way
	Created  time.Time
	Updated  time.Time
}

// Refundable is what can still be given back.
func (p Payment) Refundable() money.Amount { return p.Captured.Sub(p.Refunded) }

// Fee is what the merchant's bank takes for what came, by what the mode says of its contract; false where that says
// nothing, or nothing came. What was given back costs the merchant its fee all the same with most banks.
func (p Payment) Fee() (money.Amount, bool) {
	if p.Provider.IsZero() || !p.Captured.IsPositive() {
		return money.Amount{}, false
	}
	return p.Provider.Of(p.Captured), true
}
