package start

import (
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/shipping"
)

// move is a shop that turns out to be somewhere else than its deliveries were prepared for.
type move struct {
	from, to   string // countries
	paid, pays money.Currency
}

// deliver takes the modes of delivery along: those that go to the old country and nowhere else go to
// the new one, and fees are put into the new currency at their rough worth. Fees whose worth is not
// known are switched off rather than charged: the first steps then ask for them.
func deliver(tx tenant.Tx, who tenant.Actor, m move) error {
	modes, err := shipping.ListModes(tx)
	if err != nil {
		return err
	}
	calculators := shipping.Builtin()
	for _, mode := range modes {
		moved := m.to != m.from && only(mode.Zones, m.from)
		if moved {
			mode.Zones = []shipping.Zone{{Country: m.to}}
		}
		if m.pays != m.paid {
			factor, known := exchange(m.paid, m.pays)
			mode.Values = priced(mode.Values, factor, m.pays)
			mode.Active = mode.Active && known
		}
		if !moved && m.pays == m.paid {
			continue
		}
		if _, err := calculators.SaveIn(tx, who, mode); err != nil {
			return fmt.Errorf("take delivery %s along: %w", mode.ID, err)
		}
	}
	return nil
}

// only tells whether zones are one country as a whole.
func only(zones []shipping.Zone, country string) bool {
	if len(zones) != 1 || zones[0].Country != country {
		return false
	}
	z := zones[0]
	return len(z.Regions)+len(z.Postcodes)+len(z.Except) == 0
}

// fees are the fields of the calculators that are amounts of money.
var fees = []string{"fee", "free_from", "value"}

// priced is a calculator's values with every amount multiplied.
func priced(v form.Values, factor decimal.Decimal, c money.Currency) form.Values {
	out := form.Values{}
	for name, value := range v {
		out[name] = value
		if rows := v.Rows(name); len(rows) > 0 {
			list := make([]form.Values, len(rows))
			for i, row := range rows {
				list[i] = priced(row, factor, c)
			}
			out[name] = form.RowsValue(list...)
		}
	}
	for _, name := range fees {
		amount, err := decimal.NewFromString(v.Text(name))
		if err != nil {
			continue // empty, or no amount in this calculator
		}
		out[name] = form.TextValue(rounded(amount.Mul(factor), factor, c).StringFixed(c.Digits()))
	}
	return out
}

// Priced is an amount in euros as a price of about that worth in another currency, for what a program
// prepares; the number itself where the worth is not known.
func Priced(euros decimal.Decimal, c money.Currency) decimal.Decimal {
	factor, _ := exchange(money.EUR, c)
	return rounded(euros.Mul(factor), factor, c)
}

// rounded is an amount as a shop would write it: to five cents, and where a euro is many of the units,
// to whole ones or tens of them. One that was not converted stays as it is.
func rounded(amount, factor decimal.Decimal, c money.Currency) decimal.Decimal {
	step := fiveCents
	switch {
	case factor.Equal(one):
		return amount.Round(c.Digits())
	case factor.GreaterThanOrEqual(manyUnits) && amount.GreaterThan(hundred):
		step = ten
	case factor.GreaterThanOrEqual(manyUnits), c.Digits() == 0:
		step = one
	}
	return amount.DivRound(step, 0).Mul(step)
}

var (
	fiveCents = decimal.New(5, -2)
	one       = decimal.NewFromInt(1)
	ten       = decimal.NewFromInt(10)
	hundred   = decimal.NewFromInt(100)
	manyUnits = decimal.NewFromInt(5) // from this factor on amounts lose their cents
)

// exchange is how many of one currency are about as much as one of the other; one, and false, when
// that is not known.
func exchange(from, to money.Currency) (decimal.Decimal, bool) {
	was, knownWas := worth[from.Code()]
	is, knownIs := worth[to.Code()]
	if !knownWas || !knownIs {
		return one, false
	}
	const places = 6
	return decimal.RequireFromString(is).DivRound(decimal.RequireFromString(was), places), true
}
