// Package calculatortest holds every shipping calculator to the contract of
// shipping.Calculator. A calculator's own test calls [Run] with values it must take
// and values it must refuse; what the numbers are is for that test to say.
package calculatortest

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/shipping"
)

// Good are values a calculator takes, by a name for the test.
type Good map[string]form.Values

// Bad are values a calculator refuses, by the field it must name.
type Bad map[string]form.Values

var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Run tests a calculator.
func Run(t *testing.T, c shipping.Calculator, good Good, bad Bad) {
	t.Helper()
	t.Run("key and form", func(t *testing.T) {
		if !keyShape.MatchString(c.Key()) {
			t.Errorf("key %q", c.Key())
		}
		if err := c.Config().Valid(); err != nil {
			t.Error(err)
		}
	})
	for name, values := range good {
		t.Run("takes "+name, func(t *testing.T) { quotes(t, c, values) })
	}
	for field, values := range bad {
		t.Run("refuses "+field, func(t *testing.T) { refuses(t, c, field, values) })
	}
}

func refuses(t *testing.T, c shipping.Calculator, field string, values form.Values) {
	_, err := c.Open(money.EUR, values)
	if !fault.Is(err, fault.Malformed) {
		t.Fatalf("got %v, want a refusal", err)
	}
	named := slices.ContainsFunc(fault.FieldsOf(err), func(f fault.Field) bool { return f.Name == field })
	if !named {
		t.Errorf("got %v, want field %s", fault.FieldsOf(err), field)
	}
}

// quotes asks for random parcels in currencies with 0, 2 and 3 digits.
func quotes(t *testing.T, c shipping.Calculator, values form.Values) {
	for _, cur := range []money.Currency{money.JPY, money.EUR, money.KWD} {
		formula, err := c.Open(cur, values)
		if err != nil {
			t.Fatal(err)
		}
		stored := reopen(t, c, cur, values)
		rapid.Check(t, func(r *rapid.T) {
			items := drawItems(r, cur)
			quote, err := formula.Quote(shipping.Pack(cur, items...))
			if err != nil {
				if !fault.Is(err, fault.Conflict) {
					r.Fatalf("a parcel that is not taken is a conflict, got %v", err)
				}
				return
			}
			check(r, quote, cur)
			slices.Reverse(items)
			for name, again := range map[string]shipping.Formula{"in another order": formula, "from stored values": stored} {
				other, err := again.Quote(shipping.Pack(cur, items...))
				if err != nil || !other.Amount.Equal(quote.Amount) {
					r.Fatalf("%s: %s, then %s (%v)", name, quote.Amount, other.Amount, err)
				}
			}
		})
	}
}

func check(r *rapid.T, q shipping.Quote, cur money.Currency) {
	switch {
	case q.Amount.Currency() != cur:
		r.Fatalf("quoted in %q, not %s", q.Amount.Currency(), cur)
	case q.Amount.IsNegative():
		r.Fatalf("quoted %s", q.Amount)
	case !q.Amount.Equal(q.Amount.Round(money.HalfUp)):
		r.Fatalf("quoted %s, which is not rounded", q.Amount)
	case len(q.Steps) == 0:
		r.Fatal("quoted without a reason")
	}
}

// reopen opens the values as they come back from a column.
func reopen(t *testing.T, c shipping.Calculator, cur money.Currency, values form.Values) shipping.Formula {
	t.Helper()
	data, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	var back form.Values
	if err := back.Scan(data); err != nil {
		t.Fatal(err)
	}
	formula, err := c.Open(cur, back)
	if err != nil {
		t.Fatal(err)
	}
	return formula
}

func drawItems(r *rapid.T, cur money.Currency) []shipping.Item {
	items := make([]shipping.Item, rapid.IntRange(1, 6).Draw(r, "items"))
	for i := range items {
		items[i] = shipping.Item{
			Qty:    rapid.Int64Range(1, 1000).Draw(r, "qty"),
			Weight: decimal.New(rapid.Int64Range(0, 5000).Draw(r, "grams"), -3),
			Value:  money.FromMinor(rapid.Int64Range(0, 100_000).Draw(r, "value"), cur),
		}
	}
	return items
}
