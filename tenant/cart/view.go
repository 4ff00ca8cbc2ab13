package cart

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/stock"
)

// Pricer prices a cart; checkout implements it. It reads what the lines are called and cost in one
// go, and never fails for a line that cannot be bought: such a line is marked and left out of the
// totals.
type Pricer interface {
	Price(tx tenant.Tx, c *Cart, l i18n.Locale) (*View, error)
	// Preview is Price for the cart's page, which also says what delivery is going to cost and what will be charged.
	Preview(tx tenant.Tx, c *Cart, l i18n.Locale) (*View, error)
}

// View is a cart ready to be shown.
type View struct {
	ID       ID
	Lines    []LineView
	Count    int // pieces
	Undo     *Undo
	Choices  Choices
	Currency money.Currency
	Display  string
	// Charge is what will be charged, where amounts are shown in another currency than the shop's; else the zero value.
	Charge money.Amount
	// Rates are those to other currencies the cart is shown with: a checkout keeps the ones it began with.
	Rates currency.Rates
	// Priced is the price of the lines that can be bought, in the order of Lines; nil when there are none.
	Priced *pricing.Priced
	// Due says when it is to be paid (STK-04).
	Due deposit.Due
	// Blocked tells that a line must be put right before ordering. What else stands in the way
	// of an order (no shipping mode yet) is in Priced.Blocked().
	Blocked bool
	// NeedsShipping tells that something has to be carried.
	NeedsShipping bool
	// Delivery is what carrying it is going to cost, as far as that can be told before a mode is chosen; nil for nothing.
	Delivery *shipping.Estimate
	// Codes are the coupon codes that were typed, in the form of discount.Code.
	Codes []string
}

// Total is what is to be paid as far as it is known.
func (v *View) Total() money.Amount {
	if v.Priced == nil {
		return money.Zero(v.Currency)
	}
	return v.Priced.Totals.ToPay
}

// Mixed tells that some of what is to be carried is there and some was announced for a day to come: the buyer
// may want the first sent before the other (STK-04).
func (v *View) Mixed() bool {
	var there, awaited bool
	for _, l := range v.Lines {
		if l.Price != nil && l.Good.Physical {
			there, awaited = there || l.Good.Expected == nil, awaited || l.Good.Expected != nil
		}
	}
	return there && awaited
}

// Refusal is why a code is not given, nil when it is, or waits for a shipping mode.
func (v *View) Refusal(code string) *pricing.Reason {
	if v.Priced == nil {
		return nil
	}
	for i := range v.Priced.Refusals {
		if r := &v.Priced.Refusals[i]; r.Source == discount.CodePrefix+code {
			return &r.Reason
		}
	}
	return nil
}

// Waiting is what a code for free shipping waits for, nil for a code that waits for nothing.
func (v *View) Waiting(code string) *pricing.Reason {
	if v.Priced == nil {
		return nil
	}
	for i := range v.Priced.Trace {
		if e := &v.Priced.Trace[i]; e.Reason.Key == keyWaiting && e.Reason.Args["code"] == code {
			return &e.Reason
		}
	}
	return nil
}

// Problem says why a line cannot be bought as it stands.
type Problem string

// The problems of a line.
const (
	NoProblem Problem = ""
	Short     Problem = "short"    // fewer are left: Available may be taken
	SoldOut   Problem = "sold_out" // none is left
	Gone      Problem = "gone"     // no longer for sale
	Withdrawn Problem = "choice"   // a chosen extra is no longer offered, or a new one must be chosen
)

// LineView is one line ready to be shown.
type LineView struct {
	ID      LineID
	Variant stock.VariantID
	Qty     int
	Good    Good // zero but for Variant when the article was deleted
	// Price is the line's price; nil when the line cannot be bought at all.
	Price     *pricing.PricedLine
	Problem   Problem
	Available int // how many could be had, where Problem is Short
}

// Good is what a line is about, in the reader's language: as the catalogue says it now.
type Good struct {
	Variant    stock.VariantID
	Product    catalog.ProductID
	SKU        string
	Name       string
	Slug       string
	SlugLocale i18n.Locale
	Options    []Option
	Picture    *catalog.Cover // of the variant, else of the article; nil for none
	Physical   bool
	ForSale    bool // published, active, its day has come or it can be ordered before
	Level      stock.Level
	Expected   *time.Time    // the day it is announced for, while that is to come (STK-04)
	Terms      deposit.Terms // when it is paid, while that is to come
	Show       settings.Show // how the stock is shown; "" is the shop's own way
	Gross      bool          // the article's prices include tax
	Class      pricing.Class
	WeightG    int
	ShipValues map[string]decimal.Decimal // by shipping mode, instead of the weight
	Families   []string                   // classifications with everything above them
	Blocked    bool                       // discounts ignore the article (DSC-07)
	Measure    catalog.BaseMeasure        // what the price of one is told for
	Content    *decimal.Decimal           // how much of it is in the variant; nil for not told
	// Extras are those of a line, as the kernel adds them to the price; of a variant alone there are none.
	Extras []pricing.Extra

	own      pricelist.Own
	rules    []pricelist.Rule
	currency money.Currency // the management currency

	agreed *pricing.Price // instead of all of these; nil for none

	offered []catalog.Extra // what may be chosen beside
	words   [2]i18n.Locale  // the reader's language and the shop's
}

// Offer is what the good costs; CompareAt is what may be crossed out. A price that was agreed is one for any
// quantity, whoever asks, and nothing stands crossed out beside it.
func (g *Good) Offer(ask pricelist.Ask) pricelist.Offer {
	if g.agreed != nil {
		price := g.agreed.Amount.Decimal()
		return pricelist.Offer{Price: price, Own: price}
	}
	return ask.Offer(g.rules, g.own)
}

// Option is one choice the variant stands for: "Size: L".
type Option struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}
