package main_test

import (
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
)

// PGW-18 PGW-19 PGW-20: a buyer pays on a page of the shop in fields that are the bank's, by keyboard; one whose browser shows none is
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
			b.Wait(`#bank-fields iframe[title="Lyra"]`).WantAccessible().WantNoSidewaysScroll()
			if width == 360 {
				continue
			}
			b.Press("main h1").Keys("\t\t\t\r") // past the frame's two links, to the first card
			b.Wait(".return button")
			b.Click(".return button")
			wantPaid(t, shop, number)
			b.Wait(".pay-state.settled")
		}
	})
	t.Run("no script", func(t *testing.T) {
		page, number := ordered()
		b := browsertest.Open(t, browsertest.Options{NoScript: true, Language: "fr"})
		b.Go(page)
		b.Click(`a[href$="?plain=1"]`).Click(hopButton).Click(`button[value="good"]`)
		wantPaid(t, shop, number)
	})
}
