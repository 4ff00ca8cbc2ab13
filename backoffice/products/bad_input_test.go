package products_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
)

// Bad input: prices and counts of an article by language, with the groups of its readers; what reads otherwise there is
// refused, never taken for another number.
func TestBadInput_NumbersByLanguage(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, tt := range []struct{ language, price, count string }{
		{"fr", "1 234,56", "1 200"}, {"fr", "1\u202f234,56", "1\u202f200"}, {"fr", "1.234,56", "1200"}, {"fr", "1234,56", "1200"},
		{"en", "1,234.56", "1,200"}, {"en", "1.234,56", "1200"}, {"es", "1.234,56", "1.200"}, {"es", "1234,56", "1 200"},
		{"de", "1.234,56", "1.200"}, {"de", "1,234.56", "1’200"},
	} {
		t.Run("Bad input: "+tt.language+" "+tt.price+" "+tt.count, func(t *testing.T) {
			b := b.In(t)
			b.Language = tt.language
			b.Get(list + "/new")
			b.Submit("#article", webtest.Values{"name.fr": "Vase " + tt.language + tt.price, "price": tt.price, "stock": tt.count})
			b.WantStatus(200)
			made, err := id.Parse[catalog.Product](b.Path()[strings.LastIndex(b.Path(), "/")+1:])
			if err != nil {
				t.Fatal(err)
			}
			b.Submit(saveBar, webtest.Values{"weight": tt.count, "low_at": tt.count, "compare_at": tt.price})
			b.WantStatus(200)
			v := read(t, o, made).Variants[0]
			if want := decimal.RequireFromString("1234.56"); !v.Price.Equal(want) || v.CompareAt == nil || !v.CompareAt.Equal(want) {
				t.Errorf("price %s, crossed out %v", v.Price, v.CompareAt)
			}
			if v.WeightG != 1200 || v.LowAt != 1200 || v.OnHand != 1200 {
				t.Errorf("weight %d, minimum %d, stock %d", v.WeightG, v.LowAt, v.OnHand)
			}
		})
	}
}

// Bad input: prices for quantity by language; a bound that is given twice, falls or is no quantity is refused beside
// them. There is no gap between bounds: each price holds until the next.
func TestBadInput_Tiers(t *testing.T) {
	o := openPrices(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	for _, tt := range []struct{ language, typed, again string }{ // again "" for refused
		{"fr", "10: 1 234,56\n1 000: 9,0125", "10: 1234,56\n1000: 9,0125"}, {"de", "10: 1.234,56\n1.000: 9,0125", "10: 1234,56\n1000: 9,0125"},
		{"es", "10: 1.234,56\n1.000: 9,0125", "10: 1234,56\n1000: 9,0125"}, {"en", "10: 1,234.56\n1,000: 9.0125", "10: 1234.56\n1000: 9.0125"},
		{"fr", "10: 9\n10: 8", ""}, {"fr", "1,5: 9", ""}, {"fr", "10: 9,01255", ""}, {"fr", "10: -9", ""}, {"fr", "-10: 9", ""},
		{"fr", "9999999999999999999: 9", ""}, {"fr", "10: 1e3", ""},
	} {
		t.Run("Bad input: "+tt.language+" "+tt.typed, func(t *testing.T) {
			b := b.In(t)
			b.Language = tt.language
			b.Get(page(p))
			b.Submit(`button[value="prices.add"]`, nil)
			b.Submit(saveBar, webtest.Values{"prices.0.tiers": tt.typed})
			if tt.again == "" {
				b.WantStatus(422).WantClean().Want(`[name="prices.0.tiers"][aria-invalid=true]`)
				if got := b.Text(`[name="prices.0.tiers"]`); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(tt.typed), " ") {
					t.Errorf("what was typed is lost: %q", got)
				}
				return
			}
			b.WantStatus(200)
			b.Get(page(p))
			if got := b.Text(`[name="prices.0.tiers"]`); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(tt.again), " ") {
				t.Errorf("shown again as %q", got)
			}
			b.Submit(saveBar, webtest.Values{"prices.0.drop": true})
			b.WantStatus(200)
		})
	}
}

// Bad input: negative and absurd numbers of an article are refused beside their field, and everything typed stays.
func TestBadInput_Absurd(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	for field, all := range map[string][]string{
		"price":      {"-1", "0.01255", "1e5", "9999999999999999", "NaN"},
		"compare_at": {"-1", "1.00001", "x"},
		"cost":       {"-1", "1.00001", "x"},
		"weight":     {"-1", "1.5", "1e3", "99999999999", "heavy"},
		"stock":      {"-1", "1.5", "99999999999", "many"},
		"low_at":     {"-1", "1.5", "99999999999"},
		"reorder":    {"-1", "1.5", "99999999999"},
	} {
		for _, typed := range all {
			t.Run("Bad input: "+field+" "+typed, func(t *testing.T) {
				b := b.In(t)
				b.Language = "en"
				b.Get(page(p))
				b.Submit(saveBar, webtest.Values{field: typed, "name.fr": "Autre nom"})
				b.WantStatus(422).WantClean().Want(`[name="` + field + `"][aria-invalid=true]`)
				if got := b.Value(`[name="` + field + `"]`); got != typed {
					t.Errorf("the field holds %q", got)
				}
				if got := b.Value(`[name="name.fr"]`); got != "Autre nom" {
					t.Errorf("the name is lost: %q", got)
				}
			})
		}
	}
	if got := read(t, o, p.ID); got.Rev != p.Rev || got.Variants[0].OnHand != 10 {
		t.Errorf("something refused was written: %+v", got)
	}
}

func page(p *catalog.Product) string { return list + "/" + p.ID.String() }
