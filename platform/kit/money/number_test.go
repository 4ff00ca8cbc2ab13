package money_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/money"
)

// anyNumber draws small numbers, numbers at the edge of 64 bits, and numbers far
// beyond it.
func anyNumber() *rapid.Generator[decimal.Decimal] {
	return rapid.Custom(func(t *rapid.T) decimal.Decimal {
		coefficient := rapid.OneOf(
			rapid.Int64Range(-1e6, 1e6), rapid.Int64(),
			rapid.SampledFrom([]int64{0, math.MaxInt64, math.MinInt64, math.MinInt64 + 1, 1e18, 1e18 - 1, 5, -5}),
		).Draw(t, "coefficient")
		n := decimal.New(coefficient, rapid.Int32Range(-20, 20).Draw(t, "exponent"))
		if rapid.IntRange(0, 9).Draw(t, "large") == 0 {
			n = n.Mul(decimal.New(math.MaxInt64, 0))
		}
		return n
	})
}

// Amounts are computed in 64 bits while they fit. Whatever the size, the results
// must be those of decimal arithmetic.
func TestAmount_AgreesWithDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, n := anyNumber().Draw(t, "m"), anyNumber().Draw(t, "n")
		a, b := money.New(m, money.EUR), money.New(n, money.EUR)
		x, y := money.Percent(m), money.Percent(n)
		equal := func(op string, got money.Amount, want decimal.Decimal) {
			t.Helper()
			if !got.Decimal().Equal(want) {
				t.Fatalf("%s of %s and %s: got %s, want %s", op, m, n, got.Decimal(), want)
			}
			text := money.New(want, money.EUR).String()
			if got.String() != text || !decimal.RequireFromString(text).Equal(want) {
				t.Fatalf("%s of %s and %s: %s is written %s and %s", op, m, n, want, got, text)
			}
		}
		equal("new", a, m)
		equal("sum", a.Add(b), m.Add(n))
		equal("difference", a.Sub(b), m.Sub(n))
		equal("product", a.Mul(n), m.Mul(n))
		equal("multiple", a.MulInt(math.MinInt64), m.Mul(decimal.New(math.MinInt64, 0)))
		equal("opposite", a.Neg(), m.Neg())
		equal("magnitude", a.Abs(), m.Abs())
		if !n.IsZero() {
			equal("quotient", a.Div(n), m.DivRound(n, money.DivisionPlaces))
			equal("proportion", a.Prorate(a, b), m.Mul(m).DivRound(n, money.DivisionPlaces))
		}
		equal("part", money.Percent(n).Of(a), m.Mul(n).Shift(-2))
		equal("gross", money.Percent(n).AddTo(a), m.Add(m.Mul(n).Shift(-2)))
		if a.Cmp(b) != m.Cmp(n) || a.Equal(b) != m.Equal(n) || a.IsZero() != m.IsZero() ||
			a.IsNegative() != m.IsNegative() || a.IsPositive() != m.IsPositive() ||
			x.Cmp(y) != m.Cmp(n) || x.Equal(y) != m.Equal(n) || x.IsNegative() != m.IsNegative() {
			t.Fatalf("%s and %s compare differently", m, n)
		}
		places := rapid.Int32Range(-3, 20).Draw(t, "places")
		equal("half up", a.RoundTo(places, money.HalfUp), m.Round(places))
		equal("half even", a.RoundTo(places, money.HalfEven), m.RoundBank(places))
		equal("up", a.RoundTo(places, money.Up), m.RoundUp(places))
		equal("down", a.RoundTo(places, money.Down), m.RoundDown(places))

		units := m.Shift(2)
		minor, err := a.Minor()
		fits := units.IsInteger() && units.BigInt().IsInt64() && !units.Equal(decimal.NewFromInt(math.MinInt64))
		if fits && (err != nil || minor != units.IntPart()) {
			t.Fatalf("%s is %d cents: %v", m, minor, err)
		}
		if !units.IsInteger() && err == nil {
			t.Fatalf("%s is not %d cents", m, minor)
		}
	})
}

func TestAmount_JSONKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := money.New(anyNumber().Draw(t, "n"), money.KWD)
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		var got money.Amount
		if err := json.Unmarshal(b, &got); err != nil || !got.Equal(a) {
			t.Fatalf("%s comes back as %s: %v", b, got, err)
		}
	})
}

// Only the proportions of the weights count, so that weights too large for 64 bits
// give the same shares.
func TestAllocate_OnlyProportionsCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := money.New(anyNumber().Draw(t, "total"), money.EUR)
		factor := decimal.New(rapid.Int64Range(1, math.MaxInt64).Draw(t, "factor"), rapid.Int32Range(-9, 30).Draw(t, "exponent"))
		weights := []decimal.Decimal{dec("1")}
		for _, w := range rapid.SliceOfN(rapid.Int64Range(0, 1e6), 0, 9).Draw(t, "weights") {
			weights = append(weights, decimal.New(w, -2))
		}
		large := make([]decimal.Decimal, len(weights))
		for i, w := range weights {
			large[i] = w.Mul(factor)
		}
		a, b := money.Allocate(total, weights), money.Allocate(total, large)
		costs := make([]money.Amount, len(weights))
		for i, w := range weights {
			costs[i] = money.New(w, money.KWD)
		}
		if shares := money.Share(total, costs); !slices.EqualFunc(a, shares, money.Amount.Equal) {
			t.Fatalf("shares by decimals are %s, by amounts %s", a, shares)
		}
		sum := money.Zero(money.EUR)
		for i := range a {
			if !a[i].Equal(b[i]) {
				t.Fatalf("share %d is %s and %s", i, a[i], b[i])
			}
			sum = sum.Add(a[i])
		}
		if !sum.Equal(total) {
			t.Fatalf("shares sum to %s, not %s", sum, total)
		}
	})
}
