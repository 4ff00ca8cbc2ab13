package discounts_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
)

// Bad input: percentages, amounts and bounds of a discount by language.
func TestBadInput_NumbersByLanguage(t *testing.T) {
	o := open(t)
	stock(t, o)
	b := o.Browser(t)
	for _, tt := range []struct{ language, number, percent string }{
		{"fr", "1 234,56", "12,5"}, {"fr", "1\u202f234,56", "12.5"}, {"en", "1,234.56", "12.5"}, {"en", "1234,56", "12,5"},
		{"es", "1.234,56", "12,5"}, {"de", "1.234,56", "12,5"}, {"de", "1,234.56", "12.5"},
	} {
		t.Run("Bad input: "+tt.language+" "+tt.number+" "+tt.percent, func(t *testing.T) {
			b := b.In(t)
			b.Get(at("discounts/new/total?lang=" + tt.language))
			b.Submit("main form", webtest.Values{"name.fr": "Remise", "minimum": tt.number, "tiers.0.from": tt.number, "tiers.0.rate": tt.percent})
			b.WantStatus(200)
			list := rules(t, o)
			r, want := list[len(list)-1].Rule, decimal.RequireFromString("1234.56")
			if got := r.Scale.Tiers[0]; !got.From.Equal(want) || got.Off.Rate.Percent().String() != "12.5" {
				t.Errorf("%s %% from %s", got.Off.Rate.Percent(), got.From)
			}
			if got := r.Minimum.Price.Amount.Decimal(); !got.Equal(want) {
				t.Errorf("a minimum of %s", got)
			}
		})
	}
}

// Bad input: overlapping bounds, negative and absurd numbers of a discount are refused beside their field, and what was
// typed stays; there is no gap between bounds, each holds until the next.
func TestBadInput_Absurd(t *testing.T) {
	o := open(t)
	stock(t, o)
	b := o.Browser(t)
	total := webtest.Values{"name.fr": "Remise", "tiers.0.from": "100", "tiers.0.rate": "5", "tiers.1.from": "200", "tiers.1.rate": "8"}
	article := webtest.Values{"name.fr": "Remise", "articles": "mug", "rate": "10"}
	for _, form := range []struct {
		method, field string
		values        webtest.Values
		typed         []string
	}{
		{"total", "tiers.1.from", total, []string{"100", "50", "-1", "much"}},
		{"total", "tiers.0.from", total, []string{"0", "-1", "1e2"}},
		{"total", "tiers.0.rate", total, []string{"-1", "0", "101", "1e1", "half"}},
		{"total", "minimum", total, []string{"-1", "1.005", "99999999999999999", "x"}},
		{"article", "rate", article, []string{"-1", "0", "100.01", "half"}},
		{"article", "limit_total", article, []string{"-1", "0", "1.5", "99999999999"}},
		{"article", "limit_customer", article, []string{"-1", "0", "1.5", "many"}},
		{"article", "priority", article, []string{"99999999999", "1.5", "much"}},
	} {
		for _, typed := range form.typed {
			t.Run("Bad input: "+form.method+" "+form.field+" "+typed, func(t *testing.T) {
				b := b.In(t)
				b.Get(at("discounts/new/" + form.method + "?lang=en"))
				values := webtest.Values{}
				for name, value := range form.values {
					values[name] = value
				}
				values[form.field] = typed
				b.Submit("main form", values)
				b.WantStatus(422).WantClean().Want(`[name="` + form.field + `"][aria-invalid=true]`)
				for name, value := range values {
					if got := b.Value(`[name="` + name + `"]`); got != value {
						t.Errorf("%s holds %q, typed was %q", name, got, value)
					}
				}
			})
		}
	}
	if n := len(rules(t, o)); n != 0 {
		t.Errorf("%d discounts were kept", n)
	}
}
