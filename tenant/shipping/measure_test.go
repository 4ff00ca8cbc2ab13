package shipping_test

import (
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// SHP-01: what a mode says about weights names what it counts in, and about the value of the goods the currency.
func TestTariff_SaysUnits(t *testing.T) {
	words, err := i18n.Load(shipping.Locales, "locales")
	if err != nil {
		t.Fatal(err)
	}
	say := func(r pricing.Reason) string { return words.T(i18n.English, r.Key, r.Args) }
	parcel := shipping.Pack(money.EUR, shipping.Item{Qty: 1, Weight: num("2.3"), Value: eur("72.00")})
	for _, tt := range []struct {
		name string
		mode shipping.Mode
		want string
	}{
		{"SHP-08 kilograms", shipping.Mode{Calculator: "weight_scale", Values: weights}, "2.3\u00a0kg, up to 5\u00a0kg: €10.95"},
		{"ART-13 the merchant's own", shipping.Mode{Calculator: "weight_scale", Values: weights, Measure: "points"}, "2.3\u00a0points, up to 5\u00a0points: €10.95"},
		{"SHP-04 further units", shipping.Mode{Calculator: "increments", Values: increments}, "Up to 1\u00a0kg: €8.00"},
		{"SHP-05 so much each", shipping.Mode{Calculator: "coefficient", Values: coefficient}, "2.3\u00a0kg × €2.40"},
		{"SHP-06 money", shipping.Mode{Calculator: "cost_scale", Values: costs}, "€72.00, up to €100.00: €4.90"},
		{"SHP-07 money", shipping.Mode{Calculator: "percent_scale", Values: percents}, "€72.00, up to €150.00: 8%"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			quote, err := open(t, tt.mode).Quote(parcel)
			if err != nil {
				t.Fatal(err)
			}
			if got := say(quote.Steps[0]); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("SHP-08 the last row", func(t *testing.T) {
		says, _ := open(t, shipping.Mode{Calculator: "weight_scale", Values: weights}).Describe()
		if got := say(says); got != "€4.95 to €10.95 by weight, up to 5\u00a0kg" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("SHP-08 beyond it", func(t *testing.T) {
		heavy := shipping.Pack(money.EUR, shipping.Item{Qty: 1, Weight: num("6"), Value: eur("72.00")})
		_, err := open(t, shipping.Mode{Calculator: "weight_scale", Values: weights}).Quote(heavy)
		if got := words.T(i18n.English, "shipping.beyond_none", fault.ArgsOf(err)); got != "6\u00a0kg: beyond the table, which ends at 5\u00a0kg" {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

// SHP-01 SHP-08: staff reads why a mode does not take a basket.
func TestDelivery_SaysWhyNot(t *testing.T) {
	post := open(t, shipping.Mode{ID: "post", Calculator: "weight_scale", Values: weights})
	trials, err := shipping.Simulate(sale("", mug("6")), pricing.Pipeline{pricing.Shelf{}}, []*shipping.Tariff{post})
	if err != nil {
		t.Fatal(err)
	}
	if got := trials[0]; got.Refused == nil || len(got.Steps) == 0 || got.Steps[0].Key != "shipping.beyond_none" {
		t.Errorf("got %+v", got)
	}
}
