package deposit_test

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/deposit"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

func terms(k deposit.Kind, value string) deposit.Terms {
	return deposit.Terms{Kind: k, Value: decimal.RequireFromString(value)}
}

// STK-04: what is due when, by hand.
func TestDivide(t *testing.T) {
	full, third, ten, none := deposit.Terms{}, terms(deposit.Percent, "30"), terms(deposit.Each, "10"), terms(deposit.Nothing, "0")
	for _, c := range []struct {
		name         string
		total, goods string
		parts        []deposit.Part
		now, later   string
	}{
		{"nothing deferred", "110.00", "100.00", []deposit.Part{{full, 1, eur("100.00")}}, "110.00", "0.00"},
		{"a share; the delivery comes with the rest", "110.00", "100.00", []deposit.Part{{third, 1, eur("100.00")}}, "30.00", "80.00"},
		{"so much for each piece", "110.00", "100.00", []deposit.Part{{ten, 2, eur("100.00")}}, "20.00", "90.00"},
		{"nothing now, the delivery neither", "110.00", "100.00", []deposit.Part{{none, 1, eur("100.00")}}, "0.00", "110.00"},
		{"beside something in stock the delivery is due now", "110.00", "100.00",
			[]deposit.Part{{full, 1, eur("60.00")}, {none, 1, eur("40.00")}}, "70.00", "40.00"},
		{"a discount of the order lowers every line", "90.00", "90.00",
			[]deposit.Part{{full, 1, eur("50.00")}, {terms(deposit.Percent, "50"), 1, eur("50.00")}}, "67.50", "22.50"},
		{"no more than the line costs", "5.00", "5.00", []deposit.Part{{ten, 1, eur("5.00")}}, "5.00", "0.00"},
		{"half a cent goes with the order", "0.05", "0.05", []deposit.Part{{terms(deposit.Percent, "50"), 1, eur("0.05")}}, "0.03", "0.02"},
		{"a rebate above the rest", "2.00", "5.00", []deposit.Part{{terms(deposit.Percent, "90"), 1, eur("5.00")}}, "2.00", "0.00"},
		{"given away", "0.00", "0.00", []deposit.Part{{third, 1, eur("0.00")}}, "0.00", "0.00"},
		{"nothing", "0.00", "0.00", nil, "0.00", "0.00"},
		{"no goods", "4.00", "4.00", nil, "4.00", "0.00"},
	} {
		t.Run("STK-04 "+c.name, func(t *testing.T) {
			got := deposit.Divide(eur(c.total), eur(c.goods), c.parts)
			if got.Now.String() != c.now || got.Later.String() != c.later {
				t.Errorf("now %s, later %s; want %s and %s", got.Now, got.Later, c.now, c.later)
			}
		})
	}
}

// STK-04: whatever is deferred, both parts add up to the total to the cent, and neither is below zero or
// finer than the currency.
func TestDivide_AddsUp(t *testing.T) {
	currencies := []money.Currency{money.EUR, money.MustCurrency("JPY"), money.MustCurrency("KWD")}
	rapid.Check(t, func(r *rapid.T) {
		cur := rapid.SampledFrom(currencies).Draw(r, "currency")
		lines := money.Zero(cur)
		parts := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) deposit.Part {
			value := decimal.New(rapid.Int64Range(1, 9999).Draw(r, "value"), -2)
			return deposit.Part{Terms: deposit.Terms{Kind: rapid.SampledFrom(deposit.Kinds()).Draw(r, "kind"), Value: value},
				Qty: rapid.Int64Range(1, 50).Draw(r, "qty"), Gross: money.FromMinor(rapid.Int64Range(0, 1_000_000).Draw(r, "gross"), cur)}
		}), 0, 8).Draw(r, "lines")
		for _, p := range parts {
			lines = lines.Add(p.Gross)
		}
		worth, err := lines.Minor()
		if err != nil {
			r.Fatal(err)
		}
		goods := lines.Sub(money.FromMinor(rapid.Int64Range(0, worth).Draw(r, "discount"), cur))
		total := money.Max(money.Zero(cur), goods.Add(money.FromMinor(rapid.Int64Range(-500, 5000).Draw(r, "others"), cur)))
		due := deposit.Divide(total, goods, parts)
		if !due.Now.Add(due.Later).Equal(total) || due.Now.IsNegative() || due.Later.IsNegative() {
			r.Fatalf("now %s, later %s of %s", due.Now, due.Later, total)
		}
		if _, err := due.Now.Minor(); err != nil {
			r.Fatalf("nobody can pay %s %s", due.Now, cur.Code())
		}
	})
}

func TestTerms_Check(t *testing.T) {
	for _, c := range []struct {
		terms deposit.Terms
		want  error
	}{
		{deposit.Terms{}, nil}, {terms(deposit.Nothing, "0"), nil}, {terms(deposit.Percent, "0.5"), nil}, {terms(deposit.Each, "5"), nil},
		{terms(deposit.Percent, "0"), deposit.ErrPercent}, {terms(deposit.Percent, "100"), deposit.ErrPercent},
		{terms(deposit.Percent, "-3"), deposit.ErrPercent}, {terms(deposit.Each, "0"), deposit.ErrAmount}, {terms("half", "1"), deposit.ErrKind},
	} {
		if err := c.terms.Check(); !errors.Is(err, c.want) {
			t.Errorf("STK-04 %+v: %v", c.terms, err)
		}
	}
}
