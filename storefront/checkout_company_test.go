package storefront_test

import (
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant"
)

// LAW-04: a company elsewhere in the Union gives its VAT number where it gives its one address, and is told
// wherever the sum stands why no tax is asked for.
func TestCheckout_CompanyElsewhere(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	number := `[name="delivery.vat_number"]`
	b := h.inCart(t, "")
	b.Get(h.at("/checkout"))
	b.WantNo(number) // at home it changes nothing
	refresh := `#step-delivery button[formaction$="/refresh"]`
	berlin := webtest.Values{"email": "einkauf@example.org", "delivery.name": "Max Weber", "delivery.company": "Weber GmbH",
		"delivery.line1": "Weg 1", "delivery.postcode": "10115", "delivery.city": "Berlin", "delivery.country": "DE", "terms": true}
	b.Submit(refresh, berlin)
	b.Want(number).WantText("#summary", "TVA").WantNo(`#summary:contains("autoliquidation")`)
	cheque := mode(b, "Chèque")
	b.Submit(refresh, with(berlin, "delivery.vat_number", "DE136695976"))
	told := "TVA\u202f: autoliquidation, due par l’acheteur (DE136695976)"
	b.WantText("#summary", told)
	b.Submit(place, with(berlin, "delivery.vat_number", "DE136695976", "payment", cheque))
	b.WantStatus(200).WantText("main", told)
	b.WantText(".why", "TVA 0\u00a0% au lieu de 20\u00a0%")

	// CUR-01: the order keeps its currency, and its buyer all of its sums, when the shop takes another.
	page := b.Path()
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec(`update settings set doc = doc || '{"management": "CHF"}' where name = 'currencies'`).Error
	}))
	b.Get(h.at(page))
	b.WantText("main", told).WantText(".totals .shipping", "€").WantText(".totals .total", "€")
}

// Without script the fields of the bill can be seen although the bill goes with the parcel: a number typed there
// counts.
func TestCheckout_NumberBesideTheBill(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	b.Get(h.at("/checkout"))
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, webtest.Values{"delivery.country": "DE", "delivery.postcode": "10115",
		"billing.country": "DE", "billing.vat_number": "DE136695976"})
	b.WantText("#summary", "autoliquidation")
}
