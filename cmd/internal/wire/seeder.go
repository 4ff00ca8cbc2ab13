package wire

import (
	"context"

	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/seed"
)

// seeder writes what a new shop begins with.
type seeder struct{ app *App }

// Seed is App.Seed.
func (s seeder) Seed(ctx context.Context, row *registry.Shop, wish provision.Seed) error {
	return s.app.Seed(ctx, row, wish)
}

// Seed writes what a new shop begins with: it fills in what is missing and leaves alone what a
// merchant has changed. It may be called again, also while another call is at it.
func (a *App) Seed(ctx context.Context, row *registry.Shop, wish provision.Seed) error {
	shop, err := a.OpenShop(row)
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := seed.Defaults(tx, seed.New{Name: wish.Name, Email: wish.Email, Locale: wish.Locale}); err != nil {
			return err
		}
		return a.connectBank(tx)
	})
}

var _ provision.Seeder = seeder{}
