package money

import (
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
)

// DivisionPlaces is the precision of a quotient: far below any digit that is ever
// shown or stored, so that a later rounding to the currency is right.
const DivisionPlaces = 16

// ErrInexact refuses to write an amount in minor units when it has finer digits
// than its currency, or is too large.
var ErrInexact = fault.New(fault.Internal, "money.inexact")

// Amount is a sum of money. The zero value is zero of no currency.
type Amount struct {
	n number // exact, with its currency; see number.go
}

// MismatchError is the panic of arithmetic on two currencies, and the error of Sum.
type MismatchError struct{ A, B Currency }

func (e *MismatchError) Error() string {
	return fmt.Sprintf("money: mixed currencies %q and %q", e.A, e.B)
}

// New makes an amount of n units of c, unrounded.
func New(n decimal.Decimal, c Currency) Amount { return fromDecimal(n).of(c) }

// Zero is no money at all in c.
func Zero(c Currency) Amount { return number{}.of(c) }

// FromMinor makes an amount from the smallest units of c: cents for EUR, whole
// yen for JPY.
func FromMinor(units int64, c Currency) Amount {
	return number{coef: units, scale: c.Digits()}.of(c)
}

// Must unwraps the result of Parse for amounts written in tests and at start-up.
func Must(a Amount, err error) Amount {
	if err != nil {
		panic(err)
	}
	return a
}

// Currency is the currency of a.
func (a Amount) Currency() Currency { return a.n.cur }

// Decimal is the number of units.
func (a Amount) Decimal() decimal.Decimal { return a.n.decimal() }

// Minor is a in the smallest units of its currency, as gateways want it. It
// returns ErrInexact when a was not rounded or does not fit.
func (a Amount) Minor() (int64, error) {
	units, ok := a.n.units(a.n.cur.Digits())
	if !ok {
		return 0, ErrInexact.With(fault.Args{"amount": a.String(), "currency": a.n.cur.Code()})
	}
	return units, nil
}

// Add is a + b.
func (a Amount) Add(b Amount) Amount {
	a.match(b)
	return a.n.add(b.n).of(a.n.cur)
}

// Sub is a - b.
func (a Amount) Sub(b Amount) Amount {
	a.match(b)
	return a.n.add(b.n.neg()).of(a.n.cur)
}

// Neg is -a.
func (a Amount) Neg() Amount { return a.n.neg().of(a.n.cur) }

// Abs is a without its sign.
func (a Amount) Abs() Amount {
	if a.IsNegative() {
		return a.Neg()
	}
	return a
}

// MulInt is a times a quantity.
func (a Amount) MulInt(n int64) Amount { return a.n.mul(number{coef: n}).of(a.n.cur) }

// Mul is a times a factor, exact.
func (a Amount) Mul(factor decimal.Decimal) Amount {
	return a.n.mul(fromDecimal(factor)).of(a.n.cur)
}

// Div is a divided by d, to DivisionPlaces. It panics when d is zero.
func (a Amount) Div(d decimal.Decimal) Amount {
	return a.n.div(fromDecimal(d)).of(a.n.cur)
}

// Prorate is a times part / whole, to DivisionPlaces: what a is worth when whole
// becomes part. It panics when whole is zero or of another currency than part.
func (a Amount) Prorate(part, whole Amount) Amount {
	part.match(whole)
	return a.n.mul(part.n).div(whole.n).of(a.n.cur)
}

// Cmp is -1, 0 or +1 as a is less than, equal to or greater than b.
func (a Amount) Cmp(b Amount) int {
	a.match(b)
	return a.n.cmp(b.n)
}

// Equal reports the same number of the same currency; it never panics.
func (a Amount) Equal(b Amount) bool { return a.n.cur == b.n.cur && a.n.cmp(b.n) == 0 }

// IsZero reports no money, in whatever currency.
func (a Amount) IsZero() bool { return a.n.sign() == 0 }

// IsNegative reports less than nothing.
func (a Amount) IsNegative() bool { return a.n.sign() < 0 }

// IsPositive reports more than nothing.
func (a Amount) IsPositive() bool { return a.n.sign() > 0 }

// Min is the smaller of two amounts.
func Min(a, b Amount) Amount {
	if b.Cmp(a) < 0 {
		return b
	}
	return a
}

// Max is the greater of two amounts.
func Max(a, b Amount) Amount {
	if b.Cmp(a) > 0 {
		return b
	}
	return a
}

// Sum adds amounts that should all be in c. It returns *MismatchError when one is
// not: this is the form for amounts that come from outside.
func Sum(c Currency, amounts ...Amount) (Amount, error) {
	total := Zero(c)
	for _, a := range amounts {
		if a.n.cur != c {
			return Amount{}, &MismatchError{c, a.n.cur}
		}
		total = total.n.add(a.n).of(c)
	}
	return total, nil
}

func (a Amount) match(b Amount) {
	if a.n.cur != b.n.cur {
		panic(&MismatchError{a.n.cur, b.n.cur})
	}
}
