package order

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/stock"
)

// ID names an order. People see its number.
type ID = id.Of[Order]

// LineID names a line of an order.
type LineID = id.Of[Line]

// Order is what somebody bought: a copy of every word and number it shows.
type Order struct {
	ID     ID
	Number string
	State  State

	Customer customer.ID // zero for a guest
	Guest    bool
	Email    string
	Buyer    string // the name on the bill
	Locale   i18n.Locale
	Profile  string
	Billing  address.Address
	Delivery address.Address // zero when nothing is carried

	Currency   money.Currency  // the management currency: all amounts below
	Currencies currency.Record // what it was worth, shown and charged
	Shipping   Choice
	Payment    Choice

	GoodsNet    money.Amount
	ShippingNet money.Amount
	Tax         money.Amount
	Total       money.Amount
	Paid        money.Amount
	Refunded    money.Amount

	Advance *Advance // nil: everything was due at once, and is sent as the clerk sees fit
	Request *Request // nil: bought in the shop, or agreed by a quote
	Lines   []Line
	Priced  *pricing.Priced // the whole calculation, with its trace; nil in lists

	Screening fraud.Finding // what was found when it was looked at for fraud; buyers are told none of it

	BuyerNote string
	Test      bool
	Rev       int
	PlacedAt  time.Time
	UpdatedAt time.Time
	Archived  bool
}

// Choice is a mode as the buyer chose it: its words stay when the mode goes.
type Choice struct {
	Mode  string // id, "" for none
	Kind  string // of a payment: the gateway's key
	Label string // in the buyer's language
}

// Line is one ordered article.
type Line struct {
	ID       LineID
	Product  catalog.ProductID
	Variant  stock.VariantID
	SKU      string
	Name     string
	Options  string // "Colour: red, Size: M, Print: logo", in the buyer's language
	Qty      int
	Unit     money.Amount // as entered: with tax if UnitGross
	Gross    bool         // the side of Unit
	Net      money.Amount
	TaxRate  decimal.Decimal // percent
	Tax      money.Amount
	Total    money.Amount // Net + Tax
	Physical bool
	Shipped  int
	Expected *time.Time // the day it was announced for when it was ordered before (STK-04); nil for none
	MediaKey string
}

// Left is how many pieces still wait to be sent.
func (l Line) Left() int {
	if !l.Physical {
		return 0
	}
	return max(0, l.Qty-l.Shipped)
}

// Wants is what the order takes from the stock.
func (o *Order) Wants() []stock.Want {
	wants := make([]stock.Want, 0, len(o.Lines))
	for _, l := range o.Lines {
		if !l.Variant.IsZero() {
			w := stock.Want{Variant: l.Variant, Qty: l.Qty}
			if l.Expected == nil {
				w.There = l.Qty
			}
			wants = append(wants, w)
		}
	}
	return wants
}

// Extras are the price-adding options line i was ordered with, option → value, for ordering it again;
// nil for none. They are read from the calculation, whose lines are those of the order.
func (o *Order) Extras(i int) map[string]string {
	if o.Priced == nil || len(o.Priced.Lines) != len(o.Lines) {
		return nil
	}
	var chosen map[string]string
	for _, e := range o.Priced.Lines[i].Extras {
		if option, value, ok := strings.Cut(e.Code, "="); ok {
			if chosen == nil {
				chosen = map[string]string{}
			}
			chosen[option] = value
		}
	}
	return chosen
}

// Pieces is the number of pieces.
func (o *Order) Pieces() int {
	n := 0
	for _, l := range o.Lines {
		n += l.Qty
	}
	return n
}

// Due is what is still to be paid, never below zero.
func (o *Order) Due() money.Amount {
	return money.Max(o.Total.Sub(o.Paid), money.Zero(o.Currency))
}

// Refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "order.unknown")
	// ErrLink refuses a link to an order page that is not genuine or too old.
	ErrLink = fault.New(fault.NotFound, "order.link")
	// ErrPlaced means that this very checkout was placed before; see FindByPlaceKey.
	ErrPlaced = fault.New(fault.Conflict, "order.placed_already")
	ErrLines  = fault.New(fault.Malformed, "order.line_unknown")
)
