package money_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/money"
)

func ExampleAllocate() {
	weights := []decimal.Decimal{dec("1"), dec("1"), dec("1"), dec("0")}
	fmt.Println(money.Allocate(eur("-10.00"), weights))
	// Output:
	// [-3.34 -3.33 -3.33 0.00]
}

func TestAllocate(t *testing.T) {
	tests := []struct {
		name    string
		total   money.Amount
		weights []string
		want    string
	}{
		{"nobody", money.Zero(money.EUR), nil, "[]"},
		{"nothing by nothing", money.Zero(money.EUR), []string{"0", "0"}, "[0.00 0.00]"},
		{"largest remainder first", eur("0.05"), []string{"1", "2", "2"}, "[0.01 0.02 0.02]"},
		{"remainder, not order", eur("1.00"), []string{"1", "5"}, "[0.17 0.83]"},
		{"decimal weights", eur("10"), []string{"12.40", "37.2"}, "[2.50 7.50]"},
		{"yen", money.FromMinor(100, money.JPY), []string{"1", "1", "1"}, "[34 33 33]"},
		{"finer than the currency", eur("0.001"), []string{"1", "1"}, "[0.001 0.00]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			weights := make([]decimal.Decimal, len(tt.weights))
			for i, w := range tt.weights {
				weights[i] = dec(w)
			}
			if got := fmt.Sprint(money.Allocate(tt.total, weights)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAllocate_ImpossibleWeightsPanic(t *testing.T) {
	for name, weights := range map[string][]decimal.Decimal{
		"none": nil, "all zero": {dec("0"), dec("0")}, "negative": {dec("2"), dec("-1")},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if e, ok := recover().(*money.WeightError); !ok || e.Error() == "" {
					t.Error("no *WeightError")
				}
			}()
			money.Allocate(eur("1"), weights)
		})
	}
}

func TestAllocate_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cur := rapid.SampledFrom([]money.Currency{money.EUR, money.JPY, money.KWD}).Draw(t, "currency")
		total := money.FromMinor(rapid.Int64Range(-1e12, 1e12).Draw(t, "total"), cur)
		weights := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) decimal.Decimal {
			return decimal.New(rapid.Int64Range(0, 1e9).Draw(t, "coefficient"), rapid.Int32Range(-6, 3).Draw(t, "exponent"))
		}), 0, 30).Draw(t, "weights")
		weights = append(weights, decimal.New(1, -6)) // so that there is an answer

		shares := money.Allocate(total, weights)

		sum, err := money.Sum(cur, shares...)
		if err != nil || !sum.Equal(total) {
			t.Fatalf("shares sum to %s, not %s: %v", sum, total, err)
		}
		whole := decimal.Sum(weights[0], weights[1:]...)
		for i, share := range shares {
			if _, err := share.Minor(); err != nil {
				t.Fatalf("share %d: %v", i, err)
			}
			if weights[i].IsZero() && !share.IsZero() {
				t.Fatalf("share %d is %s for nothing", i, share)
			}
			// No more than one unit from the exact part, without dividing:
			// |share·whole - total·weight| < unit·whole
			off := share.Decimal().Mul(whole).Sub(total.Decimal().Mul(weights[i])).Abs()
			if !off.LessThan(decimal.New(1, -cur.Digits()).Mul(whole)) {
				t.Fatalf("share %d is %s, a unit or more from %s × %s / %s", i, share, total, weights[i], whole)
			}
			if share.Decimal().Sign()*total.Decimal().Sign() < 0 {
				t.Fatalf("share %d is %s of %s", i, share, total)
			}
		}
	})
}

func TestRound_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mode := rapid.SampledFrom([]money.Mode{money.HalfUp, money.HalfEven, money.Up, money.Down}).Draw(t, "mode")
		n := decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-12, 2).Draw(t, "exponent"))
		a := money.New(n, money.EUR)

		r := a.Round(mode)
		if !r.Round(mode).Equal(r) {
			t.Fatalf("rounding %s twice moves it on", a)
		}
		if !a.Neg().Round(mode).Equal(r.Neg()) {
			t.Fatalf("%s and its refund round apart", a)
		}
		if off := r.Sub(a).Abs().Decimal(); !off.LessThan(decimal.New(1, -2)) {
			t.Fatalf("%s rounds to %s", a, r)
		}
		if back := money.New(decimal.RequireFromString(a.String()), money.EUR); !back.Equal(a) {
			t.Fatalf("%s reads back as %s", n, back)
		}
	})
}

// A basket of twenty lines, each priced, taxed and discounted, has 200 µs.
func BenchmarkBasket(b *testing.B) {
	price, rate, weights := eur("12.4050"), money.MustRate("20"), make([]decimal.Decimal, 20)
	b.ReportAllocs()
	for b.Loop() {
		total := money.Zero(money.EUR)
		for i := range weights {
			line := price.MulInt(int64(i + 1)).Round(money.HalfUp)
			weights[i] = line.Decimal()
			total = total.Add(line).Add(rate.Of(line).Round(money.HalfUp))
		}
		money.Allocate(total, weights)
	}
}
