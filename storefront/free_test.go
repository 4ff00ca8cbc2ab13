package storefront_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/payment"
)

// given makes all of it free, the delivery included, for who types GIFT and SHIPFREE.
func (h *house) given() {
	h.t.Helper()
	gift, free := coupon("GIFT", "100"), coupon("SHIPFREE", "10")
	gift.Combine = discount.WithAll
	free.Off, free.Combine = discount.Off{Kind: discount.FreeShipping}, discount.WithAll
	h.reduce(gift)
	h.reduce(free)
}

// ORD-07 DSC-03: what costs nothing is ordered without a way to pay, without script, also where one that adds a fee
// had been chosen before; the cart says zero, too.
func TestCheckout_Free(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	_, err := h.modes.Save(t.Context(), h.shop, clerk, payment.Draft{Kind: "cash_on_delivery", Names: i18n.Text{"fr": "Remboursement"}, Active: true, Locale: "fr", Position: -1,
		Scope: payment.Scope{Cost: payment.Cost{Fee: payment.Share{Fixed: decimal.NewFromInt(3)}, IncludesTax: true}}})
	must(t, err)
	h.given()
	b := h.inCart(t, "")
	b.Want(`input[name="payment"]`)
	b.Submit(`#step-payment button[formaction$="/refresh"]`, with(nantes, "payment", mode(b, "Remboursement")))
	b.WantText("#summary .total", "55,95") // with its fee
	b.Get(h.at("/cart"))
	for _, code := range []string{"gift", "shipfree"} {
		b.Submit("#cart-code", webtest.Values{"code": code})
	}
	b.WantStatus(200).WantText(".totals .total", "0,00").WantNoText("Remboursement")
	b.Get(h.at("/checkout"))
	free := func() {
		t.Helper()
		b.WantStatus(200).WantClean().WantText("#summary .total", "0,00").WantNo(`[name="payment"]`).
			WantText("#step-payment .note.info", "Il n’y a rien à payer")
	}
	free()
	b.Submit(`#summary button[formaction$="/checkout/code"][value=GIFT]`, nil)
	b.Want(`input[name="payment"]`).WantNo("#step-payment .note") // there is something to pay again
	b.Submit(`#summary button[formaction$="/checkout/code"]:not([name])`, webtest.Values{"code": "gift"})
	free()
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "delivery.country", "BE"))
	free()
	b.Submit(place, with(nantes, "delivery.country", "FR"))
	b.WantStatus(200).WantClean().Want(".thanks").WantText(".totals .total", "0,00").WantNo(".pay-how").WantNo(`form[action$="/pay"]`)
	if n := h.count("payments"); n != 0 {
		t.Errorf("%d payments for nothing", n)
	}
}

// A page from before the discount sends a way to pay: it is not needed, and adds nothing.
func TestCheckout_FreeMeanwhile(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	b := h.inCart(t, "")
	cheque := mode(b, "Chèque")
	for _, r := range []discount.Rule{coupon("", "100"), {Name: i18n.Text{"fr": "Port"}, Off: discount.Off{Kind: discount.FreeShipping}, Scope: discount.Scope{Of: discount.Order}}} {
		r.Codes, r.Combine = nil, discount.WithAll
		h.reduce(r)
	}
	b.Submit(place, with(nantes, "payment", cheque))
	b.WantStatus(422).WantClean().WantText("form#checkout > .note.error", "0,00").WantNo(`[name="payment"]`) // told first
	b.Submit(place, webtest.Values{"terms": true})
	b.WantStatus(200).Want(".thanks").WantText(".totals .total", "0,00")
	if n := h.count("payments"); n != 0 {
		t.Errorf("%d payments for nothing", n)
	}
}
