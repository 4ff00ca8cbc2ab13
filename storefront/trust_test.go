package storefront_test

import (
	"testing"
	"time"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
)

// FRD-06: the page of verified facts is there where the merchant wants it, says what the program knows and nothing
// else, rounded down, in the reader's language, and is found from the map of the shop.
func TestTrust(t *testing.T) {
	t.Parallel()
	h := open(t)
	b := h.browser(t)
	b.Get(h.at("/trust"))
	b.WantStatus(404)
	b.Get(h.at("/sitemap"))
	b.WantNo(`main a[href$="/trust"]`)

	h.shops.put(&registry.Shop{ID: h.row.ID, Schema: h.row.Schema, Slug: h.row.Slug, Name: h.row.Name, State: registry.Open, Mode: registry.Production,
		Canonical: h.row.Canonical, Rev: 2, Domain: "lune.example", OpenedAt: time.Date(2024, 3, 5, 12, 0, 0, 0, time.UTC)})
	sent := func(n int, placed time.Time) {
		err := h.shop.Write(t.Context(), func(tx tenant.Tx) error {
			for range n {
				key := id.New[order.Order]().String()
				if _, err := tx.Raw().Exec(t.Context(), `insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery, currency, display,
					goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
					values ($1::text::uuid, $1::text, decode(md5($1::text), 'hex'), $1::text, 'shipped', true, 'a@example.com', 'A', 'fr', '{}', '{}', 'EUR', '{}', 1, 0, 0, 1, '{}', $2, $2)`, key, placed); err != nil {
					return err
				}
			}
			return nil
		})
		must(t, err)
	}
	sent(9, h.clock.Now().Add(-time.Hour))
	sent(50, h.clock.Now().AddDate(-2, 0, 0))
	rules := fraud.Defaults()
	rules.Trust = true
	h.set(settings.Fraud(rules))
	b.Get(h.at("/trust"))
	b.WantStatus(200).WantClean().WantText("h1", "Une boutique vérifiée").WantText("main", "5 mars 2024").WantText("main", "lune.example").
		WantText("main", "la boutique ne les voit jamais").WantNoText("Commandes expédiées")
	sent(108, h.clock.Now().Add(-time.Hour))
	h.clock.Advance(25 * time.Hour)
	b.Get(h.at("/de/trust"))
	b.WantStatus(200).WantClean().WantText("main", "5. März 2024").WantText("main", "mindestens 110")
	b.Get(h.at("/sitemap"))
	b.Follow(`main a[href$="/trust"]`)
	b.WantStatus(200).WantText("h1", "Une boutique vérifiée")
}
