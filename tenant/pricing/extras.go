package pricing

import (
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// Extra is an option of an article that costs something and makes no variant of
// its own: a print, a gift box. It is chosen for every unit of its line.
type Extra struct {
	Code string    `json:"code"`
	Name i18n.Text `json:"name"`
	// Part is what the extra adds to one unit: the fixed amount stands on the side
	// of Line.Unit, the rate is taken of the unit price after tiers. What it comes
	// to is rounded half up to four decimals, each extra by itself, so that their
	// order means nothing.
	Part
}

// with is the price of a unit with extras.
func with(extras []Extra, unit money.Amount) money.Amount {
	dressed := unit
	for i := range extras {
		dressed = dressed.Add(extras[i].of(unit).RoundTo(money.MaxPlaces, money.HalfUp))
	}
	return dressed
}

// namesOf are the names of extras as one text, in every language one of them has.
func namesOf(extras []Extra) i18n.Text {
	all := make(i18n.Text)
	for i := range extras {
		for l := range extras[i].Name {
			all[l] = ""
		}
	}
	names := make([]string, len(extras))
	for l := range all {
		for i := range extras {
			names[i] = extras[i].Name.In(l)
		}
		all[l] = strings.Join(names, ", ")
	}
	return all
}

// areExtras accepts what makes a unit dearer or leaves it as it is. An option that
// takes something off would be a discount that no rule of discounts knows of:
// blocked goods and coupons would not see it.
func (b *Basket) areExtras(extras []Extra) bool {
	for i := range extras {
		fixed, rate := extras[i].Fixed, extras[i].Rate.Percent()
		if !fixed.IsZero() && (!b.isPrice(fixed) || tooDear(fixed)) || rate.IsNegative() || !rate.Equal(rate.Truncate(money.MaxPlaces)) {
			return false
		}
	}
	return true
}
