package storefront_test

import (
	"net/url"
	"testing"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/tenant/settings"
)

// ORD-02 CUR-02: the currency is switched by a form, keeps the page, and what is charged is said.
func TestCurrency_Switch(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Ending: ".95", Active: true}}})
	b := h.browser(t)
	b.Get(h.at("/de/product/tasse-en-gres-auf-deutsch?utm_source=x"))
	b.WantText(".price", "24,00")
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.WantStatus(200).WantPath("/de/product/tasse-en-gres-auf-deutsch")
	b.WantText(".price", "25,95").WantText(".buy", "24,00")
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
