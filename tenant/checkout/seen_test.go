package checkout

import (
	"errors"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/pricing"
)

// cartOf is a cart with goods and their tax of so much, delivered for six euros.
func cartOf(goods, tax string) *cart.View {
	eur := func(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }
	none, sent := pricing.NoFigures(money.EUR), pricing.NoFigures(money.EUR)
	sent.Gross = eur("6.00")
	t := pricing.Totals{Goods: none, Discounts: none, Shipping: sent, ShippingDiscounts: none, Insurance: none, Fee: none, Tax: eur(tax)}
	t.Goods.Gross = eur(goods)
	return &cart.View{
		Priced: &pricing.Priced{Currency: money.EUR, View: pricing.View{Goods: pricing.Gross, Shipping: pricing.Gross}, Totals: t},
		Due:    deposit.Due{Now: eur(goods).Add(eur("6.00")), Later: eur("0.00")},
	}
}

func TestChanged(t *testing.T) {
	var charge currency.Leg
	saw := seen(cartOf("12.00", "3.00"), charge)
	for name, tt := range map[string]struct {
		shown string
		now   *cart.View
		want  error
		why   string
	}{
		"CUR-04 nothing":                           {saw, cartOf("12.00", "3.00"), nil, ""},
		"CUR-04 the articles":                      {saw, cartOf("13.00", "3.17"), ErrTotalChanged, "What changed: the price of the articles. "},
		"LAW-04 the tax within the same total":     {saw, cartOf("12.00", "0.94"), ErrTaxChanged, ""},
		"CUR-04 a page that knows the total alone": {"18.00 EUR", cartOf("12.00", "0.94"), nil, ""},
		"CUR-04 and its total is another":          {"18.00 EUR", cartOf("13.00", "0.94"), ErrTotalChanged, ""},
		"SEC what a buyer makes up": {"18.00 EUR | tax <b> | goods", cartOf("12.00", "3.00"), ErrTaxChanged,
			"What changed: the price of the articles, the discounts, delivery, the payment fee. "},
	} {
		t.Run(name, func(t *testing.T) {
			s := &Sheet{Cart: tt.now, Charge: charge}
			if err := s.Changed(tt.shown); !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if got := whatChanged(different(tt.shown, seen(tt.now, charge))).In(i18n.English); got != tt.why {
				t.Errorf("%q, want %q", got, tt.why)
			}
		})
	}
}
