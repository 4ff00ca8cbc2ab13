package shipping_test

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/shipping/calculatortest"
)

func num(text string) decimal.Decimal { return decimal.RequireFromString(text) }
func eur(text string) money.Amount    { return money.Must(money.Parse(text, money.EUR)) }

// values writes fields as name, text, name, text.
func values(pairs ...string) form.Values {
	v := form.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v[pairs[i]] = form.TextValue(pairs[i+1])
	}
	return v
}

// table adds rows of up_to, value, up_to, value.
func table(v form.Values, pairs ...string) form.Values {
	var rows []form.Values
	for i := 0; i < len(pairs); i += 2 {
		rows = append(rows, values("up_to", pairs[i], "value", pairs[i+1]))
	}
	return v.Set("rows", form.RowsValue(rows...))
}

// parcel weighs w and is worth a.
func parcel(w, a string) shipping.Parcel {
	return shipping.Pack(money.EUR, shipping.Item{Qty: 1, Weight: num(w), Value: eur(a)})
}

var (
	increments  = values("first_unit", "1", "first_fee", "8.00", "next_unit", "0.5", "next_fee", "1.50")
	coefficient = values("per_unit", "2.40")
	costs       = table(values("beyond", "value", "beyond_value", "0"), "50", "6.90", "100", "4.90")
	percents    = table(values("beyond", "value", "beyond_value", "5"), "50", "12", "150", "8")
	marginal    = percents.Set("marginal", form.TextValue("true"))
	weights     = table(values("beyond", "none"), "0.5", "4.95", "1", "6.25", "2", "7.95", "5", "10.95")
	weightsMore = table(values("beyond", "extra", "beyond_value", "2.00", "beyond_unit", "1"), "2", "7.95", "5", "10.95")
	flat        = values("fee", "5.90", "free_from", "80")
	byLine      = values("scope", "line", "first_fee", "4.00", "next_fee", "1.00")
)

// TestFormulas holds the worked examples of the seven ways. The common cart weighs
// 2.30 and is worth 72.00.
func TestFormulas(t *testing.T) {
	common := parcel("2.30", "72.00")
	for _, tt := range []struct {
		name   string
		calc   shipping.Calculator
		values form.Values
		parcel shipping.Parcel
		want   string // "" for not available
	}{
		{"SHP-03 included", shipping.Included{}, nil, common, "0.00"},

		{"SHP-04 worked example", shipping.Increments{}, increments, common, "12.50"},
		{"SHP-04 exactly the first unit", shipping.Increments{}, increments, parcel("1.00", "72"), "8.00"},
		{"SHP-04 a little more", shipping.Increments{}, increments, parcel("1.01", "72"), "9.50"},
		{"SHP-04 exactly two units", shipping.Increments{}, increments, parcel("1.50", "72"), "9.50"},
		{"SHP-04 no weight", shipping.Increments{}, increments, parcel("0", "72"), "0.00"},
		{"SHP-04 by line", shipping.Increments{}, byLine, shipping.Pack(money.EUR,
			shipping.Item{Qty: 3, Value: eur("1")}, shipping.Item{Qty: 1, Value: eur("1")}), "10.00"},

		{"SHP-05 worked example", shipping.Coefficient{}, coefficient, common, "5.52"},
		{"SHP-05 rounded up", shipping.Coefficient{}, values("per_unit", "2.40", "round_up_to", "1"), common, "7.20"},
		{"SHP-05 a whole weight is not rounded", shipping.Coefficient{}, values("per_unit", "2.40", "round_up_to", "1"), parcel("2", "1"), "4.80"},
		{"SHP-05 at least", shipping.Coefficient{}, values("per_unit", "2.40", "min", "6"), common, "6.00"},
		{"SHP-05 at most", shipping.Coefficient{}, values("per_unit", "2.40", "max", "5"), common, "5.00"},
		{"SHP-05 rounded once, half up", shipping.Coefficient{}, values("per_unit", "0.1"), parcel("0.05", "1"), "0.01"},

		{"SHP-06 worked example", shipping.CostScale{}, costs, common, "4.90"},
		{"SHP-06 bounds are inclusive", shipping.CostScale{}, costs, parcel("1", "50.00"), "6.90"},
		{"SHP-06 just above a bound", shipping.CostScale{}, costs, parcel("1", "50.01"), "4.90"},
		{"SHP-06 beyond the last row", shipping.CostScale{}, costs, parcel("1", "100.01"), "0.00"},

		{"SHP-07 worked example", shipping.PercentScale{}, percents, common, "5.76"},
		{"SHP-07 marginal", shipping.PercentScale{}, marginal, common, "7.76"},
		{"SHP-07 inversion below", shipping.PercentScale{}, percents, parcel("1", "50.00"), "6.00"},
		{"SHP-07 inversion above", shipping.PercentScale{}, percents, parcel("1", "50.01"), "4.00"},
		{"SHP-07 beyond the last row", shipping.PercentScale{}, percents, parcel("1", "200.00"), "10.00"},
		{"SHP-07 marginal beyond the last row", shipping.PercentScale{}, marginal, parcel("1", "200.00"), "16.50"},
		{"SHP-07 worth nothing", shipping.PercentScale{}, marginal, parcel("1", "0"), "0.00"},

		{"SHP-08 worked example", shipping.WeightScale{}, weights, common, "10.95"},
		{"SHP-08 bounds are inclusive", shipping.WeightScale{}, weights, parcel("0.5", "1"), "4.95"},
		{"SHP-08 no weight", shipping.WeightScale{}, weights, parcel("0", "1"), "4.95"},
		{"SHP-08 beyond the last row", shipping.WeightScale{}, weights, parcel("5.001", "1"), ""},
		{"SHP-08 so much more for each unit", shipping.WeightScale{}, weightsMore, parcel("6.2", "1"), "14.95"},

		{"SHP-02 flat", shipping.Flat{}, flat, common, "5.90"},
		{"SHP-02 free from", shipping.Flat{}, flat, parcel("1", "80.00"), "0.00"},
		{"SHP-02 just below", shipping.Flat{}, flat, parcel("1", "79.99"), "5.90"},
		{"SHP-02 never free", shipping.Flat{}, values("fee", "5.90"), parcel("1", "9999"), "5.90"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			formula, err := tt.calc.Open(money.EUR, tt.values)
			if err != nil {
				t.Fatal(err)
			}
			quote, err := formula.Quote(tt.parcel)
			if tt.want == "" {
				if !errors.Is(err, shipping.ErrNotAvailable) {
					t.Errorf("got %s, %v", quote.Amount, err)
				}
				return
			}
			if err != nil || quote.Amount.String() != tt.want {
				t.Errorf("got %s, want %s (%v)", quote.Amount, tt.want, err)
			}
		})
	}
}

