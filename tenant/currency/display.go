package currency

import (
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
)

// Shown is an amount for eyes only, with the amount it stands for.
type Shown struct {
	Amount money.Amount `json:"amount"`
	Of     money.Amount `json:"of"` // in the management currency: what counts
}

// Converted reports that what is shown is not what is charged.
func (s Shown) Converted() bool { return s.Amount.Currency() != s.Of.Currency() }

// Display is a currency prices can be shown in.
type Display struct {
	Currency money.Currency `json:"currency"`
	Rounding Rounding       `json:"rounding"`
	From     time.Time      `json:"from,omitzero"`  // offered from here
	Until    time.Time      `json:"until,omitzero"` // to before here; zero is for ever
}

// Check refuses a missing currency, a rounding that does not fit it and a period
// that ends before it starts. It returns fault.Malformed with the fields.
func (d Display) Check() error {
	var c form.Checker
	c.Required("currency", d.Currency.Code())
	if err := d.Rounding.Check(d.Currency); err != nil {
		_ = c.Add("rounding.", err) // always an error about fields: it comes from a Checker
	}
	if !d.Until.IsZero() && !d.From.Before(d.Until) {
		c.Refuse("until", "currency.error.until", nil)
	}
	return c.Err()
}

// Offered reports whether shoppers may choose the currency at an instant.
func (d Display) Offered(at time.Time) bool {
	return !at.Before(d.From) && (d.Until.IsZero() || at.Before(d.Until))
}

// Price shows the price of one thing, by the rounding rule. In the management
// currency it is the price itself. It returns ErrNoRate.
func (d Display) Price(r Rates, a money.Amount) (Shown, error) {
	if d.Currency == a.Currency() {
		return Shown{a, a}, nil
	}
	to, err := r.Convert(a, d.Currency)
	if err != nil {
		return Shown{}, err
	}
	if plain := to.Round(money.HalfUp); lossy(to, plain) && !a.Equal(a.Round(money.Down)) {
		return Shown{to.RoundTo(max(d.Currency.Digits(), money.MaxPlaces), money.HalfUp), a}, nil
	}
	return Shown{d.Rounding.round(to), a}, nil
}

// lossy reports that rounding takes or adds more than a hundredth: a screw at 0.0042 is not given away in another
// currency, and a thousand of them cost what a thousand cost.
func lossy(exact, rounded money.Amount) bool {
	return exact.Sub(rounded).Abs().MulInt(100).Cmp(exact.Abs()) > 0
}

// Sum shows a sum that stands alone, such as a smallest order: converted and rounded to the currency, without the
// rule for prices. What is in that currency already is shown as it
// is, be it the management currency or that of an order from before it was changed. It returns ErrNoRate.
func (d Display) Sum(r Rates, a money.Amount) (Shown, error) {
	if d.Currency == a.Currency() {
		return Shown{a, a}, nil
	}
	to, err := r.Convert(a, d.Currency)
	if err != nil {
		return Shown{}, err
	}
	return Shown{to.Round(money.HalfUp), a}, nil
}
