package currency

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
)

// Source says who gave a rate. The words are stored.
type Source string

const (
	Manual Source = "manual"
	ECB    Source = "ecb"
)

// Rate is what one unit of the management currency is worth in another.
type Rate struct {
	Currency money.Currency  `json:"currency"`
	Factor   decimal.Decimal `json:"factor"`
	Source   Source          `json:"source"`
	At       time.Time       `json:"at"` // when it was set
}

// ErrNoRate says that an amount cannot be converted.
var ErrNoRate = fault.New(fault.Conflict, "currency.no_rate")

// Rates are the rates of a shop at one instant. They are immutable; the zero value
// converts nothing.
type Rates struct {
	base  money.Currency
	rates map[money.Currency]Rate
}

// NewRates checks rates from the management currency. It returns fault.Malformed
// with the field "rate.<code>" for a rate that is not positive or given twice, or
// for one of the base itself.
func NewRates(base money.Currency, list ...Rate) (Rates, error) {
	var c form.Checker
	r := Rates{base, make(map[money.Currency]Rate, len(list))}
	for _, rate := range list {
		name := "rate." + rate.Currency.Code()
		_, twice := r.rates[rate.Currency]
		switch {
		case rate.Currency.IsZero() || rate.Currency == base || twice:
			c.Refuse(name, "currency.error.currency", nil)
		case !rate.Factor.IsPositive():
			c.Refuse(name, "currency.error.rate", nil)
		}
		r.rates[rate.Currency] = rate
	}
	if err := c.Err(); err != nil {
		return Rates{}, err
	}
	return r, nil
}

// Base is the management currency.
func (r Rates) Base() money.Currency { return r.base }

// Find is the rate to a currency; that to the base is 1. It returns ErrNoRate.
func (r Rates) Find(to money.Currency) (Rate, error) {
	if to == r.base && !to.IsZero() {
		return Rate{Currency: to, Factor: decimal.NewFromInt(1), Source: Manual}, nil
	}
	rate, ok := r.rates[to]
	if !ok {
		return Rate{}, ErrNoRate.With(fault.Args{"currency": to.Code()})
	}
	return rate, nil
}

// Convert is an amount of the base in another currency, unrounded. It returns
// ErrNoRate.
func (r Rates) Convert(a money.Amount, to money.Currency) (money.Amount, error) {
	rate, err := r.Find(to)
	if err != nil {
		return money.Amount{}, err
	}
	if a.Currency() != r.base {
		return money.Amount{}, &money.MismatchError{A: a.Currency(), B: r.base}
	}
	return money.New(a.Decimal().Mul(rate.Factor), to), nil
}

// List gives the rates by currency code.
func (r Rates) List() []Rate {
	list := make([]Rate, 0, len(r.rates))
	for _, rate := range r.rates {
		list = append(list, rate)
	}
	slices.SortFunc(list, func(a, b Rate) int { return strings.Compare(a.Currency.Code(), b.Currency.Code()) })
	return list
}

// stored is the JSON form: a checkout keeps its locked rates.
type stored struct {
	Base  money.Currency `json:"base"`
	Rates []Rate         `json:"rates"`
}

// MarshalJSON gives {"base":"EUR","rates":[…]}.
func (r Rates) MarshalJSON() ([]byte, error) { return json.Marshal(stored{r.base, r.List()}) }

// UnmarshalJSON reads what MarshalJSON gives, with the checks of NewRates.
func (r *Rates) UnmarshalJSON(data []byte) error {
	var s stored
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("read rates: %w", err)
	}
	got, err := NewRates(s.Base, s.Rates...)
	if err != nil {
		return err
	}
	*r = got
	return nil
}

var (
	_ json.Marshaler   = Rates{}
	_ json.Unmarshaler = (*Rates)(nil)
)
