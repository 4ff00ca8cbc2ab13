package storefront_test

import (
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/profile"
)

// LAW-03: a reduction is announced as the percent it is by, on either side of the tax: the cents a net price was
// rounded by take none off.
func TestPrices_WholePercent(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(companies(profile.Never))
	h.save(mug("BOWL", "Bol", "169.00"))
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Soldes"}, Off: rate("15"), Scope: discount.Scope{Of: discount.Articles,
		Members: []string{find(t, h, "BOWL").ID.String()}}})
	b := h.browser(t)
	b.Get(h.at("/product/bol"))
	b.WantText(".price", "143,65").WantText(".price", "15\u00a0%")
	b.Submit(`#prefs button[value="pro"]`, nil)
	b.WantText(".price", "119,71").WantText(".price", "140,83").WantText(".price", "15\u00a0%")
}
