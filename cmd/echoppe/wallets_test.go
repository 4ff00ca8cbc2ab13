package main_test

import (
	"net/http"
	"strings"
	"testing"

	"echoppe.dev/cmd/internal/apptest"
	pay "echoppe.dev/tenant/payment"
)

// PGW-39, PGN-06, PGN-07: a shop with Stripe's fields on its page has its hosts told to Stripe by itself, serves the file Apple
// reads, and leaves the wallets of the browser to Stripe's frames, on the page with the fields and on no other.
func TestWallets(t *testing.T) {
	m := apptest.Open(t)
	shop := m.NewShop(t, "portefeuille")
	shop.Stock(t, "Bol", "24.00", 10)
	root := m.App.Out.Sites.Platform()
	own := strings.Replace(root, "://", "://"+shop.Shop.Slug()+".", 1)
	b := m.Visitor(t, "fr")
	if p := b.Get(own + pay.AssociationPath); p.Status != http.StatusNotFound {
		t.Errorf("without Stripe: %d", p.Status)
	}
	brand, _ := m.App.Rooms.Gateways.Brand("stripe")
	mode := connectWith(t, &m.Place, shop, brand, map[string]string{"page": "embedded"})
	for _, at := range []string{own, root, shop.URL} {
		if p := b.Get(at + pay.AssociationPath); p.Status != http.StatusOK || len(p.Body) == 0 || p.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %q", at, p.Status, p.Body)
		}
	}
	host := shop.Shop.Slug() + "." + m.App.Out.Sites.Host
	apptest.Eventually(t, "Stripe to be told the shop's hosts", func() bool {
		return shop.Count(t, `select count(*) from payment_modes, jsonb_to_recordset(domains) as d(host text, standing text, test boolean)
			where kind = 'stripe' and d.host = ? and d.standing = 'ready' and d.test`, host) == 1
	})
	b = shopper(t, shop, b, "Bol", "1")
	if got := b.Page().Header.Get("Permissions-Policy"); !strings.Contains(got, "payment=(),") {
		t.Errorf("the checkout leaves the wallets to %s", got)
	}
	order(t, shop, b, mode)
	if got := b.Want("#bank-fields").Page().Header.Get("Permissions-Policy"); !strings.Contains(got, `payment=(self "`+m.Bank()+`")`) {
		t.Errorf("the page with the fields leaves the wallets to %s, not %s", got, m.Bank())
	}
}
