package wire

import (
	"context"

	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// seeder writes what a new shop begins with.
type seeder struct{ app *App }

// Seed fills in what is missing and leaves alone what a merchant has changed.
func (s seeder) Seed(ctx context.Context, row *registry.Shop, seed provision.Seed) error {
	shop, err := s.app.OpenShop(row)
	if err != nil {
		return err
	}
	return shop.Write(ctx, func(tx tenant.Tx) error {
		now, err := settings.Load(tx)
		if err != nil || now.Rev(settings.NameIdentity) > 0 {
			return err
		}
		identity := now.Identity
		identity.Name, identity.Email = seed.Name, seed.Email
		if err := settings.SaveIn(tx, tenant.ByProgram, identity, 0); err != nil {
			return err
		}
		languages := settings.Languages{Default: seed.Locale, Offered: i18n.Shipped}
		return settings.SaveIn(tx, tenant.ByProgram, languages, 0)
	})
}

var _ provision.Seeder = seeder{}
