package standard

import (
	"math"
	"math/bits"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

func numbers() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"plus":       takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return calc(c, in, addition) }),
		"minus":      takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return calc(c, in, subtraction) }),
		"times":      takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return calc(c, in, multiplication) }),
		"divided_by": takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return calc(c, in, division) }),
		"modulo":     takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return calc(c, in, remainder) }),
		"at_least":   takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return nearer(in.Number(), c.Arg(0).Number(), -1) }),
		"at_most":    takes(1, 1, func(c *liquid.Call, in value.Value) value.Value { return nearer(in.Number(), c.Arg(0).Number(), 1) }),
		"abs":        takes(0, 0, abs), "ceil": takes(0, 0, rounding(math.Ceil)), "floor": takes(0, 0, rounding(math.Floor)), "round": takes(0, 1, round),
	}
}

// operation calculates with whole numbers, where the result is one, and exactly with decimals.
type operation struct {
	whole   func(a, b int64) (int64, bool)
	decimal func(a, b decimal.Decimal) decimal.Decimal
	divides bool
}

var (
	addition = operation{whole: func(a, b int64) (int64, bool) { s := a + b; return s, (s > a) == (b > 0) || b == 0 },
		decimal: decimal.Decimal.Add}
	subtraction = operation{whole: func(a, b int64) (int64, bool) { s := a - b; return s, (s < a) == (b > 0) || b == 0 },
		decimal: decimal.Decimal.Sub}
	multiplication = operation{whole: multiply, decimal: decimal.Decimal.Mul}
	division       = operation{whole: divide, decimal: func(a, b decimal.Decimal) decimal.Decimal { return a.DivRound(b, precision) }, divides: true}
	remainder      = operation{whole: modulo, decimal: func(a, b decimal.Decimal) decimal.Decimal { return a.Sub(a.Div(b).Floor().Mul(b)) }, divides: true}
)

// precision is how many digits behind the point a division has, which is more than a float keeps.
const precision = 20

func multiply(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

// divide rounds down, also below zero.
func divide(a, b int64) (int64, bool) {
	if a == math.MinInt64 && b == -1 {
		return 0, false
	}
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q, true
}

// modulo has the sign of b.
func modulo(a, b int64) (int64, bool) {
	if b == -1 {
		return 0, true
	}
	m := a % b
	if m != 0 && (m < 0) != (b < 0) {
		m += b
	}
	return m, true
}

func calc(c *liquid.Call, in value.Value, o operation) value.Value {
	a, b := in.Number(), c.Arg(0).Number()
	if o.divides && b.AsFloat() == 0 {
		return c.Fail(errZero)
	}
	if a.Kind() == value.Int && b.Kind() == value.Int {
		if n, ok := o.whole(a.Int(), b.Int()); ok {
			return value.OfInt64(n)
		}
	}
	if !ordinary(a) || !ordinary(b) {
		return value.OfFloat(math.NaN())
	}
	f, _ := o.decimal(a.Decimal(), b.Decimal()).Float64()
	return value.OfFloat(f)
}

// ordinary tells whether a number can be calculated with exactly, in little time.
func ordinary(v value.Value) bool {
	a := math.Abs(v.AsFloat())
	return a == 0 || a > 1e-40 && a < 1e40
}

// nearer is b where a is on that side of it.
func nearer(a, b value.Value, side int) value.Value {
	if order, _, _ := value.Order(a, b); order == side {
		return b
	}
	return a
}

func abs(_ *liquid.Call, in value.Value) value.Value {
	n := in.Number()
	if n.Kind() == value.Int && n.Int() != math.MinInt64 {
		return value.OfInt64(max(n.Int(), -n.Int()))
	}
	return value.OfFloat(math.Abs(n.AsFloat()))
}

func rounding(to func(float64) float64) makes {
	return func(_ *liquid.Call, in value.Value) value.Value {
		n := in.Number()
		if n.Kind() == value.Int {
			return n
		}
		return value.OfInt64(value.OfFloat(to(n.Float())).Truncated())
	}
}

// round rounds to so many digits behind the point, halves away from zero.
func round(c *liquid.Call, in value.Value) value.Value {
	n, digits := in.Number(), c.Arg(0).Truncated()
	if n.Kind() == value.Int && digits >= 0 {
		return n
	}
	if !ordinary(n) {
		return n
	}
	d := n.Decimal().Round(int32(min(max(digits, -40), 40)))
	if digits <= 0 {
		return value.OfInt64(d.IntPart())
	}
	f, _ := d.Float64()
	return value.OfFloat(f)
}
