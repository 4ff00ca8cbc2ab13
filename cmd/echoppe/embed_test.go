package main_test

import (
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
)

// PAY-02 PGW-18 PGW-19 PGW-20: a buyer pays on a page of the shop in fields that are the bank's; one whose browser shows none is
// led to the bank's page.
func TestEmbedded(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "champs")
	shop.Stock(t, "Tasse", "24.00", 10)
	brand, _ := m.App.Rooms.Gateways.Brand("sogecommerce")
	mode := connectWith(t, &m.Place, shop, brand, map[string]string{"page": "shop"})
	ordered := func() (page, number string) {
		b := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
		number = order(t, shop, b, mode)
		return b.WantStatus(200).Want("#bank-fields").Want(`a[href$="?plain=1"]`).WantClean().URL(), number
	}

	t.Run("fields", func(t *testing.T) {
		page, number := ordered()
		for _, width := range []int{360, 1280} {
			b := browsertest.Open(t, browsertest.Options{Width: width, Language: "fr"})
			b.Go(page)
			b.Wait(`#bank-fields iframe[title="Lyra"][data-ready]`).WantAccessible().WantNoSidewaysScroll()
			if b.Has("main input, main select, main textarea") {
				t.Error("PAY-02: the page has a field of the shop's own")
			}
			if width == 360 {
				continue
			}
			b.Frame("http://bank.localhost").Press(goodCard)
			b.Wait(".return button").Enter(".return button")
			wantPaid(t, shop, number)
			b.Wait(".pay-state.settled")
		}
	})
	t.Run("Stripe's fields", func(t *testing.T) {
		brand, _ := m.App.Rooms.Gateways.Brand("stripe")
		mode := connectWith(t, &m.Place, shop, brand, map[string]string{"page": "embedded"})
		visitor := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
		number := order(t, shop, visitor, mode)
		b := browsertest.Open(t, browsertest.Options{Language: "fr"})
		b.Go(visitor.URL())
		b.Wait(`#bank-fields iframe[title="Stripe"]`).Wait("#bank-fields button:enabled").WantAccessible().WantNoSidewaysScroll()
		b.Frame("http://bank.localhost").Press(goodCard)
		apptest.Eventually(t, "the bank to tell of the payment", func() bool { return paymentOf(t, shop, number).State == "captured" })
		b.Enter("#bank-fields button")
		wantPaid(t, shop, number)
		b.Wait(".pay-state.settled")
	})
	t.Run("Amazon's button", func(t *testing.T) {
		brand, _ := m.App.Rooms.Gateways.Brand(amazon)
		mode := connectWith(t, &m.Place, shop, brand, map[string]string{"page": "button"})
		visitor := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
		number := order(t, shop, visitor, mode)
		b := browsertest.Open(t, browsertest.Options{Language: "fr"})
		b.Go(visitor.URL())
		b.Wait("#bank-fields button:enabled").WantAccessible().WantNoSidewaysScroll()
		if text := b.Text(".lead"); !strings.Contains(text, "bouton") || strings.Contains(text, "champs") {
			t.Errorf("a button is told of as %q", text)
		}
		b.Click("#bank-fields button").Wait(goodCard).Click(goodCard)
		wantPaid(t, shop, number)
		b.Wait(".pay-state.settled")
	})
	t.Run("the bank's script does not come", func(t *testing.T) {
		for key, choice := range map[string]string{"sogecommerce": "shop", "stripe": "embedded", amazon: "button"} {
			brand, _ := m.App.Rooms.Gateways.Brand(key)
			mode := connectWith(t, &m.Place, shop, brand, map[string]string{"page": choice})
			visitor := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
			order(t, shop, visitor, mode)
			b := browsertest.Open(t, browsertest.Options{Language: "fr", Width: 360, Blocked: "http://bank.localhost:*/*"})
			b.Go(visitor.URL())
			b.Wait("#bank-fields [role=alert]:not(:empty)").WantText("#bank-fields", "ne se charge pas").Wait(`a[href$="?plain=1"]`).WantNoSidewaysScroll()
		}
	})
	t.Run("no script", func(t *testing.T) {
		page, number := ordered()
		b := browsertest.Open(t, browsertest.Options{NoScript: true, Language: "fr"})
		b.Go(page)
		b.Click(`a[href$="?plain=1"]`).Click(hopButton).Click(goodCard)
		wantPaid(t, shop, number)
	})
}
