package storefront_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/conversion"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// CUR-01: after the shop has changed its currency, an order from before shows its sums as they were.
func TestOrder_OfTheOldCurrency(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	b.Submit(place, with(nantes, "payment", mode(b, "Chèque")))
	page := b.Path()
	b.WantStatus(200).WantText(".order .totals .total", "52,95\u00a0€")
	service := conversion.Service{Calculators: shipping.Builtin(), Quotes: h.desk}
	plan := conversion.Plan{Exchange: currency.Exchange{To: money.CHF, Factor: decimal.RequireFromString("0.5")}, Old: settings.OldShown}
	var rev int
	must(t, h.shop.Read(t.Context(), func(tx tenant.Tx) error {
		p, err := service.Preview(tx, "fr", plan)
		if err == nil {
			rev = p.Rev
		}
		return err
	}))
	must(t, service.Convert(t.Context(), h.shop, clerk, plan, rev))
	b.Get(h.at(page))
	b.WantStatus(200).WantClean().WantText(".order .totals .goods", "48,00\u00a0€").WantText(".order .totals .total", "52,95\u00a0€")
	b.Get(h.at("/product/tasse-en-gres"))
	b.WantText("#facts .price", "12,00\u00a0CHF")
}
