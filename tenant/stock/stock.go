package stock

import (
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
)

// Variant and Buyer stand for what the ids below name; their rows belong to other packages.
type (
	Variant struct{}
	Buyer   struct{}
)

// VariantID names a variant; catalog uses the same.
type VariantID = id.Of[Variant]

// BuyerID names who holds: a cart, or the order it became.
type BuyerID = id.Of[Buyer]

// ErrShort is matched by the error of a hold that could not be had in full; see Shortages.
var ErrShort = fault.New(fault.Conflict, "stock.short")

// Want is a quantity of a variant that somebody wants to count on.
type Want struct {
	Variant VariantID
	Qty     int
}

// Shortage says how many of a wanted variant there are for this buyer.
type Shortage struct {
	Variant   VariantID
	Asked     int
	Available int
}

// Shortages is the error of Hold: nothing was held. errors.Is(err, ErrShort) matches it.
type Shortages []Shortage

func (s Shortages) Error() string { return ErrShort.Error() }

// Unwrap makes a Shortages an ErrShort, with its kind and message.
func (s Shortages) Unwrap() error { return ErrShort }

// Level is the stock of one variant as it stands.
type Level struct {
	Variant   VariantID
	OnHand    int
	Reserved  int
	LowAt     int
	Tracked   bool // false: there are always enough
	Backorder bool // true: may be sold below zero
}

// Available is what others can still buy; meaningless when the variant is not tracked.
func (l Level) Available() int { return l.OnHand - l.Reserved }

// Sellable tells whether qty more pieces may be sold.
func (l Level) Sellable(qty int) bool { return !l.Tracked || l.Backorder || l.Available() >= qty }

// Signal is what a page says about a stock.
type Signal string

// The signals, from good to bad.
const (
	InStock Signal = "in_stock"
	Low     Signal = "low"
	OnOrder Signal = "backorder"
	Out     Signal = "out"
)

// Signal tells what to say about available pieces, of which lowAt or fewer are "few left".
func (l Level) Signal() Signal {
	switch {
	case !l.Tracked || l.Available() > l.LowAt:
		return InStock
	case l.Available() > 0:
		return Low
	case l.Backorder:
		return OnOrder
	}
	return Out
}

// Reason says why a stock moved. The words are stored.
type Reason string

// The reasons.
const (
	ReasonCount  Reason = "count"  // somebody counted and typed the number
	ReasonImport Reason = "import" // a file said so
	ReasonHeld   Reason = "held"   // a buyer began to pay
	ReasonFreed  Reason = "freed"  // a hold was given back or expired
	ReasonSold   Reason = "sold"
	ReasonReturn Reason = "return" // a sale was undone
)

// Expiries of holds.
const (
	// WhilePaying is how long an order placed by card keeps its pieces: longer than any bank's page lives.
	WhilePaying = time.Hour
	// WhileAwaiting is how long an order by cheque or transfer keeps them.
	WhileAwaiting = 14 * 24 * time.Hour
)
