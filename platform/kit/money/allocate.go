package money

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
)

// WeightError is the panic of [Allocate] when the weights give no answer.
type WeightError struct {
	Total   Amount
	Weights []decimal.Decimal
}

func (e *WeightError) Error() string {
	return fmt.Sprintf("money: cannot share %s %s by weights %v", e.Total, e.Total.cur, e.Weights)
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
	parts, sum := scaled(weights)
	if sum == nil || sum.Sign() == 0 && !total.IsZero() {
		panic(&WeightError{total, weights})
	}
	places := max(total.cur.Digits(), total.n.places())
	shares := make([]Amount, len(weights))
	if total.IsZero() {
		for i := range shares {
			shares[i] = Zero(total.cur)
		}
		return shares
	}

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
		shares[i] = Amount{fromUnits(&parts[i].share, places), total.cur}
		if total.IsNegative() {
			shares[i] = shares[i].Neg()
		}
	}
	return shares
}

// part is one weight as a whole number, and then what it is given.
type part struct{ weight, share, rest big.Int }

// divide gives the part its share of the units, rounded down, and the remainder.
func (p *part) divide(units, sum *big.Int) {
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

// scaled writes the weights as whole numbers in the same proportions, and adds
// them up. The sum is nil when a weight is negative.
func scaled(weights []decimal.Decimal) (parts []part, sum *big.Int) {
	var finest int32
	for _, w := range weights {
		finest = min(finest, w.Exponent())
	}
	parts, sum = make([]part, len(weights)), new(big.Int)
	for i, w := range weights {
		if w.IsNegative() {
			return nil, nil
		}
		if w.Exponent() == finest {
			parts[i].weight.Set(w.Coefficient())
		} else {
			parts[i].weight.Set(w.Shift(-finest).BigInt())
		}
		sum.Add(sum, &parts[i].weight)
	}
	return parts, sum
}
