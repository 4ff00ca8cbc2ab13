package main_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	pay "echoppe.dev/tenant/payment"
)

// keeping connects a bank that keeps customers' cards.
func keeping(t testing.TB, m *apptest.Machine, s *apptest.Shop, kind string) string {
	t.Helper()
	brand, ok := m.App.Rooms.Gateways.Brand(kind)
	if !ok {
		t.Fatalf("no brand %s", kind)
	}
	config := url.Values{}
	for name, list := range demo.Contracts()[brand.Family] {
		config[name] = list
	}
	name := "Essai " + kind
	_, err := m.App.Rooms.Modes.Save(t.Context(), s.Shop, tenant.ByProgram, pay.Draft{Kind: kind, Names: i18n.Text{"fr": name, "de": name}, Config: config,
		Locale: i18n.Neutral, Active: true, Test: true, Position: -1, Scope: pay.Scope{Saves: true}})
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// withSaved orders what is in the cart, after what is ticked and chosen beside the terms.
func withSaved(t testing.TB, s *apptest.Shop, b *webtest.Browser, chosen webtest.Values) string {
	t.Helper()
	fields := claire()
	for name, value := range chosen {
		fields[name] = value
	}
	if b.Count("#f-terms") > 0 {
		fields["terms"] = true
	}
	if b.Submit(placeButton, fields); b.Status() != 200 {
		t.Fatalf("not ordered: %d %q", b.Status(), b.Texts(".err, .note.error, .note.warning"))
	}
	return apptest.Ask[string](t, s, "select number from orders order by placed_at desc, number desc limit 1")
}

// PGW-32: a customer buys with consent, buys again by one click and without the bank's page, and takes his card back; a guest is
// asked nothing, and sees nothing. Where the bank wants to see him all the same he goes there without typing a number.
func TestSavedCards(t *testing.T) {
	m := apptest.Open(t)
	for kind, atPage := range map[string]bool{"stripe": false, "sogecommerce": true, "authorizenet": false} {
		t.Run(kind, func(t *testing.T) {
			shop := m.NewShop(t, "garde"+kind)
			shop.Stock(t, "Tasse", "24.00", 20)
			way := keeping(t, m, shop, kind)

			guest := shopper(t, shop, m.Visitor(t, "fr"), "Tasse", "1")
			if guest.Count("input[name=save]") != 0 {
				t.Error("a guest is asked for his card")
			}
			b := m.Visitor(t, "fr")
			register(t, shop, b, "Claire Martin", "claire@example.org")
			shopper(t, shop, b, "Tasse", "1")
			if b.Count("input[name=save]") != 1 || b.Count("input[name=save][checked]") != 0 {
				t.Fatalf("%d boxes, %d of them ticked beforehand", b.Count("input[name=save]"), b.Count("input[name=save][checked]"))
			}
			mode := wayOf(t, b, way)
			number := withSaved(t, shop, b, webtest.Values{"payment": mode, "save": true})
			toBank(t, b)
			card(b, "good")
			wantPaid(t, shop, number)
			apptest.Eventually(t, "the card to be kept", func() bool { return shop.Count(t, "select count(*) from saved_cards") == 1 })
			if n := shop.Count(t, "select count(*) from saved_cards where wording = '1 fr' and test and last = '0001'"); n != 1 {
				t.Error("what was agreed to is not written down")
			}

			shopper(t, shop, b, "Tasse", "1")
			b.Want(`input[name=payment][value^="`+mode+`:"][checked]`).WantText("#step-payment", "•••• 0001")
			browser := browsertest.Open(t, browsertest.Options{Width: 360, Language: "fr"})
			browser.Go(shop.URL+"/account/sign-in").Fill("main [name=email]", "claire@example.org").Fill("main [name=password]", password).Click(`main form[action*="/sign-in"] .btn`)
			browser.Go(shop.URL + "/checkout").WantAccessible().WantNoSidewaysScroll()
			number = withSaved(t, shop, b, nil)
			if atPage { // the bank asks for the code, and not for the number
				toBank(t, b)
				card(b, "good")
			} else {
				b.WantStatus(200).Want(".pay-state.settled").WantClean() // no page of the bank
			}
			wantPaid(t, shop, number)

			b.Get(shop.URL + "/account")
			b.Follow(`.acc-menu a[href$="/account/cards"]`)
			b.WantStatus(200).WantText("main", "•••• 0001").WantClean()
			browser.Go(shop.URL + "/account/cards").WantAccessible().WantNoSidewaysScroll()
			b.Submit(`form[action$="/remove"] button`, nil)
			b.WantStatus(200)
			if strings.Contains(strings.Join(b.Texts(".book"), ""), "0001") || shop.Count(t, "select count(*) from saved_cards") != 0 {
				t.Error("the card is still there")
			}
			shopper(t, shop, b, "Tasse", "1")
			if b.Count(`input[name=payment][value*=":"]`) != 0 {
				t.Error("a removed card is proposed")
			}
		})
	}
}
