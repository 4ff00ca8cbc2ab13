package pricelist_test

import (
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricelist"
)

// CUR-02: a fixed price list is asked by readers of its currency only, and comes back as it was written.
func TestAsk_priceList(t *testing.T) {
	rates, err := currency.NewRates(money.EUR, currency.Rate{Currency: money.USD, Factor: num("1.1")})
	if err != nil {
		t.Fatal(err)
	}
	list := rule(func(r *pricelist.Rule) {
		r.Currency, r.Price, r.CompareAt = "USD", ptr("12.00"), ptr("15.00")
		r.Tiers = []pricelist.Tier{{From: 10, Price: num("11.00")}}
	})
	trade := rule(func(r *pricelist.Rule) { r.Price, r.Profile = ptr("8"), "trade" })
	gone := rule(func(r *pricelist.Rule) { r.Currency, r.Price = "CHF", ptr("1") })
	rules := []pricelist.Rule{list, trade, gone}
	for _, tt := range []struct {
		name         string
		ask          pricelist.Ask
		price, cross string
	}{
		{"shown in euro", pricelist.Ask{}, "10", ""},
		{"shown in dollars", pricelist.Ask{Currency: money.USD}, "10.9091", "13.6364"},
		{"a reseller's price in every currency", pricelist.Ask{Currency: money.USD, Profile: "trade"}, "8", ""},
		{"a currency without a rate", pricelist.Ask{Currency: money.MustCurrency("CHF")}, "10", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.ask.Rates, tt.ask.At = rates, noon
			o := own("10")
			o.Since = list.Written // so that there was no other price before
			got := tt.ask.Offer(rules, o)
			if !got.Price.Equal(num(tt.price)) || got.Currency != "" {
				t.Errorf("price %s %s, want %s", got.Price, got.Currency, tt.price)
			}
			if (got.CompareAt == nil) != (tt.cross == "") || got.CompareAt != nil && !got.CompareAt.Equal(num(tt.cross)) {
				t.Errorf("crossed out %v, want %q", got.CompareAt, tt.cross)
			}
			back, err := rates.Convert(money.New(got.Price, money.EUR), money.USD)
			if tt.price == "10.9091" && (err != nil || back.Round(money.HalfUp).String() != "12.00" || !got.Tiers[0].Price.Equal(num("10"))) {
				t.Errorf("brought back it is %s (%v), tiers %v", back, err, got.Tiers)
			}
		})
	}
}

// LAW-03: prices in one currency say nothing of what was asked in another.
func TestLowest_currency(t *testing.T) {
	list := rule(func(r *pricelist.Rule) { r.Currency, r.Price, r.Written = "JPY", ptr("1500"), *at(-10) })
	sale := rule(func(r *pricelist.Rule) {
		r.Currency, r.Price, r.From, r.CompareAt = "JPY", ptr("1200"), at(-1), ptr("1900")
	})
	got := pricelist.Crossed([]pricelist.Rule{list, sale}, own("10"), pricelist.Buyer{Currency: "JPY"}, noon)
	if got == nil || !got.Equal(num("1500")) {
		t.Errorf("crossed out %v, want 1500", got)
	}
}
