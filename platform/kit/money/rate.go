package money

import (
	"encoding"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
)

// ErrRate refuses a percentage that is no plain number or has more than
// MaxPlaces decimals.
var ErrRate = fault.New(fault.Malformed, "money.rate")

var hundred = number{coef: 100}

// Rate is a percentage, of tax or of discount. The zero value is 0 %.
type Rate struct{ percent number }

// Percent makes a rate: Percent(decimal.NewFromInt(20)) is 20 %.
func Percent(p decimal.Decimal) Rate { return Rate{fromDecimal(p)} }

// ParseRate reads a percentage such as "20" or "5.5". It returns ErrRate.
func ParseRate(text string) (Rate, error) {
	a, err := Parse(text, Currency{})
	if err != nil {
		return Rate{}, ErrRate.Because(err)
	}
	return Rate{a.n}, nil
}

// MustRate is ParseRate for rates written in the program.
func MustRate(text string) Rate {
	r, err := ParseRate(text)
	if err != nil {
		panic(err)
	}
	return r
}

// Percent is the percentage: 20 for 20 %.
func (r Rate) Percent() decimal.Decimal { return r.percent.decimal() }

// Factor is the rate as a factor: 0.2 for 20 %.
func (r Rate) Factor() decimal.Decimal { return r.percent.shift(-2).decimal() }

// Of is that part of a, unrounded: the tax on a net amount, or a discount.
func (r Rate) Of(a Amount) Amount { return a.n.mul(r.percent).shift(-2).of(a.n.cur) }

// Within is the part that was added at this rate to reach a, to DivisionPlaces:
// the tax inside a gross amount.
func (r Rate) Within(gross Amount) Amount {
	return gross.n.mul(r.percent).div(hundred.add(r.percent)).of(gross.n.cur)
}

// AddTo is a with the rate on top, unrounded: gross from net.
func (r Rate) AddTo(net Amount) Amount {
	return net.n.mul(hundred.add(r.percent)).shift(-2).of(net.n.cur)
}

// IsZero reports 0 %.
func (r Rate) IsZero() bool { return r.percent.sign() == 0 }

// Cmp is -1, 0 or +1 as r is less than, equal to or greater than o.
func (r Rate) Cmp(o Rate) int { return r.percent.cmp(o.percent) }

// IsNegative reports less than 0 %.
func (r Rate) IsNegative() bool { return r.percent.sign() < 0 }

// Equal reports the same percentage.
func (r Rate) Equal(o Rate) bool { return r.percent.cmp(o.percent) == 0 }

// String is the percentage without a sign and without trailing zeros: "5.5".
func (r Rate) String() string { return Amount{n: r.percent}.String() }

// MarshalText gives the percentage.
func (r Rate) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads a percentage. It returns ErrRate.
func (r *Rate) UnmarshalText(text []byte) error {
	got, err := ParseRate(string(text))
	if err != nil {
		return err
	}
	*r = got
	return nil
}

var (
	_ encoding.TextMarshaler   = Rate{}
	_ encoding.TextUnmarshaler = (*Rate)(nil)
)
