package money

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"slices"

	"github.com/shopspring/decimal"
)

// WeightError is the panic of [Allocate] and [Share] when the weights give no answer.
type WeightError struct {
	Total   Amount
	Weights []decimal.Decimal
}

func (e *WeightError) Error() string {
	return fmt.Sprintf("money: cannot share %s %s by weights %v", e.Total, e.Total.n.cur, e.Weights)
}

// Allocate shares a total by weights, with nothing lost and nothing gained: the
// shares sum to the total exactly. Each share is its exact part rounded down or
// up to the smallest unit (of the currency, or of the total where that is finer);
// the units left over go to the largest remainders, the earlier share first, and
// never to a zero weight. Shares have the sign of the total.
//
// A negative weight, and a total that is not zero with no weight to carry it,
// are bugs of the caller and panic with [*WeightError].
func Allocate(total Amount, weights []decimal.Decimal) []Amount {
	by := make([]number, len(weights))
	for i, w := range weights {
		by[i] = fromDecimal(w)
	}
	return allocate(total, by)
}

// Share is [Allocate] by what things cost. The currency of the weights means nothing.
func Share(total Amount, by []Amount) []Amount {
	weights := make([]number, len(by))
	for i, w := range by {
		weights[i] = w.n
	}
	return allocate(total, weights)
}

func allocate(total Amount, weights []number) []Amount {
	worthless := true
	for _, w := range weights {
		if w.sign() < 0 {
			panic(weightError(total, weights))
		}
		worthless = worthless && w.sign() == 0
	}
	if worthless && !total.IsZero() {
		panic(weightError(total, weights))
	}
	shares := make([]Amount, len(weights))
	if total.IsZero() {
		for i := range shares {
			shares[i] = Zero(total.n.cur)
		}
		return shares
	}
	places := max(total.n.cur.Digits(), total.n.places())
	if !allocateNarrow(shares, total, weights, places) {
		allocateWide(shares, total, weights, places)
	}
	return shares
}

func weightError(total Amount, weights []number) *WeightError {
	e := &WeightError{Total: total, Weights: make([]decimal.Decimal, len(weights))}
	for i, w := range weights {
		e.Weights[i] = w.decimal()
	}
	return e
}

// narrowPart is one weight as a whole number, and then what it is given.
type narrowPart struct {
	at                  int
	weight, share, rest uint64
}

// allocateNarrow shares in 64 bits. It reports false, with nothing done, when the
// units of the total, the weights or their sum do not fit.
func allocateNarrow(shares []Amount, total Amount, weights []number, places int32) bool {
	whole, ok := total.n.units(places)
	if !ok || whole == math.MinInt64 || places > maxScale {
		return false
	}
	parts, sum, ok := narrowParts(weights)
	if !ok {
		return false
	}
	units := magnitude(whole)
	left := units
	for i := range parts {
		p := &parts[i]
		hi, lo := bits.Mul64(p.weight, units)
		p.share, p.rest = bits.Div64(hi, lo, sum) // no weight is above the sum, so no share is above the units
		left -= p.share
	}
	slices.SortFunc(parts, func(a, b narrowPart) int {
		return cmp.Or(cmp.Compare(b.rest, a.rest), cmp.Compare(a.at, b.at))
	})
	for i, p := range parts {
		if uint64(i) < left {
			p.share++
		}
		n := number{coef: int64(p.share), scale: places}
		if whole < 0 {
			n = n.neg()
		}
		shares[p.at] = n.of(total.n.cur)
	}
	return true
}

// narrowParts writes the weights as whole numbers in the same proportions, and adds
// them up; false when 64 bits do not hold them.
func narrowParts(weights []number) (parts []narrowPart, sum uint64, ok bool) {
	var finest int32
	for _, w := range weights {
		finest = max(finest, w.scale)
	}
	parts = make([]narrowPart, len(weights))
	for i, w := range weights {
		coef, fits := times(w.coef, powers[finest-w.scale])
		if !fits || w.wide != nil {
			return nil, 0, false
		}
		var carry uint64
		if sum, carry = bits.Add64(sum, uint64(coef), 0); carry > 0 {
			return nil, 0, false
		}
		parts[i] = narrowPart{at: i, weight: uint64(coef)}
	}
	return parts, sum, true
}

// allocateWide shares numbers of any size.
func allocateWide(shares []Amount, total Amount, weights []number, places int32) {
	parts, sum := wideParts(weights)
	units := total.Abs().Decimal().Shift(places).BigInt()
	left := new(big.Int).Set(units)
	order := make([]int, len(parts))
	for i := range parts {
		parts[i].divide(units, sum)
		left.Sub(left, &parts[i].share)
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return parts[j].rest.Cmp(&parts[i].rest) })
	// What is left is the sum of the remainders over sum, each below one, so it is
	// less than the number of remainders above zero: no zero weight gets a unit.
	for _, i := range order[:left.Int64()] {
		parts[i].share.Add(&parts[i].share, one)
	}
	for i := range parts {
		shares[i] = fromUnits(&parts[i].share, places).of(total.n.cur)
		if total.IsNegative() {
			shares[i] = shares[i].Neg()
		}
	}
}

// widePart is narrowPart without bounds.
type widePart struct{ weight, share, rest big.Int }

// divide gives the part its share of the units, rounded down, and the remainder.
func (p *widePart) divide(units, sum *big.Int) {
	p.rest.Mul(&p.weight, units)
	p.share.QuoRem(&p.rest, sum, &p.rest)
}

var one = big.NewInt(1)

func fromUnits(units *big.Int, places int32) number {
	if units.IsInt64() && places <= maxScale {
		return number{coef: units.Int64(), scale: places}
	}
	return fromDecimal(decimal.NewFromBigInt(units, -places))
}

func wideParts(weights []number) (parts []widePart, sum *big.Int) {
	var finest int32
	for _, w := range weights {
		finest = max(finest, w.places())
	}
	parts, sum = make([]widePart, len(weights)), new(big.Int)
	for i, w := range weights {
		parts[i].weight.Set(w.decimal().Shift(finest).BigInt())
		sum.Add(sum, &parts[i].weight)
	}
	return parts, sum
}
