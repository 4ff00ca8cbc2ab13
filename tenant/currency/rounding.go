package currency

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
)

// Rounding makes converted prices look like prices: multiples of Step, plus
// Ending. Step 1 and Ending 0.95 give 4.95, 12.95; Step 0.05 gives 12.35; Step 100
// and Ending 80 give 1280. The zero value rounds to the digits of the currency.
type Rounding struct {
	Step   decimal.Decimal `json:"step"`
	Ending decimal.Decimal `json:"ending"`
}

// Check refuses a negative step, an ending that is not below the step, and either
// finer than the currency. It returns fault.Malformed with the fields.
func (r Rounding) Check(cur money.Currency) error {
	var c form.Checker
	fine := func(n decimal.Decimal) bool { return !n.Equal(n.Truncate(cur.Digits())) }
	if r.Step.IsNegative() || fine(r.Step) {
		c.Refuse("step", "currency.error.step", nil)
	}
	if r.Ending.IsNegative() || fine(r.Ending) || !r.Ending.IsZero() && r.Ending.GreaterThanOrEqual(r.Step) {
		c.Refuse("ending", "currency.error.ending", nil)
	}
	return c.Err()
}

// Lowest is the lowest price there is by the rule; zero where it only rounds to the digits of the currency.
func (r Rounding) Lowest() decimal.Decimal {
	if r.Ending.IsPositive() {
		return r.Ending
	}
	return r.Step
}

// round goes to the nearest such price, halves up. What is not positive, and what
// is nearer to nothing than to the lowest such price, is only rounded to the
// currency: a price never becomes zero by its looks.
func (r Rounding) round(a money.Amount) money.Amount {
	plain := a.Round(money.HalfUp)
	if !r.Step.IsPositive() || !a.IsPositive() {
		return plain
	}
	steps := a.Decimal().Sub(r.Ending).DivRound(r.Step, money.DivisionPlaces).Round(0)
	price := steps.Mul(r.Step).Add(r.Ending)
	if !price.IsPositive() {
		return plain
	}
	return money.New(price, a.Currency())
}
