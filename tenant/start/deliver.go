package start

import (
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/shipping"
)

// deliver takes the modes of delivery along: those that go to the old country and nowhere else go to the new one.
func deliver(tx tenant.Tx, who tenant.Actor, from, to string) error {
	if from == to {
		return nil
	}
	modes, err := shipping.ListModes(tx)
	if err != nil {
		return err
	}
	calculators := shipping.Builtin()
	for _, mode := range modes {
		if !only(mode.Zones, from) {
			continue
		}
		mode.Zones = []shipping.Zone{{Country: to}}
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

// Priced is an amount in euros as a price of about that worth in another currency, for what a program
// prepares; the number itself where the worth is not known.
func Priced(euros decimal.Decimal, c money.Currency) decimal.Decimal {
	factor, _ := conversion.Worth(money.EUR, c)
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
