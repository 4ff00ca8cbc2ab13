package main_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/stock"
)

// lamps are announced lamps of two sizes, half of whose price is due with the order: none of the small ones is there, and
// three large ones came in. An engraving can be chosen beside.
func lamps(t *testing.T, s *apptest.Shop) {
	p := &catalog.Product{Code: "lampe", State: catalog.Published, Kind: catalog.Physical, TaxClass: "standard", PriceGross: true,
		Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Lampe"}},
		Options: []catalog.Option{{Code: "size", Name: i18n.Text{"fr": "Taille"}, Values: []catalog.OptionValue{
			{Code: "s", Name: i18n.Text{"fr": "S"}}, {Code: "l", Name: i18n.Text{"fr": "L"}}}}},
		Extras: []catalog.Extra{{Code: "mark", Name: i18n.Text{"fr": "Gravure"}, Values: []catalog.ExtraValue{
			{Code: "name", Name: i18n.Text{"fr": "Prénom"}, Fixed: decimal.NewFromInt(3)}}}},
	}
	for i, size := range []string{"s", "l"} {
		p.Variants = append(p.Variants, catalog.Variant{SKU: "lampe-" + size, Price: decimal.NewFromInt(20), Active: true, Tracked: true,
			OnHand: 3 * i, WeightG: 500, Options: map[string]string{"size": size}})
	}
	if err := catalog.Save(t.Context(), s.Shop, tenant.ByProgram, p); err != nil {
		t.Fatal(err)
	}
	err := s.Write(t.Context(), func(tx tenant.Tx) error {
		day := time.Now().AddDate(0, 0, 20)
		return stock.SetAdvance(tx, tenant.ByProgram, p.ID, stock.Advance{On: &day, Limit: 9,
			Terms: deposit.Terms{Kind: deposit.Percent, Value: decimal.NewFromInt(50)}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// STK-04 CAT-05 with a script, on a phone: the button, the day, the deposit and the reasons of the price follow the choice;
// a pre-order is put into the cart, changed there and ordered, with what is due now and what later in each place.
func TestPreOrder(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "lamps")
	lamps(t, shop)
	b := browsertest.Open(t, browsertest.Options{Language: "fr", Width: 360})
	b.Go(shop.URL+"/product/lampe?o_size=s").WantText(".add .btn", "Précommander").WantText("#facts .terms", "50").WantAccessible().WantNoSidewaysScroll()
	loaded := b.Sent("GET " + shop.URL + "/product/lampe")
	b.Press(`label:has([value="l"])`).WantText("#facts .sku", "lampe-l").WantText(".add .btn", "Ajouter au panier").WantText("#facts .stock", "exemplaires")
	if b.Has("#facts .terms") || b.Has(".why") {
		t.Error("STK-04: a deposit is asked for what is in stock, or CAT-05: a plain price is explained")
	}
	b.Press(`label:has([value="name"])`).WantText("#facts .price", "23,00")
	if n := b.Sent("GET " + shop.URL + "/product/lampe"); n != loaded {
		t.Errorf("ART-07: the page was asked for %d times more", n-loaded)
	}
	b.Press(".why summary").Wait("#why dl").WantText(".why", "Prénom").WantText(".why", "23,00").WantAccessible()
	b.Press(`label:has([value="s"])`).WantText(".add .btn", "Précommander").WantText("#facts .terms", "50").Wait("#why [open] dl").WantText("#why", "Prénom")
	if n := b.Sent("GET "+shop.URL+"/product/lampe") - loaded; n != 2 {
		t.Errorf("ART-07 CAT-05: the page was asked for %d times more, for the reasons of two prices that were read", n)
	}
	b.Press(".add .btn").Wait(".toast").WantAccessible().WantQuiet()

	b.Go(shop.URL+"/cart").WantText(".due .now", "11,50").WantText(".due .later", "11,50").WantAccessible().WantNoSidewaysScroll()
	b.Fill(".line input[type=number]", "2").Keys("\t").Wait(`.line input[value="2"]`).WantText(".due .now", "23,00").WantText(".due .later", "23,00")
	b.Click(toCheckout).WantText(".due .now", "23,00").WantAccessible()
	fillIn(b, "Claire Martin", "claire@example.org", "3 quai de la Fosse", "44000", "Nantes")
	way := apptest.Ask[string](t, shop, "select id::text from payment_modes where kind = 'transfer' and active")
	b.Press(`[name=payment][value="` + way + `"]`).Press("#f-terms")
	b.Click(placeButton).Wait(".thanks").WantText(".pay-how", "23,00").WantText(".due .now", "23,00").WantAccessible().WantNoSidewaysScroll().WantQuiet()
	if now := apptest.Ask[string](t, shop, "select advance->'now'->>'amount' from orders"); now != "23.00" {
		t.Errorf("STK-04: %s is due with the order", now)
	}
	b.Go(shop.URL + "/cart")
	if b.Has(".line") {
		t.Error("the cart is not empty after the order")
	}
}

// ORD-07 with a script: a country is typed on the keyboard, letter by letter, and the fields and sums of the one that is meant
// are fetched once; the focus stays where it was.
func TestCheckout_CountryTyped(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "typed")
	shop.Stock(t, "Tasse", "12.00", 5)
	b := browsertest.Open(t, browsertest.Options{Language: "fr", Width: 1280})
	b.Go(shop.URL + "/product/tasse").Press(addButton).Wait("[data-cart] b:not([hidden])")
	b.Go(shop.URL + "/cart").Click(toCheckout)
	const refreshed = "/checkout/refresh"
	before := b.Sent(refreshed)
	b.Press("#delivery-country").Keys("\x1b").Keys("allem").Wait("#delivery-vat_number")
	if at, n := b.Value("#delivery-country"), b.Sent(refreshed)-before; at != "DE" || n != 1 {
		t.Errorf("the country is %s after %d requests, want DE after one", at, n)
	}
	if !b.Has("#delivery-country:focus") {
		t.Error("the focus is no longer in the list of countries")
	}
	b.WantText("#summary", "TVA").WantAccessible().WantQuiet()
}
