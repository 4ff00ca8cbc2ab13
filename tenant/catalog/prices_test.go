package catalog_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/tenanttest"
)

func find(t *testing.T, shop *tenant.Shop, id catalog.ProductID) *catalog.Product {
	t.Helper()
	p, err := catalog.Find(t.Context(), shop, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func amount(text string) *decimal.Decimal { n := dec(text); return &n }

// LAW-03: whoever changes a price keeps what it was, and nothing else does.
func TestSave_PastPrices(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	save(t, shop, p)
	for _, step := range []struct {
		name   string
		change func(v *catalog.Variant)
		past   []string // with a star where another price was crossed out
	}{
		{"nothing of the price", func(v *catalog.Variant) { v.WeightG = 300 }, nil},
		{"a lower price", func(v *catalog.Variant) { v.Price = dec("15") }, []string{"19.9"}},
		{"one crossed out beside it", func(v *catalog.Variant) { v.CompareAt = amount("19.90") }, []string{"19.9", "15"}},
		{"another crossed out", func(v *catalog.Variant) { v.CompareAt = amount("21") }, []string{"19.9", "15"}},
		{"the old price again", func(v *catalog.Variant) { v.Price, v.CompareAt = dec("19.90"), nil }, []string{"19.9", "15", "15*"}},
	} {
		p = find(t, shop, p.ID)
		step.change(&p.Variants[0])
		save(t, shop, p)
		got := find(t, shop, p.ID)
		var past []string
		for _, x := range got.Variants[0].Past {
			text := x.Price.String()
			if x.Announced {
				text += "*"
			}
			past = append(past, text)
		}
		if len(past) != len(step.past) {
			t.Fatalf("after %s the past is %v, want %v", step.name, past, step.past)
		}
		for i := range past {
			if dec(trim(past[i])).Cmp(dec(trim(step.past[i]))) != 0 || past[i][len(past[i])-1] == '*' != (step.past[i][len(step.past[i])-1] == '*') {
				t.Errorf("after %s the past is %v, want %v", step.name, past, step.past)
			}
		}
		if len(got.Variants[1].Past) != 0 {
			t.Errorf("after %s another variant has a past: %v", step.name, got.Variants[1].Past)
		}
	}
}

func trim(text string) string {
	if text[len(text)-1] == '*' {
		return text[:len(text)-1]
	}
	return text
}

// LAW-03: what is too old to matter is forgotten with the next change.
func TestSave_PastPricesForgotten(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	save(t, shop, p)
	for _, price := range []string{"18", "17"} {
		p = find(t, shop, p.ID)
		p.Variants[0].Price = dec(price)
		save(t, shop, p)
		old := time.Now().Add(-pricelist.Remembered - time.Hour)
		if price == "18" {
			err := shop.Write(t.Context(), func(tx tenant.Tx) error {
				return tx.DB().Exec("update variants set past_prices = jsonb_set(past_prices, '{0,until}', to_jsonb(?::timestamptz)) where past_prices <> '[]'", old).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	past := find(t, shop, p.ID).Variants[0].Past
	if len(past) != 1 || !past[0].Price.Equal(dec("18")) {
		t.Errorf("the past is %v", past)
	}
}

// ART-05 PROF-01: rules are kept with the article, ended rather than dropped, and asked by lists.
func TestCard_Offer(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	p.Variants[3].Price = dec("25")
	p.Measure, p.Variants[0].Content = catalog.Kilogram, amount("0.25")
	p.Variants[3].Content = amount("0.5")
	save(t, shop, p)
	p = find(t, shop, p.ID)
	p.Prices = []pricelist.Rule{
		{Profile: "trade", Price: amount("12")},
		{Variant: p.Variants[3].ID, Price: amount("9"), CompareAt: amount("25"), Tiers: []pricelist.Tier{{From: 10, Price: dec("8")}}},
	}
	save(t, shop, p)
	card := func() catalog.Card { return list(t, shop, catalog.Query{}).Cards[0] }
	ask := func(who string) pricelist.Ask { return pricelist.Ask{Profile: profile.Code(who), At: time.Now()} }
	c := card()
	if o, content, varies := c.Offer(ask("")); !o.Price.Equal(dec("9")) || o.CompareAt == nil || !o.CompareAt.Equal(dec("25")) || !varies || len(o.Tiers) != 1 || !content.Equal(dec("0.5")) {
		t.Errorf("everybody: %+v of %s, varies %v", o, content, varies)
	}
	if o, content, varies := c.Offer(ask("trade")); !o.Price.Equal(dec("12")) || o.CompareAt != nil || varies || !content.Equal(dec("0.25")) {
		t.Errorf("resellers: %+v of %s, varies %v", o, content, varies)
	}
	p = find(t, shop, p.ID)
	if p.Measure != catalog.Kilogram || p.Variants[0].Content == nil || !p.Variants[0].Content.Equal(dec("0.25")) {
		t.Errorf("measured as %q, %v", p.Measure, p.Variants[0].Content)
	}
	p.Prices = p.Prices[:1]
	save(t, shop, p)
	if p = find(t, shop, p.ID); len(p.Prices) != 2 || !p.Prices[0].Live() || p.Prices[1].Live() {
		t.Errorf("after one was taken away: %+v", p.Prices)
	}
	c = card()
	if o, _, _ := c.Offer(ask("")); !o.Price.Equal(dec("19.90")) {
		t.Errorf("everybody afterwards: %+v", o)
	}
}

func TestCheck_Prices(t *testing.T) {
	p := shirt("shirt", "Chemise")
	p.Measure, p.Variants[1].Content, p.Variants[2].Content = "stone", amount("0"), amount("0.00001")
	p.Prices = []pricelist.Rule{{}}
	for _, field := range []string{"measure", "variants.1.content", "variants.2.content", "prices.0.price"} {
		found := false
		for _, f := range fault.FieldsOf(p.Check()) {
			found = found || f.Name == field
		}
		if !found {
			t.Errorf("%s is not refused: %v", field, p.Check())
		}
	}
}
