package main_test

import (
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/platform/driver/web/webtest"
)

// asked is a payment a merchant asks somebody for on the telephone.
func asked() webtest.Values {
	return webtest.Values{"name": "Zoé Martin", "email": "zoe@example.org", "lines.0.text": "Réparation d’une lampe", "lines.0.amount": "48,00", "note": "Merci de votre appel."}
}

// payForm chooses a way to pay on the page of an order.
const payForm = `form[action$="/pay"]`

// PGW-34 PGW-25 PGW-27: without script, the merchant asks for a payment of what is in no catalogue; the buyer opens the link he was given,
// is refused, pays with another card, and the merchant finds it paid. It is the only order there is.
func TestRequest(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "request")
	brand, _ := m.App.Rooms.Gateways.Brand("payzen")
	connect(t, &m.Place, shop, brand)
	office, buyer := m.Visitor(t, "fr"), m.Visitor(t, "fr")
	office.Get(shop.OfficeLink(t))
	office.Get(shop.Office() + "/orders/request")
	office.WantStatus(200).WantClean().Submit(`button[value="ask"]`, asked())
	office.WantStatus(200).WantClean().WantText("main", "Réparation d’une lampe").WantText("main", "8,00").Want("#pay-code path")
	page := office.URL()

	buyer.Get(office.Value("#pay-link"))
	buyer.WantStatus(200).WantClean().WantText("main", "Réparation d’une lampe").WantText("main", "48,00")
	order := buyer.URL()
	buyer.Submit(payForm, webtest.Values{"mode": buyer.Attr(`label:contains("Essai payzen") input[name="mode"]`, "value")})
	toBank(t, buyer)
	card(buyer, "funds").WantStatus(200)
	buyer.Get(order)
	buyer.WantStatus(200).WantClean().Submit(payForm, nil)
	toBank(t, buyer)
	card(buyer, "good").WantStatus(200)
	apptest.Eventually(t, "the money", func() bool {
		return shop.Count(t, "select count(*) from orders where state = 'paid' and paid = 48 and tax = 8") == 1
	})
	office.Get(page)
	office.WantStatus(200).WantClean().WantNo("#pay-link")
	buyer.Get(order)
	buyer.WantStatus(200).WantClean().WantNo(payForm).WantNo(`form[action$="/again"]`)
	if n := shop.Count(t, "select count(*) from orders"); n != 1 {
		t.Errorf("%d orders", n)
	}
}

// PGW-34: the page and what comes of it fit a phone, in the language that says it longest too.
func TestRequest_Phone(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "request-phone")
	brand, _ := m.App.Rooms.Gateways.Brand("payzen")
	connect(t, &m.Place, shop, brand)
	office := m.Visitor(t, "fr")
	office.Get(shop.OfficeLink(t))
	office.Get(shop.Office() + "/orders/request")
	office.Submit(`button[value="ask"]`, asked())
	pages := []string{shop.Office() + "/orders/request", office.URL()}
	merchant := browsertest.Open(t, browsertest.Options{Language: "fr"}).Go(shop.OfficeLink(t))
	for _, language := range []string{"fr", "es", "de", "en"} {
		for _, page := range pages {
			merchant.Resize(phone).Go(page + "?lang=" + language).Wait("main h1").WantNoSidewaysScroll()
		}
	}
	merchant.Go(shop.Office() + "/orders/request?lang=fr").WantAccessible()
}
