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
	// There is how many of them he was told are there. They are not promised him ahead: if somebody else was
	// faster, they are missing.
	There int
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
	Ahead     int  // how many may be promised now before they are there
	Tracked   bool // false: there are always enough
	Backorder bool // true: may be sold below zero
}

// Available is what others can still buy of what is there; meaningless when the variant is not tracked.
func (l Level) Available() int { return l.OnHand - l.Reserved }

// Promisable is what others can still buy or pre-order.
func (l Level) Promisable() int { return l.Available() + l.Ahead }

// Awaited tells whether so many pieces more are a pre-order (STK-04): the day of their article is to come, and they are
// not all free. Pieces on hand that are promised to those who ordered before are not free. Pieces nobody counts are
// awaited until the day.
func (l Level) Awaited(qty int) bool { return l.Ahead > 0 && (!l.Tracked || l.Available() < qty) }

// Sellable tells whether qty more pieces may be sold.
func (l Level) Sellable(qty int) bool { return !l.Tracked || l.Backorder || l.Promisable() >= qty }

// Signal is what a page says about a stock.
type Signal string

// The signals, from good to bad.
const (
	InStock  Signal = "in_stock"
	Low      Signal = "low"
	Preorder Signal = "preorder"
	OnOrder  Signal = "backorder"
	Out      Signal = "out"
)

// Signal tells what to say about available pieces, of which lowAt or fewer are "few left".
func (l Level) Signal() Signal {
	switch {
	case !l.Tracked || l.Available() > l.LowAt:
		return InStock
	case l.Available() > 0:
		return Low
	case l.Promisable() > 0:
		return Preorder
	case l.Backorder:
		return OnOrder
	}
	return Out
}

// above is the level where the shop's own threshold of "few left" counts as well: the higher one is
// what its pages go by.
func (l Level) above(lowAt int) Level {
	l.LowAt = max(l.LowAt, lowAt)
	return l
}

// WhileAwaiting is how long an order by cheque or transfer keeps its pieces.
const WhileAwaiting = 14 * 24 * time.Hour
