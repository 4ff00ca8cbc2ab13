package storefront_test

import (
	"context"
	"testing"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// appleFiles has a file for the shops that are called "lune".
type appleFiles struct{}

func (appleFiles) AssociationFile(_ context.Context, shop *tenant.Shop) ([]byte, error) {
	if shop.Slug() != "lune" {
		return nil, payment.ErrMode
	}
	return []byte("7B22"), nil
}

// PGW-39, PGN-07: a shop whose bank has a file for Apple serves it on its hosts, to whoever asks: without a cookie, without
// leading to its other address, and while it is closed. Any other shop has none.
func TestAssociationFile(t *testing.T) {
	t.Parallel()
	s := openStage(t)
	lune := s.open("lune")
	s.open("mars")
	for _, mode := range []registry.Mode{registry.Production, registry.Draining, registry.Shut} {
		row := *lune.row
		row.Mode = mode
		s.shops.put(&row)
		for _, at := range []string{"http://lune.localhost:8080", "http://localhost:8080/lune.shop"} {
			b := s.browser(t)
			p := b.Get(at + payment.AssociationPath)
			if p.Status != 200 || string(p.Body) != "7B22" || len(b.Hops()) != 1 || p.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s, %s: %d %q, %v, cookies %q", mode, at, p.Status, p.Body, b.Hops(), p.Header.Get("Set-Cookie"))
			}
		}
	}
	if p := s.browser(t).Get("http://mars.localhost:8080" + payment.AssociationPath); p.Status != 404 {
		t.Errorf("a shop without: %d", p.Status)
	}
}
