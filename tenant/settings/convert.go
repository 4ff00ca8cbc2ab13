package settings

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/tenant/currency"
)

// Old is what becomes of a management currency that no longer is one.
type Old string

// What can become of it.
const (
	OldGone  Old = "gone"  // a shop that has sold nothing in it has no use for it
	OldKept  Old = "kept"  // it has a rate, so that payment modes which settle in it go on
	OldShown Old = "shown" // and visitors may see prices in it
)

// Convert is the document after the management currency has become another (CUR-01). That one is no longer on
// display, being the shop's own; the old one takes its place in the list, at the inverse of the rate. The rates
// of the others were from the old currency: they are carried over through it, and those of the central bank are
// the bank's again at its next file.
func (d Currencies) Convert(x currency.Exchange, left Old, now time.Time) Currencies {
	after := Currencies{Management: x.To.Code(), Display: []DisplayCurrency{}, Since: now}
	one := decimal.NewFromInt(1)
	old := DisplayCurrency{Code: x.From.Code(), Rate: significant(one, x.Factor), Source: currency.Manual, At: now, Active: left == OldShown}
	for _, other := range d.Display {
		if other.Code == x.To.Code() {
			if other.Source == currency.ECB {
				old.Source = currency.ECB
			}
			if left != OldGone {
				after.Display = append(after.Display, old)
			}
			continue
		}
		if rate, err := decimal.NewFromString(other.Rate); err == nil {
			other.Rate = significant(rate, x.Factor)
		}
		after.Display = append(after.Display, other)
	}
	if left != OldGone && !slices.ContainsFunc(after.Display, func(c DisplayCurrency) bool { return c.Code == old.Code }) && len(after.Display) < maxDisplay {
		after.Display = append(after.Display, old)
	}
	return after
}

// significant is a quotient to ten digits that count, however small it is.
func significant(n, by decimal.Decimal) string {
	const digits, far = 10, 24
	q := n.DivRound(by, far)
	return q.Round(digits - int32(q.NumDigits()) - q.Exponent()).String()
}

// Proposal is the rate at which the shop would be put into another currency: that of its display currency, else
// what a bank quotes, if one is at hand.
func (d Currencies) Proposal(to string, q Quotes) (decimal.Decimal, bool) {
	for _, x := range d.Display {
		if rate, err := decimal.NewFromString(x.Rate); x.Code == to && err == nil {
			return rate, true
		}
	}
	if q == nil {
		return decimal.Zero, false
	}
	return q.Rate(d.Management, to)
}
