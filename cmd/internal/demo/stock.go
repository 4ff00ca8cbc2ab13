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
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/seed"
	"echoppe.dev/tenant/seed/trading"
	"echoppe.dev/tenant/settings"
)

// FirstShop is the slug of the shop the demo's home page leads to.
const FirstShop = "demo"

// resellerShop is the slug of the shop that has a reseller.
const resellerShop = "editions"

// shops are the demo's shops by slug, in the order they are opened.
var shops = []struct {
	slug  string
	trade seed.Trade
}{
	{FirstShop, seed.Atelier},
	{"papeterie", seed.Papeterie},
	{resellerShop, seed.Editions},
}

// Open opens the demo's shops with everything but articles: a second, after which every address works
// and the merchant finds his shops set up.
func Open(ctx context.Context, app *wire.App) error {
	owner, err := ensureMerchant(ctx, app)
	if err != nil {
		return err
	}
	for _, s := range shops {
		row, err := app.Registry.BySlug(ctx, s.slug)
		if errors.Is(err, registry.ErrUnknown) {
			row, err = open(ctx, app, owner, s.slug)
		}
		if err != nil {
			return err
		}
		// A process that was killed may have opened the shop and not seeded it.
		if err := app.Seed(ctx, row, wishes(s.slug)); err != nil {
			return err
		}
		shop, err := app.OpenShop(row)
		if err != nil {
			return err
		}
		if err := seed.Furnish(ctx, kit(app), shop, s.trade); err != nil {
			return err
		}
		if err := christen(ctx, app, row, shop); err != nil {
			return err
		}
		if s.slug == resellerShop {
			if err := ensureReseller(ctx, app, shop); err != nil {
				return err
			}
		}
	}
	return nil
}

// ensureMerchant adds the demo's merchant. Nobody reads his mail, so his address is confirmed for him, by the
// link that a letter would have brought.
func ensureMerchant(ctx context.Context, app *wire.App) (account.Account, error) {
	who, err := app.Accounts.Ensure(ctx, merchantMail, i18n.French)
	if err != nil || who.Verified {
		return who, err
	}
	token, err := app.Accounts.MakeLink(ctx, who.ID, account.Verify, 0)
	if err != nil {
		return account.Account{}, err
	}
	who, _, err = app.Accounts.Redeem(ctx, token)
	return who, err
}

// christen lets office and console call the shop as its shoppers do; the settings page does so for
// merchants.
func christen(ctx context.Context, app *wire.App, row *registry.Shop, shop *tenant.Shop) error {
	var name string
	err := shop.Read(ctx, func(tx tenant.Tx) error {
		now, err := settings.Load(tx)
		if err == nil {
			name = now.Identity.Name
		}
		return err
	})
	if err != nil || name == row.Name {
		return err
	}
	_, err = app.Registry.SetName(ctx, registry.Change{Shop: row.ID, By: audit.Actor{Name: "demo"}}, name)
	return err
}

func kit(app *wire.App) seed.Kit {
	return seed.Kit{Library: app.Rooms.Library, Bucket: app.Out.Objects, Modes: app.Rooms.Modes}
}

// Stock fills the demo's shops through the import every merchant uses, and then the first with some orders. It draws some seventy
// pictures, so it takes a while the first time, less with a small width; 0 is the usual one. It may be killed
// anywhere and called again: it goes on where it was.
func Stock(ctx context.Context, app *wire.App, width int) error {
	k := kit(app)
	k.Width = width
	for _, s := range shops {
		row, err := app.Registry.BySlug(ctx, s.slug)
		if err != nil {
			return err
		}
		shop, err := app.OpenShop(row)
		if err != nil {
			return err
		}
		if err := seed.Demo(ctx, k, shop, s.trade); err != nil {
			return err
		}
	}
	return trade(ctx, app)
}

// trade gives the first shop its orders, when all shops can be visited.
func trade(ctx context.Context, app *wire.App) error {
	row, err := app.Registry.BySlug(ctx, FirstShop)
	if err != nil {
		return err
	}
	shop, err := app.OpenShop(row)
	if err != nil {
		return err
	}
	return trading.New(app.Rooms.Desk, shop).Trade(ctx)
}

func open(ctx context.Context, app *wire.App, owner account.Account, slug string) (*registry.Shop, error) {
	return app.Provision.Open(ctx, provision.Order{
		Slug: slug, Plan: "standard", By: audit.Actor{Name: "demo"},
		Seed:      wishes(slug),
		Alongside: func(tx pg.Tx, shop registry.ID) error { return account.Join(tx, owner.ID, shop, authz.Owner) },
	})
}

func wishes(slug string) provision.Seed {
	return provision.Seed{Locale: i18n.French, Name: slug, Email: merchantMail}
}
