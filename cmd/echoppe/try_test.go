package main_test

import (
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/demo"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	pay "echoppe.dev/tenant/payment"
)

// tryButton begins a trial on the page of a mode.
const tryButton = `form[action$="/try"]`

// PAY-06: a merchant without script tries a mode that no buyer is offered yet with one unit of real money, reads what came of it, and
// gives it back to himself. No figure of the shop counts it, and no article leaves.
func TestTry(t *testing.T) {
	m := apptest.Open(t)
	for _, key := range []string{"payzen", "stripe", "square"} { // those with a contract for real money to try with
		t.Run(key, func(t *testing.T) {
			shop := m.NewShop(t, "try-"+key)
			office, buyer, page := tryMode(t, m, shop, key)
			b := toTrial(t, office, buyer)
			card(b, "good").WantStatus(200)
			apptest.Eventually(t, "the notice", func() bool {
				office.Get(page)
				return strings.Contains(office.Page().Doc().Find(".steps").Text(), "Reçue et vérifiée")
			})
			office.WantClean().WantText(".steps", "Votre navigateur est revenu").WantText(".steps", "1,00").WantText(".steps", "comme demandé").Follow(`.steps a[href*="/refund/"]`)
			office.Submit("main form", webtest.Values{})
			apptest.Eventually(t, "the money to be back", func() bool {
				office.Get(page)
				return strings.Contains(office.Page().Doc().Find(".steps").Text(), "rendus")
			})
			if n := shop.Count(t, "select count(*) from orders where test and state = 'refunded' and paid = refunded and paid = 1"); n != 1 {
				t.Errorf("%d orders for it", n)
			}
			if n := shop.Count(t, "select count(*) from payments where not test"); n != 1 {
				t.Errorf("%d payments with real money", n)
			}
			office.Get(shop.Office() + "/settings/payment")
			office.WantStatus(200).WantClean().WantText("main", "essai réussi")
			office.Get(shop.Office())
			office.WantStatus(200)
			if sold := shop.Count(t, "select count(*) from orders where not test"); sold != 0 {
				t.Errorf("%d orders counted", sold)
			}
		})
	}
	for name, tt := range map[string]struct{ card, quirk, says string }{
		"refused":                  {"funds", "proper", "Pas de paiement."},
		"the wrong key":            {"good", "wrong_key", "rien ne prouve"},
		"no notice":                {"good", "never", "Vérifiez l’adresse réglée"},
		"not the amount asked for": {"good", "wrong_amount", "annonce autre chose"},
	} {
		t.Run(name, func(t *testing.T) {
			shop := m.NewShop(t, "try-"+tt.card[:1]+"-"+strings.ReplaceAll(tt.quirk, "_", "-"))
			office, buyer, page := tryMode(t, m, shop, "payzen")
			b := toTrial(t, office, buyer)
			b.Submit(`button[value="`+tt.card+`"]`, webtest.Values{"quirk": tt.quirk})
			apptest.Eventually(t, "it to be told", func() bool {
				office.Get(page)
				return strings.Contains(office.Page().Doc().Find(".steps").Text(), tt.says)
			})
			office.WantClean()
			office.Get(shop.Office() + "/settings/payment")
			office.WantStatus(200).WantClean().WantText("main", "essai à regarder")
		})
	}
}

// tryMode connects a brand with its contract for real money, offers it to nobody, and opens its page in the office.
func tryMode(t *testing.T, m *apptest.Machine, shop *apptest.Shop, key string) (office, buyer *webtest.Browser, page string) {
	t.Helper()
	brand, _ := m.App.Rooms.Gateways.Brand(key)
	mode, err := m.App.Rooms.Modes.Save(t.Context(), shop.Shop, tenant.ByProgram, pay.Draft{
		Kind: key, Names: i18n.Text{"fr": "Essai " + key}, Config: demo.Contracts()[brand.Family], Locale: i18n.Neutral, Position: 9,
	})
	if err != nil {
		t.Fatal(err)
	}
	office, buyer = m.Visitor(t, "fr"), m.Visitor(t, "fr")
	office.Get(shop.OfficeLink(t))
	page = shop.Office() + "/settings/payment/" + mode.ID.String()
	office.Get(page)
	office.WantStatus(200).WantClean()
	return office, buyer, page
}

// toTrial begins a trial and follows its link to the bank's page, in another window.
func toTrial(t *testing.T, office, buyer *webtest.Browser) *webtest.Browser {
	t.Helper()
	office.Submit(tryButton, nil)
	office.WantStatus(200).WantClean().WantText(".alert, .flash", "prêt")
	buyer.Get(office.Attr(".steps a", "href"))
	toBank(t, buyer)
	return buyer
}
