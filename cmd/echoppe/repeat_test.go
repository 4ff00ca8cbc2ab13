package main_test

import (
	"testing"
	"time"

	"echoppe.dev/cmd/internal/apptest"
	"echoppe.dev/cmd/internal/browsertest"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	orders "echoppe.dev/tenant/order"
)

// aMonthLater makes what is repeated as old as if it had begun more than a month ago, and its next payment had been announced.
func aMonthLater(t *testing.T, s *apptest.Shop) {
	t.Helper()
	first := apptest.Ask[string](t, s, "select id::text from orders where request->'repeat' is not null")
	err := s.Write(t.Context(), func(tx tenant.Tx) error {
		start := tx.Now().UTC().Truncate(24*time.Hour).AddDate(0, -1, -3)
		err := tx.DB().Exec(`update orders set request = jsonb_set(jsonb_set(request, '{repeat,start}', to_jsonb(?::text)), '{repeat,told}', to_jsonb(?::text)) where id = ?`,
			start.Format(time.RFC3339), tx.Now().UTC().AddDate(0, 0, -10).Format(time.RFC3339), first).Error
		if err != nil {
			return err
		}
		which, err := id.Parse[orders.Order](first)
		if err != nil {
			return err
		}
		return jobs.Enqueue(tx, checkout.Repeat{Shop: tx.Shop().ID(), Order: which})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// PGW-31: without script, the merchant asks for the same every month; the buyer reads what he agrees to, lets his card be charged, is
// charged a month later without being there, and stops; his card is erased, and the merchant sees it all.
func TestRepeat(t *testing.T) {
	m := apptest.Open(t)
	for _, kind := range []string{"stripe", "sogecommerce", "authorizenet"} {
		t.Run(kind, func(t *testing.T) {
			shop := m.NewShop(t, "abo"+kind)
			way := keeping(t, m, shop, kind)
			office, buyer := m.Visitor(t, "fr"), m.Visitor(t, "fr")
			office.Get(shop.OfficeLink(t))
			office.Get(shop.Office() + "/orders/request")
			ask := asked()
			ask["every"], ask["times"] = "month", "12"
			office.Submit(`button[value="ask"]`, ask)
			office.WantStatus(200).WantClean().WantText("#repeat-panel", "tous les mois, 12 fois en tout")
			page := office.URL()

			buyer.Get(office.Value("#pay-link"))
			first := buyer.URL()
			buyer.WantStatus(200).WantClean().WantText("#repeat", "48,00").WantText("#repeat", "tous les mois, 12 fois en tout").WantText("#repeat", "arrêter à tout moment").
				WantNo(`form[action$="/stop"]`)
			if buyer.Count("input[name=save]") != 1 || buyer.Count("input[name=save][checked]") != 0 {
				t.Fatalf("%d boxes, %d ticked beforehand", buyer.Count("input[name=save]"), buyer.Count("input[name=save][checked]"))
			}
			buyer.WantText(payForm, "prélève 48,00")
			browser := browsertest.Open(t, browsertest.Options{Width: 360, Language: "fr"})
			browser.Go(first).WantAccessible().WantNoSidewaysScroll()
			buyer.Submit(payForm, webtest.Values{"mode": wayOn(buyer, way), "save": true})
			toBank(t, buyer)
			card(buyer, "good").WantStatus(200)
			apptest.Eventually(t, "the mandate", func() bool {
				return shop.Count(t, "select count(*) from orders where state = 'paid' and request->'repeat'->'mandate'->>'token' <> '' and request->'repeat'->'mandate'->>'text' like '%48,00%'") == 1
			})
			if n := shop.Count(t, "select count(*) from saved_cards"); n != 0 {
				t.Errorf("%d cards for one click", n)
			}

			aMonthLater(t, shop)
			apptest.Eventually(t, "the second payment", func() bool {
				return shop.Count(t, "select count(*) from orders where state = 'paid' and paid = 48 and tax = 8 and request->'of'->>'number' = '2'") == 1
			})
			if n := shop.Count(t, "select count(*) from orders"); n != 2 {
				t.Errorf("%d orders", n)
			}
			office.Get(page)
			office.WantClean().WantText("#repeat-panel", "2 / 12").WantText("#repeat-panel", "•••• 0001").WantText("#repeat-panel", "prélève 48,00")
			buyer.Get(first)
			buyer.WantClean().WantText("#repeat", "Prochain paiement").WantText("#repeat", "•••• 0001").Submit(`form[action$="/stop"] button`, nil)
			buyer.WantStatus(200).WantClean().WantText("#repeat", "Arrêtés le").WantNo(`form[action$="/stop"]`)
			office.Get(page)
			office.WantClean().WantText("#repeat-panel", "Arrêtés").WantNo(`button[formaction$="/repeat/stop"]`)
			apptest.Eventually(t, "the letters", func() bool {
				return len(m.Letters(t, "zoe@example.org", "arrêtés")) > 0 && shop.Count(t, "select count(*) from mails where kind = 'order_repeat_stopped_staff' and state = 'sent'") == 1
			})
			apptest.Eventually(t, "the card to be erased", func() bool { return m.Waiting(t, shop) == 0 })
			if n := shop.Count(t, "select count(*) from orders where request->'repeat'->'mandate'->>'token' <> ''"); n != 0 {
				t.Error("the card is still kept")
			}
			browser.Go(first).WantAccessible().WantNoSidewaysScroll()
			merchant := browsertest.Open(t, browsertest.Options{Language: "fr"}).Go(shop.OfficeLink(t))
			for _, language := range []string{"fr", "es", "de", "en"} {
				merchant.Resize(phone).Go(page + "?lang=" + language).Wait("main h1").WantNoSidewaysScroll()
			}
			merchant.Go(page + "?lang=fr").WantAccessible()
		})
	}
}

// wayOn is the value of a way to pay on the page of an order.
func wayOn(b *webtest.Browser, name string) string {
	return b.Attr(`label:contains("`+name+`") input[name="mode"]`, "value")
}
