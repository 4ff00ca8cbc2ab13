package money

import (
	"math"
	"math/bits"

	"github.com/shopspring/decimal"
)

// number is an exact decimal that costs no allocation while it is of ordinary
// size: a coefficient of 64 bits and up to maxScale decimals, which holds any sum
// a shop will ever see. Whatever does not fit is a decimal.Decimal, slower and as
// exact. A page prices thousands of amounts; this is what keeps them cheap.
//
// A number that fits is always kept narrow, so wide is rare and never a question
// of history.
type number struct {
	coef  int64
	wide  *decimal.Decimal // when not nil, the value instead
	scale int32            // decimals of coef, 0 to maxScale
	cur   Currency         // of an Amount, for which there is room here; no arithmetic looks at it
}

// of makes an amount of a number.
func (n number) of(c Currency) Amount {
	n.cur = c
	return Amount{n}
}

// maxScale is the largest power of ten in 64 bits.
const maxScale = 18

var powers = func() (p [maxScale + 1]int64) {
	p[0] = 1
	for i := 1; i <= maxScale; i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

func fromDecimal(d decimal.Decimal) number {
	if d.IsZero() {
		return number{}
	}
	exp := d.Exponent()
	if exp > 0 && exp <= maxScale {
		d, exp = d.Round(0), 0 // written out, not rounded: there is nothing finer
	}
	// 18 digits always fit; a few numbers of 19 that would fit too stay wide.
	if exp > 0 || exp < -maxScale || d.NumDigits() > maxScale {
		return number{wide: &d}
	}
	return number{coef: d.CoefficientInt64(), scale: -exp}
}

func (n number) decimal() decimal.Decimal {
	if n.wide != nil {
		return *n.wide
	}
	return decimal.New(n.coef, -n.scale)
}

func (n number) sign() int {
	switch {
	case n.wide != nil:
		return n.wide.Sign()
	case n.coef < 0:
		return -1
	case n.coef > 0:
		return 1
	default:
		return 0
	}
}

// places is how many decimals n is written with, trailing zeros included.
func (n number) places() int32 {
	if n.wide != nil {
		return max(0, -n.wide.Exponent())
	}
	return n.scale
}

func (n number) neg() number {
	if n.wide != nil || n.coef == math.MinInt64 {
		return fromDecimal(n.decimal().Neg())
	}
	n.coef = -n.coef
	return n
}

func (n number) add(o number) number {
	if a, b, scale, ok := aligned(n, o); ok {
		if sum := a + b; (sum > a) == (b > 0) {
			return number{coef: sum, scale: scale}
		}
	}
	return fromDecimal(n.decimal().Add(o.decimal()))
}

func (n number) cmp(o number) int {
	if a, b, _, ok := aligned(n, o); ok {
		switch {
		case a < b:
			return -1
		case a > b:
			return 1
		default:
			return 0
		}
	}
	return n.decimal().Cmp(o.decimal())
}

func (n number) mul(o number) number {
	if n.wide == nil && o.wide == nil && n.scale+o.scale <= maxScale {
		if product, ok := times(n.coef, o.coef); ok {
			return number{coef: product, scale: n.scale + o.scale}
		}
	}
	return fromDecimal(n.decimal().Mul(o.decimal()))
}

// div is n / o to DivisionPlaces, halves away from zero.
func (n number) div(o number) number {
	if n.wide == nil && o.wide == nil && o.coef != 0 {
		if q, ok := quotient(n, o); ok {
			return q
		}
	}
	return fromDecimal(n.decimal().DivRound(o.decimal(), DivisionPlaces))
}

// quotient divides in 128 bits.
func quotient(n, o number) (number, bool) {
	shift := DivisionPlaces + o.scale - n.scale
	if shift < 0 || shift > maxScale {
		return number{}, false
	}
	divisor := magnitude(o.coef)
	hi, lo := bits.Mul64(magnitude(n.coef), uint64(powers[shift]))
	if hi >= divisor {
		return number{}, false
	}
	q, rest := bits.Div64(hi, lo, divisor)
	if rest >= divisor-rest {
		q++
	}
	if q > math.MaxInt64 {
		return number{}, false
	}
	coef := int64(q)
	if (n.coef < 0) != (o.coef < 0) {
		coef = -coef
	}
	return number{coef: coef, scale: DivisionPlaces}, true
}

// shift is n times a power of ten.
func (n number) shift(by int32) number {
	if scale := n.scale - by; n.wide == nil && scale >= 0 && scale <= maxScale {
		n.scale = scale
		return n
	}
	return fromDecimal(n.decimal().Shift(by))
}

// units is n in units of ten to the minus places; false when it has finer digits or
// does not fit.
func (n number) units(places int32) (int64, bool) {
	if n.wide != nil {
		units := n.wide.Shift(places)
		whole := units.BigInt()
		return whole.Int64(), units.IsInteger() && whole.IsInt64()
	}
	if n.scale > places {
		unit := powers[n.scale-places]
		return n.coef / unit, n.coef%unit == 0
	}
	if places-n.scale > maxScale {
		return 0, n.coef == 0
	}
	return times(n.coef, powers[places-n.scale])
}

// aligned writes two narrow numbers with the same scale.
func aligned(n, o number) (a, b int64, scale int32, ok bool) {
	if n.wide != nil || o.wide != nil {
		return 0, 0, 0, false
	}
	if n.scale == o.scale {
		return n.coef, o.coef, n.scale, true
	}
	scale = max(n.scale, o.scale)
	a, okA := times(n.coef, powers[scale-n.scale])
	b, okB := times(o.coef, powers[scale-o.scale])
	return a, b, scale, okA && okB
}

// times is a × b, false when 64 bits do not hold it.
func times(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}
