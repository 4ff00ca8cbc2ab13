package main_test

import (
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/quote"
)

// askForQuote is a company that asks for a quote, which the shop sends: the address of its page.
func askForQuote(t *testing.T, m *apptest.Machine, shop *apptest.Shop) string {
	t.Helper()
	b := m.Visitor(t, "fr")
	b.Get(shop.URL + "/product/" + firstArticle(t, shop))
	b.Submit(`#prefs button[value="entreprises"]`, nil)
	b.Submit(addButton, webtest.Values{"quantity": "3"})
	b.Follow(`.sum a[href$="/cart/quote"]`)
	b.Submit("form.form", webtest.Values{"name": "Claire Martin", "email": "claire@example.org", "message": "Pour un hôtel"})
	b.WantStatus(200).Want(".thanks")
	which := id.MustParse[quote.Quote](apptest.Ask[string](t, shop, "select id::text from quotes"))
	clerk := tenant.Actor{Kind: tenant.Staff, ID: "clerk", Name: "Claire"}
	if _, err := m.App.Rooms.Desk.SendQuote(t.Context(), shop.Shop, clerk, which, 1); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.URL(), "?asked=1")
}

// QUO-02 QUO-03 LAW-07: the way from the cart to a quote and from there to its order keeps to the rules, with
// the browser of somebody who has nothing but the link.
func quotePages(t *testing.T, shop *apptest.Shop, page string) {
	b := browsertest.Open(t, browsertest.Options{Language: "fr"})
	look := func(address string) {
		b.Resize(desktop).Go(address).WantAccessible().WantQuiet().Resize(phone).WantAccessible().WantQuiet()
	}
	for _, path := range []string{"", "/order/1", "/refuse/1"} {
		look(page + path)
	}
	b.Go(shop.URL + "/profile?next=/cart").Click(`form:has(input[value="entreprises"]) button`)
	b.Go(shop.URL + "/product/" + firstArticle(t, shop)).Press(addButton).Wait("[data-cart] b:not([hidden])")
	for _, path := range []string{"/cart", "/cart/quote"} {
		look(shop.URL + path)
	}
}
