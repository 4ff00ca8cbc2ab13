package storefront_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// ORD-02 CUR-02: the currency is switched by a form and keeps the page.
func TestCurrency_Switch(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Ending: ".95", Active: true}}})
	b := h.browser(t)
	b.Get(h.at("/de/product/tasse-en-gres-auf-deutsch?utm_source=x"))
	b.WantText(".price", "24,00")
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.WantStatus(200).WantPath("/de/product/tasse-en-gres-auf-deutsch")
	b.WantText(".price", "25,95").WantNo(`.buy:contains("24,00")`) // CUR-03: what is charged depends on how it is paid
	b.WantHeader("Cache-Control", "private, no-cache")
	other := h.browser(t)
	other.Get(h.at("/de/product/tasse-en-gres-auf-deutsch"))
	other.WantText(".price", "24,00")
	for _, back := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""} {
		p := b.Do(posted("POST", h.at("/set/currency"), url.Values{"currency": {"USD"}, "back": {back}}))
		if p.Status != 303 || p.Header.Get("Location") != "/" {
			t.Errorf("back %q leads to %q", back, p.Header.Get("Location"))
		}
	}
	p := b.Do(posted("POST", h.at("/set/currency"), url.Values{"currency": {"XXX"}, "back": {"/contact"}}))
	if p.Header.Get("Set-Cookie") != "" || p.Header.Get("Location") != "/contact" {
		t.Errorf("unknown currency: %v", p.Header)
	}
}

// On the platform's host a "back" of another shop is not followed.
func TestCurrency_BackStaysInTheShop(t *testing.T) {
	t.Parallel()
	h := openStage(t).openAs("lune", registry.ByPath)
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Active: true}}})
	p := h.browser(t).Do(posted("POST", h.under("/set/currency"), url.Values{"currency": {"USD"}, "back": {"/other.shop/cart"}}))
	if to := p.Header.Get("Location"); to != "/lune.shop/" {
		t.Errorf("led to %q", to)
	}
}

// CUR-03: only where the way to pay is known is it said what will be charged: in the shop's own currency, or in the one
// he sees where the mode settles in that. The page of an article promises neither; search engines read the shop's own.
func TestCurrency_Charged(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Active: true}}})
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec(`update payment_modes set scope = '{"currencies": ["USD"]}' where kind = 'cheque'`).Error
	}))
	b := h.browser(t)
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.WantText(".price", "26,40").WantNo(`main:contains("débité")`).WantNo(`main p:contains("24,00 €")`)
	if !strings.Contains(string(b.Page().Body), `"price":"24.00","priceCurrency":"EUR"`) {
		t.Error("SEO-01: search engines do not read the shop's own price")
	}
	b.Submit(".add .btn", webtest.Values{"quantity": "2"})
	b.Get(h.at("/checkout"))
	refresh := `#step-delivery button[formaction$="/refresh"]`
	b.Submit(refresh, with(nantes, "payment", mode(b, "Chèque")))
	b.WantText("#summary .total", "$").WantNo(`#summary:contains("débité")`)
	b.Submit(refresh, webtest.Values{"payment": mode(b, "Carte")})
	b.WantText("#summary .note", "Vous serez débité de 52,95")
}

// CUR-03: the page of an order shows what its buyer saw and paid: his currency, before and after, in the right tense.
func TestCurrency_Order(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Active: true}}})
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec(`update payment_modes set scope = '{"currencies": ["USD"]}' where kind = 'redirect'`).Error
	}))
	b := h.browser(t)
	b.Site("bank.example", bankPage())
	order := func(way string) {
		b.Get(h.at("/product/tasse-en-gres"))
		b.Submit(".add .btn", webtest.Values{"quantity": "2"})
		b.Get(h.at("/checkout"))
		b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "payment", mode(b, way)))
		b.Submit(place, with(nantes, "payment", mode(b, way)))
	}
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(`#prefs button[value="USD"]`, nil)
	order("Chèque")
	b.WantStatus(200).WantClean().WantText(".brief b", "52,80").WantText(".total", "58,25").WantText("main", "Vous serez débité de 52,95")
	order("Carte")
	to, err := url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" capture 58.25 USD")
	b.Get(to.Query().Get("back"))
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantClean().WantText(".brief b", "52,80").WantText(".total", "58,25").WantText(".events", "58,25").
		WantNo(`main:contains("€")`).WantNo(`main:contains("serez débité")`)
}

// CUR-02: a price that looks like a price on the shelf is that price in cart and checkout, times the quantity, and
// that is what the bank is asked for and what the order says.
func TestCurrency_WhatTheShelfSays(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Ending: ".95", Active: true}}})
	must(t, h.shop.Write(t.Context(), func(tx tenant.Tx) error {
		tx.Touch()
		return tx.DB().Exec(`update payment_modes set scope = '{"currencies": ["USD"]}' where kind = 'redirect'`).Error
	}))
	b := h.browser(t)
	b.Site("bank.example", bankPage())
	b.Get(h.at("/product/tasse-en-gres"))
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.WantText(".price", "25,95")
	b.Submit(".add .btn", webtest.Values{"quantity": "2"})
	b.WantText(".line", "25,95").WantText(".line", "51,90").WantText(".totals .total", "51,90")
	b.Get(h.at("/checkout"))
	b.Submit(`#step-delivery button[formaction$="/refresh"]`, with(nantes, "payment", mode(b, "Carte")))
	b.WantText("#summary", "51,90").WantText("#summary .total", "57,35") // 5,45 for the parcel
	b.Submit(place, with(nantes, "payment", mode(b, "Carte")))
	to, err := url.Parse(b.URL())
	must(t, err)
	h.tell(t, to.Query().Get("notify"), bankPassword, to.Query().Get("ref")+" capture 57.35 USD")
	b.Get(to.Query().Get("back"))
	b.Follow(`.pay-state a[href*="/order/"]`)
	b.WantClean().WantText(".brief b", "51,90").WantText(".total", "57,35").WantText(".events", "57,35").WantNo(`main:contains("€")`).
		WantCount(".order-head .state", 1) // paid is paid
	// Whatever the merchant changes afterwards, the order says what it said.
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.20", Active: true}}})
	b.Get(b.URL())
	b.WantText(".brief b", "51,90").WantText(".total", "57,35")
}
