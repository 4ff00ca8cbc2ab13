package settings

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
)

// What is asked about before currencies are saved, rather than refused: it may be meant.

// Leaver is a currency that visitors could choose, or payment modes settle in, and now cannot.
type Leaver struct {
	Code    string
	Hidden  bool // visitors saw it, and see it no longer
	Removed bool // it has no rate any more
}

// Leavers are the currencies that the document after this one takes away, on a day of the shop.
func (d Currencies) Leavers(after Currencies, day string) []Leaver {
	var list []Leaver
	for _, x := range d.Display {
		at := slices.IndexFunc(after.Display, func(y DisplayCurrency) bool { return y.Code == x.Code })
		l := Leaver{Code: x.Code, Removed: at < 0}
		l.Hidden = x.shownOn(day) && (l.Removed || !after.Display[at].shownOn(day))
		if l.Hidden || l.Removed {
			list = append(list, l)
		}
	}
	return list
}

// shownOn tells whether visitors may choose the currency on a day.
func (x DisplayCurrency) shownOn(day string) bool {
	return x.Active && (x.From == "" || x.From <= day) && (x.Until == "" || day <= x.Until)
}

// FarRate is a rate that is hardly meant.
type FarRate struct {
	Row   int
	Known decimal.Decimal // that of the bank, or the one stored before
	Bank  bool            // Known is the bank's
	Meant decimal.Decimal // what was meant, as far as one can guess
}

// FarRates are the new rates of the document after this one that are more than twice, or less than half, what is known.
// q is nil where no bank answers.
func (d Currencies) FarRates(after Currencies, q Quotes) []FarRate {
	var list []FarRate
	for i, x := range after.Display {
		typed, err := decimal.NewFromString(x.Rate)
		before := d.rate(x.Code)
		if err != nil || !typed.IsPositive() || typed.Equal(before) {
			continue
		}
		far := FarRate{Row: i, Known: before}
		if q != nil {
			if known, ok := q.Rate(after.Management, x.Code); ok {
				far.Known, far.Bank = known, true
			}
		}
		if !far.Known.IsPositive() || near(typed, far.Known, twice) {
			continue
		}
		far.Known = digits(far.Known)
		far.Meant = meant(typed, far.Known)
		list = append(list, far)
	}
	return list
}

// rate is the stored rate of a currency, zero for none.
func (d Currencies) rate(code string) decimal.Decimal {
	for _, x := range d.Display {
		if x.Code == code {
			n, _ := decimal.NewFromString(x.Rate) // checked when it was stored
			return n
		}
	}
	return decimal.Zero
}

// How far two rates may be apart: twice, to be left alone, and a quarter, to be taken for one another upside down.
var (
	twice   = decimal.NewFromInt(2)
	quarter = decimal.New(125, -2)
)

// near tells that neither number is more than so many times the other.
func near(a, b, times decimal.Decimal) bool {
	return a.LessThanOrEqual(b.Mul(times)) && b.LessThanOrEqual(a.Mul(times))
}

// meant guesses what somebody wanted to type: the same figures with the decimal sign elsewhere (108 for 1.08), or the
// rate the other way round; else what is known.
func meant(typed, known decimal.Decimal) decimal.Decimal {
	const places = 9
	for shift := int32(1); shift <= places; shift++ {
		for _, n := range []decimal.Decimal{typed.Shift(-shift), typed.Shift(shift)} {
			if near(n, known, twice) {
				return n
			}
		}
	}
	if n := decimal.NewFromInt(1).DivRound(typed, 2*places); near(n, known, quarter) && n.IsPositive() {
		return digits(n)
	}
	return known
}

// digits is a rate to six figures: nobody compares more.
func digits(n decimal.Decimal) decimal.Decimal {
	const figures = 6
	return n.Round(figures - int32(n.NumDigits()) - n.Exponent())
}

// Lifts tells whether the rounding begins so high that a price is far below it: at more than twice the price. low is
// where it begins, shown is how the price is shown. It tells nothing of a row that is no display currency yet.
func (x DisplayCurrency) Lifts(price money.Amount) (low, plain, shown money.Amount, lifts bool) {
	display, rate, err := x.open(time.UTC)
	if err != nil || !x.Active || !rate.Factor.IsPositive() || rate.Currency == price.Currency() {
		return low, plain, shown, false
	}
	rates, err := currency.NewRates(price.Currency(), rate)
	if err != nil {
		return low, plain, shown, false
	}
	bare := currency.Display{Currency: display.Currency}
	converted, err := bare.Price(rates, price)
	if err != nil {
		return low, plain, shown, false
	}
	rounded, err := display.Price(rates, price)
	if err != nil {
		return low, plain, shown, false
	}
	low, plain, shown = money.New(display.Rounding.Lowest(), display.Currency), converted.Amount, rounded.Amount
	return low, plain, shown, low.Decimal().GreaterThan(plain.Decimal().Mul(twice))
}
