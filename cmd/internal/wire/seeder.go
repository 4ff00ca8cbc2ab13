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

// Seed fills in what is missing and leaves alone what a merchant has changed.
func (s seeder) Seed(ctx context.Context, row *registry.Shop, wish provision.Seed) error {
	shop, err := s.app.OpenShop(row)
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		if err := seed.Defaults(tx, seed.New{Name: wish.Name, Email: wish.Email, Locale: wish.Locale}); err != nil {
			return err
		}
		return s.app.connectBank(tx)
	})
}

var _ provision.Seeder = seeder{}
