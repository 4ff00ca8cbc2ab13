package main_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// tees are two T-shirts of two colours and two sizes: one with a print to choose, one that is ordered from
// a table.
func tees(t *testing.T, s *apptest.Shop) {
	for _, name := range []string{"Imprimé", "Tableau"} {
		p := &catalog.Product{Code: strings.ToLower(name[:2]), State: catalog.Published, Kind: catalog.Physical, TaxClass: "standard", PriceGross: true,
			Texts: map[i18n.Locale]catalog.Text{"fr": {Name: name}}, Options: []catalog.Option{
				{Code: "colour", Name: i18n.Text{"fr": "Couleur"}, Values: []catalog.OptionValue{
					{Code: "yellow", Name: i18n.Text{"fr": "Jaune"}}, {Code: "red", Name: i18n.Text{"fr": "Rouge"}}}},
				{Code: "size", Name: i18n.Text{"fr": "Taille"}, Values: []catalog.OptionValue{
					{Code: "s", Name: i18n.Text{"fr": "S"}}, {Code: "l", Name: i18n.Text{"fr": "L"}}}},
			}}
		for _, colour := range []string{"yellow", "red"} {
			for _, size := range []string{"s", "l"} {
				p.Variants = append(p.Variants, catalog.Variant{SKU: p.Code + "-" + colour + "-" + size, Price: decimal.NewFromInt(20), Active: true,
					Tracked: true, OnHand: 3, Options: map[string]string{"colour": colour, "size": size}})
			}
		}
		if name == "Imprimé" {
			p.Extras = []catalog.Extra{{Code: "print", Name: i18n.Text{"fr": "Impression"}, Values: []catalog.ExtraValue{
				{Code: "logo", Name: i18n.Text{"fr": "Logo"}, Fixed: decimal.NewFromInt(3)}}}}
		} else {
			p.Arrange(true, "size")
		}
		if err := catalog.Save(t.Context(), s.Shop, tenant.ByProgram, p); err != nil {
			t.Fatal(err)
		}
	}
}

// LAW-07: with a script, too, the first key leads past the menu to what the page is about.
func TestSkipLink(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "skip")
	tees(t, shop)
	b := browsertest.Open(t, browsertest.Options{Language: "fr", Width: 1280})
	for _, page := range []string{"/", "/product/imprime", "/cart"} {
		b.Go(shop.URL + page).Keys("\t\r").Wait("#main:target").Keys("\t").WantQuiet()
		if !b.Has("main :focus") {
			t.Errorf("%s: after the skip link the next key is not in the page", page)
		}
	}
}

// ART-07 ART-08 ART-09 with a script, on a phone: the price and the address follow the choice without
// another page; a table scrolls in itself, tells what is wrong where it is wrong, and takes the rest again.
func TestOptions(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "tees")
	tees(t, shop)
	b := browsertest.Open(t, browsertest.Options{Language: "fr", Width: 360})
	b.Go(shop.URL+"/product/imprime").WantText("#facts .price", "20,00").WantAccessible().WantNoSidewaysScroll()
	b.Press(`label:has([value="logo"])`).WantText("#facts .price", "23,00")
	b.Press(`label:has([value="red"])`).WantText("#facts .sku", "im-red-s").WantText("#facts .price", "23,00")
	if at := b.URL(); !strings.Contains(at, "o_print=logo") || !strings.Contains(at, "o_colour=red") {
		t.Errorf("the address is %s", at)
	}
	b.Press(".add .btn").Wait(".toast").WantAccessible().WantQuiet()
	b.Go(shop.URL + "/product/tableau").WantAccessible().WantNoSidewaysScroll()
	b.Fill(`[aria-label="Jaune, S"]`, "2").Fill(`[aria-label="Rouge, L"]`, "9").Press(".add .btn")
	b.Wait(".note.error").WantText(".cells .err", "3").WantAccessible().WantNoSidewaysScroll()
	b.Fill(`[aria-label="Rouge, L"]`, "3").Press(".add .btn").Wait(".toast")
	b.Go(shop.URL+"/cart").WantText(".totals .total", "123,00")
}
