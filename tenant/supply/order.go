package supply

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/stock"
)

// ID names an order to a supplier. People see its number.
type ID = id.Of[Order]

// Order is what the shop ordered, or is about to, from one supplier.
type Order struct {
	ID       ID
	Number   string
	Supplier SupplierID // zero for none
	State    State
	Lines    []Line
	Receipts []Receipt
	Note     string
	Expected *time.Time // a day
	Rev      int
	Created  time.Time
	Placed   *time.Time
	Updated  time.Time
}

// Line is one variant of an order, under the names it had when it was put there.
type Line struct {
	Variant  stock.VariantID  `json:"variant"`
	SKU      string           `json:"sku"`
	Barcode  string           `json:"barcode,omitempty"`
	Name     string           `json:"name"`
	Ref      string           `json:"ref,omitempty"` // the supplier's
	Qty      int              `json:"qty"`
	Price    *decimal.Decimal `json:"price,omitempty"`
	Received int              `json:"received,omitempty"`
	// Currency is the code of what Price is in, on an order that was closed before the management currency became
	// another; see Order.Currency.
	Currency string `json:"currency,omitempty"`
}

// Left is how many are still to come.
func (l Line) Left() int { return max(0, l.Qty-l.Received) }

// Receipt is one delivery note.
type Receipt struct {
	Key    string        `json:"key"` // of the page it was typed on
	At     time.Time     `json:"at"`
	Number string        `json:"number,omitempty"` // the supplier's
	Note   string        `json:"note,omitempty"`
	Actor  string        `json:"actor,omitempty"`
	Lines  []ReceiptLine `json:"lines"`
	More   bool          `json:"-"` // more came than was ordered: somebody has looked
}

// ReceiptLine is what came of a variant.
type ReceiptLine struct {
	Variant stock.VariantID  `json:"variant"`
	Qty     int              `json:"qty"`
	Cost    *decimal.Decimal `json:"cost,omitempty"` // of one piece, without tax
	place   int              // on the note as it was typed
}

// Refusals about orders.
var (
	ErrUnknown = fault.New(fault.NotFound, "supply.unknown")
	ErrEmpty   = fault.New(fault.Conflict, "supply.empty")
	// ErrNothing refuses a receipt in which nothing came.
	ErrNothing = fault.New(fault.Malformed, "supply.nothing")
	// ErrCode: what was scanned or typed names no article, or none of this order.
	ErrCode = fault.New(fault.Malformed, "supply.code") // code
	ErrQty  = fault.New(fault.Malformed, "supply.qty")
	// ErrMore asks whether so many have really come.
	ErrMore = fault.New(fault.Malformed, "supply.more") // n awaited
	// ErrTooLong refuses more lines than one paper has.
	ErrTooLong = fault.New(fault.Conflict, "supply.too_long")
)

const (
	maxLines = 1000
	maxQty   = 1_000_000
)

// Pieces is how many were ordered.
func (o *Order) Pieces() int {
	n := 0
	for _, l := range o.Lines {
		n += l.Qty
	}
	return n
}

// Left is how many are still to come.
func (o *Order) Left() int {
	n := 0
	for _, l := range o.Lines {
		n += l.Left()
	}
	return n
}

// Total is what the order costs as far as prices are known; complete tells whether all are.
func (o *Order) Total() (sum decimal.Decimal, complete bool) {
	complete = true
	for _, l := range o.Lines {
		if l.Price == nil {
			complete = false
			continue
		}
		sum = sum.Add(l.Price.Mul(decimal.NewFromInt(int64(l.Qty))))
	}
	return sum, complete
}

// line is where a variant stands on the order; -1 when it does not.
func (o *Order) line(v stock.VariantID) int {
	for i := range o.Lines {
		if o.Lines[i].Variant == v {
			return i
		}
	}
	return -1
}

// Match is the line a code stands for: its barcode, its SKU, the supplier's reference.
func (o *Order) Match(code string) (Line, error) {
	for _, of := range []func(Line) string{
		func(l Line) string { return l.Barcode }, func(l Line) string { return l.SKU }, func(l Line) string { return l.Ref },
	} {
		for _, l := range o.Lines {
			if code != "" && equal(of(l), code) {
				return l, nil
			}
		}
	}
	return Line{}, ErrCode.With(fault.Args{"code": code})
}
