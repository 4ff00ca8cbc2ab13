package shipping_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

func sale(mode string, lines ...pricing.Line) pricing.Basket {
	return pricing.Basket{
		Currency: money.EUR, Lines: lines, At: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC), Destination: pricing.Destination{Country: "FR"},
		Shipping: pricing.ShippingChoice{Mode: mode},
	}
}

func mug(weight string) pricing.Line {
	return pricing.Line{
		ID: "mug", SKU: "MUG", Qty: 1, Unit: pricing.Price{Amount: eur("72.00")}, Class: "standard", Physical: true, Weight: num(weight),
	}
}

func TestDelivery(t *testing.T) {
	seven := num("7")
	insured := shipping.Insurance{Rate: money.MustRate("1.5")}
	compulsory := insured
	compulsory.Compulsory = true
	delivery := shipping.Delivery{Tariffs: []*shipping.Tariff{
		open(t, shipping.Mode{ID: "post", Name: i18n.Text{"en": "Post"}, Calculator: "weight_scale", Values: weights, Insurance: insured}),
		open(t, shipping.Mode{ID: "van", Calculator: "flat", Values: flat, Insurance: compulsory, Zones: []shipping.Zone{{Country: "BE"}}}),
		open(t, shipping.Mode{ID: "free", Calculator: "included"}),
		open(t, shipping.Mode{ID: "points", Calculator: "coefficient", Values: values("per_unit", "2"), Measure: "points", Fallback: &seven}),
		open(t, shipping.Mode{ID: "kilos", Calculator: "coefficient", Values: values("per_unit", "2")}),
	}}
	second := func(weight string) pricing.Line {
		l := mug(weight)
		l.ID, l.SKU = "cup", "CUP"
		return l
	}
	valued := func(weight, mode, value string) pricing.Line {
		l := mug(weight)
		l.Weights = map[string]decimal.Decimal{mode: num(value)}
		return l
	}
	file := mug("2.3")
	file.Physical = false
	own := mug("2.3")
	own.Weights = map[string]decimal.Decimal{"post": num("0.4")}
	with := func(b pricing.Basket, change func(*pricing.Basket)) pricing.Basket { change(&b); return b }

	for _, tt := range []struct {
		name      string
		basket    pricing.Basket
		shipping  string
		insurance string
		refusal   string
	}{
		{"SHP-08 by weight", sale("post", mug("2.3")), "10.95", "0.00", ""},
		{"SHP-01 a weight value for the mode", sale("post", own), "4.95", "0.00", ""},
		{"ART-13 an article without a weight", sale("points", mug("0")), "7.00", "0.00", ""},
		{"ART-13 one article of two", sale("points", mug("2"), second("0")), "7.00", "0.00", ""},
		{"ART-13 a value of zero is a value", sale("points", valued("0", "points", "0")), "0.00", "0.00", ""},
		{"ART-13 a value instead of the weight", sale("points", valued("9", "points", "4")), "8.00", "0.00", ""},
		{"ART-13 the weight where there is no value", sale("points", mug("3")), "6.00", "0.00", ""},
		{"ART-13 without a fallback nothing counts for it", sale("kilos", mug("0"), second("2")), "4.00", "0.00", ""},
		{"ART-13 a flat fee asks for no weight", with(sale("van", mug("0")), func(b *pricing.Basket) { b.Destination.Country = "BE" }), "5.90", "1.08", ""},
		{"SHP-09 insurance by choice", with(sale("post", mug("2.3")), func(b *pricing.Basket) { b.Shipping.Insured = true }), "10.95", "1.08", ""},
		{"SHP-09 compulsory insurance", with(sale("van", mug("2.3")), func(b *pricing.Basket) { b.Destination.Country = "BE" }), "5.90", "1.08", ""},
		{"SHP-03 included", sale("free", mug("2.3")), "0.00", "0.00", ""},
		{"SHP-10 not there", sale("van", mug("2.3")), "0.00", "0.00", "shipping.not_served"},
		{"SHP-08 too heavy for the scale", sale("post", mug("6")), "0.00", "0.00", "shipping.not_available"},
		{"a mode that is gone", sale("zeppelin", mug("1")), "0.00", "0.00", "shipping.not_available"},
		{"nothing chosen yet", sale("", mug("1")), "0.00", "0.00", "shipping.choose"},
		{"SHP-01 a file needs no mode", sale("", file), "0.00", "0.00", ""},
		{"SHP-01 a file costs nothing to send", sale("van", file), "0.00", "0.00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := pricing.Pipeline{pricing.Shelf{}, delivery}.Price(tt.basket)
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Totals.Shipping.Net.String(); got != tt.shipping {
				t.Errorf("shipping %s, want %s", got, tt.shipping)
			}
			if got := p.Totals.Insurance.Net.String(); got != tt.insurance {
				t.Errorf("insurance %s, want %s", got, tt.insurance)
			}
			var refusal string
			for _, r := range p.Blocked() {
				refusal += r.Reason.Key
			}
			if refusal != tt.refusal {
				t.Errorf("refused %q, want %q", refusal, tt.refusal)
			}
		})
	}
	t.Run("SHP-10 modes to a place", func(t *testing.T) {
		if got := delivery.To(pricing.Destination{Country: "FR"}); len(got) != 4 || got[0].ID != "post" || got[1].ID != "free" {
			t.Errorf("got %v", got)
		}
	})
	t.Run("SHP-03 the label says so", func(t *testing.T) {
		p, err := pricing.Pipeline{pricing.Shelf{}, delivery}.Price(sale("free", mug("1")))
		if err != nil {
			t.Fatal(err)
		}
		rows := p.Rows()
		if last := rows[len(rows)-1]; last.Kind != pricing.Shipping || last.Reason.Key != "shipping.included" {
			t.Errorf("got %+v", last)
		}
	})
}

func TestDelivery_EnteredWithTax(t *testing.T) {
	van := open(t, shipping.Mode{ID: "van", Calculator: "flat", Values: values("fee", "5.90"), IncludesTax: true, Class: "standard"})
	taxed := step(func(s *pricing.Sheet) {
		s.SetTaxation(pricing.Taxation{}, func(pricing.Class) pricing.Duty {
			return pricing.Duty{Rate: money.MustRate("20"), Inside: money.MustRate("20")}
		})
	})
	p, err := pricing.Pipeline{pricing.Shelf{}, taxed, shipping.Delivery{Tariffs: []*shipping.Tariff{van}}}.Price(sale("van", mug("1")))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Totals.Shipping; got.Gross.String() != "5.90" || got.Net.String() != "4.92" {
		t.Errorf("LAW-04 got %+v", got)
	}
}

type step func(*pricing.Sheet)

func (step) Key() string                    { return "step" }
func (f step) Apply(s *pricing.Sheet) error { f(s); return nil }
