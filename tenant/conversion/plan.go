package conversion

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// Plan is a conversion as a merchant decides it. The currency converted from is the shop's, whatever Exchange.From
// says.
type Plan struct {
	Exchange currency.Exchange
	Old      settings.Old // what becomes of the currency the shop leaves
	// Blind tells that nobody knows what the new currency is worth. Amounts stay as they are and are taken out of
	// use: deliveries and discounts are switched off, limits, minimums and fees dropped.
	Blind bool
}

// Quotes convert the quotes nobody has been offered yet; checkout.Desk does.
type Quotes interface {
	ConvertQuotes(tenant.Tx, tenant.Actor, currency.Exchange) error
}

// Service converts shops. Quotes may be nil for shops that have none.
type Service struct {
	Calculators shipping.Calculators
	Quotes      Quotes
}

// Refusals.
var (
	// ErrQuotes: customers may accept quotes made in the present currency.
	ErrQuotes = fault.New(fault.Conflict, "conversion.quotes") // n, numbers
	// ErrBlocked: something makes no sense in the new currency; Preview.Blocked names it.
	ErrBlocked = fault.New(fault.Conflict, "conversion.blocked") // name, n
	// ErrTooLarge: a price would be more than a price can be.
	ErrTooLarge = fault.New(fault.Conflict, "conversion.too_large") // n
)

// Kind is a kind of amount.
type Kind string

// The kinds, in the order of a preview. The first four are those of catalog.Weigh.
const (
	Prices     Kind = "price"
	Compares   Kind = "compare_at"
	Costs      Kind = "cost"
	Past       Kind = "past"
	Rules      Kind = "rule"
	Extras     Kind = "extra"
	Deliveries Kind = "delivery"
	Payments   Kind = "payment"
	Profiles   Kind = "profile"
	Discounts  Kind = "discount"
	Suppliers  Kind = "supplier"
	Supplies   Kind = "supply"
)

// Kinds lists them.
func Kinds() []Kind {
	return []Kind{Prices, Compares, Costs, Past, Rules, Extras, Deliveries, Payments, Profiles, Discounts, Suppliers, Supplies}
}

// Line is what happens to one kind of amount.
type Line struct {
	Kind          Kind
	N             int
	Before, After money.Amount // their sums
	Zeros, Coarse int          // become nothing; lose more than a hundredth by rounding
}

// Named is one amount, of something that has a name.
type Named struct {
	Kind          Kind
	Name          string
	Before, After money.Amount
}

// Blocked is something that would make no sense in the new currency, and why.
type Blocked struct {
	Kind Kind
	Name string
	Why  error
}

// Preview is what a conversion would do.
type Preview struct {
	Plan
	Rev     int // of the currencies: to be given back to Convert
	Lines   []Line
	Samples []Named // articles
	Odd     []Named // what becomes nothing or loses by rounding, as far as a page can name it
	Blocked []Blocked
	// Unknown are ways to deliver whose calculator this program does not have: they are switched off.
	Unknown []string
	Quotes  int      // not offered yet: priced anew
	Stand   []string // numbers of quotes that stand: nothing is converted while they do
	Busy    bool     // an import or a change of many articles is being written
}

// Ready tells whether the conversion may be run.
func (p *Preview) Ready() bool { return len(p.Blocked) == 0 && len(p.Stand) == 0 && !p.Busy }

// What a preview names at most.
const (
	maxSamples = 20
	maxOdd     = 50
)

// tally adds up what is converted.
type tally struct {
	x     currency.Exchange
	lines map[Kind]*Line
	odd   []Named
}

func newTally(x currency.Exchange) *tally { return &tally{x: x, lines: map[Kind]*Line{}} }

func (t *tally) line(k Kind) *Line {
	l, ok := t.lines[k]
	if !ok {
		l = &Line{Kind: k, Before: money.Zero(t.x.From), After: money.Zero(t.x.To)}
		t.lines[k] = l
	}
	return l
}

// of is a conversion whose every amount is told.
func (t *tally) of(k Kind, name string, put func(decimal.Decimal) decimal.Decimal) func(decimal.Decimal) decimal.Decimal {
	return func(n decimal.Decimal) decimal.Decimal {
		after := put(n)
		l := t.line(k)
		one := Named{k, name, money.New(n, t.x.From), money.New(after, t.x.To)}
		l.N, l.Before, l.After = l.N+1, l.Before.Add(one.Before), l.After.Add(one.After)
		zero := !n.IsZero() && after.IsZero()
		if zero {
			l.Zeros++
		}
		coarse := !zero && t.x.Loses(n, after)
		if coarse {
			l.Coarse++
		}
		if (zero || coarse) && len(t.odd) < maxOdd {
			t.odd = append(t.odd, one)
		}
		return after
	}
}

func (t *tally) list() []Line {
	var list []Line
	for _, k := range Kinds() {
		if l, ok := t.lines[k]; ok && l.N > 0 {
			list = append(list, *l)
		}
	}
	return list
}
