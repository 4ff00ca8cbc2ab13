package demo

import (
	"context"
	"errors"

	"echoppe.dev/cmd/internal/wire"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
)

// Stock opens the demo's shops the first time.
func Stock(ctx context.Context, app *wire.App) error {
	owner, err := app.Accounts.Ensure(ctx, merchantMail, i18n.French)
	if err != nil {
		return err
	}
	_, err = app.Registry.BySlug(ctx, FirstShop)
	if !errors.Is(err, registry.ErrUnknown) {
		return err
	}
	_, err = app.Provision.Open(ctx, provision.Order{
		Slug: FirstShop, Plan: "standard", By: audit.Actor{Name: "demo"},
		Seed:      provision.Seed{Locale: i18n.French, Name: "Atelier Lune", Email: merchantMail},
		Alongside: func(tx pg.Tx, shop registry.ID) error { return account.Join(tx, owner.ID, shop, authz.Owner) },
	})
	return err
}
