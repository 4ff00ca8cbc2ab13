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

// LAW-04: a number of another country than that the order goes to changes no tax; that, and why, stands beside its field
// in the reader's language, and does not keep anybody from ordering.
func TestCheckout_NumberOfAnotherCountry(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	refresh := `#step-delivery button[formaction$="/refresh"]`
	order := webtest.Values{"email": "einkauf@example.org", "delivery.name": "Max Weber", "delivery.company": "Weber GmbH",
		"delivery.line1": "Weg 1", "delivery.postcode": "1000", "delivery.city": "Bruxelles", "delivery.country": "BE", "terms": true}
	for language, words := range map[string][2]string{"": {"Belgique", "ne change pas la TVA"}, "/en": {"Belgium", "does not change the VAT"},
		"/es": {"Bélgica", "no cambia el IVA"}, "/de": {"Belgien", "ändert aber nichts an der Mehrwertsteuer"}} {
		b := h.inCart(t, "")
		b.Get(h.at(language + "/checkout"))
		b.Submit(refresh, order)
		b.WantNo("#delivery-vat_number-n")
		b.Submit(refresh, with(order, "delivery.vat_number", "DE136695976"))
		b.WantClean().WantText("#delivery-vat_number-n", words[0]).WantText("#delivery-vat_number-n", words[1]).
			Want(`[name="delivery.vat_number"][aria-describedby="delivery-vat_number-n"]:not([aria-invalid])`).WantNo(`#summary:contains("DE136695976")`)
	}
	b := h.inCart(t, "")
	b.Get(h.at("/checkout"))
	b.Submit(refresh, order)
	b.Submit(refresh, with(order, "delivery.vat_number", "DE136695976", "delivery.country", "FR", "delivery.postcode", "44000"))
	b.WantText("#delivery-vat_number-n", "(France)").WantText("#delivery-vat_number-n", "Une entreprise d’un autre pays de l’Union")
	b.Submit(refresh, with(order, "delivery.vat_number", "DE136695976", "delivery.country", "DE", "delivery.postcode", "10115"))
	b.WantNo("#delivery-vat_number-n").WantText("#summary", "autoliquidation")
	b.Submit(refresh, with(order, "delivery.vat_number", "DE136695976"))
	b.Submit(place, with(order, "delivery.vat_number", "DE136695976", "payment", mode(b, "Chèque")))
	b.WantStatus(200).Want(".thanks")
	var kept string
	must(t, h.shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select billing->>'vat_number' from orders").Scan(&kept).Error
	}))
	if kept != "DE136695976" {
		t.Errorf("LAW-04: the order keeps the number %q", kept)
	}
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