func TestCalculators(t *testing.T) {
	type good = calculatortest.Good
	type bad = calculatortest.Bad
	without := func(v form.Values, name string) form.Values {
		c := form.Values{}
		for k, value := range v {
			if k != name {
				c[k] = value
			}
		}
		return c
	}
	for _, tt := range []struct {
		calc shipping.Calculator
		good good
		bad  bad
	}{
		{shipping.Included{}, good{"nothing": nil}, nil},
		{shipping.Flat{}, good{"free from": flat, "never free": values("fee", "5")}, bad{
			"fee":       values("fee", "-1"),
			"free_from": values("fee", "5", "free_from", "often"),
		}},
		{shipping.Increments{}, good{"by weight": increments, "by line": byLine}, bad{
			"first_fee":  without(increments, "first_fee"),
			"next_unit":  increments.Set("next_unit", form.TextValue("0")),
			"first_unit": without(increments, "first_unit"),
			"scope":      increments.Set("scope", form.TextValue("planet")),
		}},
		{shipping.Coefficient{}, good{
			"plain": coefficient, "bounded": values("per_unit", "2.4", "round_up_to", "0.3", "min", "3", "max", "40"),
		}, bad{
			"per_unit":    nil,
			"round_up_to": values("per_unit", "1", "round_up_to", "0"),
			"max":         values("per_unit", "1", "min", "5", "max", "4"),
		}},
		{shipping.CostScale{}, good{"table": costs, "one fee": values("beyond", "value", "beyond_value", "3")}, bad{
			"beyond":       without(costs, "beyond"),
			"beyond_value": without(costs, "beyond_value"),
			"rows":         values("beyond", "none"),
			"rows.1.up_to": table(values("beyond", "none"), "50", "6.90", "50", "4.90"),
			"rows.0.value": table(values("beyond", "none"), "50", "-1"),
		}},
		{shipping.PercentScale{}, good{"whole": percents, "marginal": marginal}, bad{
			"beyond":       without(percents, "beyond"),
			"rows.1.up_to": table(values("beyond", "none"), "50", "12", "40", "8"),
		}},
		{shipping.WeightScale{}, good{"table": weights, "extra": weightsMore}, bad{
			"beyond":      without(weights, "beyond"),
			"beyond_unit": without(weightsMore, "beyond_unit"),
			"rows":        values("beyond", "extra", "beyond_value", "1", "beyond_unit", "1"),
		}},
	} {
		t.Run("SHP-01 "+tt.calc.Key(), func(t *testing.T) { calculatortest.Run(t, tt.calc, tt.good, tt.bad) })
	}
	if n := len(shipping.Builtin()); n != 7 {
		t.Errorf("SHP-02: %d ways, want 7", n)
	}
}
