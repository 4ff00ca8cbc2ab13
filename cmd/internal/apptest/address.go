package apptest

import (
	"testing"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/registry"
)

// Settle makes the shop's address that of its sub-domain or of a domain of its own, whose proof is taken for granted:
// the doors of tests lead here whatever the name.
func (s *Shop) Settle(t testing.TB, where registry.Canonical) {
	t.Helper()
	app := s.place.App
	if where == registry.ByDomain {
		host := s.Slug() + ".example"
		err := app.Pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
			return tx.DB().Exec(`insert into domains (host, shop_id, token, target, created_at, verified_at, main)
				values (?, ?, ?, ?, ?, ?, true)`, host, s.Row.ID, "echoppe="+host, host+".target", tx.Now(), tx.Now()).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		app.Registry.Announce(t.Context(), s.Row.ID)
	}
	row, err := app.Registry.SetCanonical(t.Context(), registry.Change{Shop: s.Row.ID, By: audit.Actor{Name: "test"}}, where)
	if err != nil {
		t.Fatal(err)
	}
	s.Row = row
	if s.Shop, err = app.OpenShop(s.Row); err != nil {
		t.Fatal(err)
	}
	s.URL = app.Out.Sites.Shop(s.Row)
}
