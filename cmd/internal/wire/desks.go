package wire

import (
	"io/fs"

	"echoppe.dev/backoffice/acceptance"
	"echoppe.dev/backoffice/carriage"
	"echoppe.dev/backoffice/customers"
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/discounts"
	"echoppe.dev/backoffice/families"
	"echoppe.dev/backoffice/home"
	"echoppe.dev/backoffice/orders"
	"echoppe.dev/backoffice/payouts"
	"echoppe.dev/backoffice/products"
	"echoppe.dev/backoffice/profiles"
	"echoppe.dev/backoffice/quotes"
	shopsettings "echoppe.dev/backoffice/settings"
	"echoppe.dev/backoffice/simulator"
	stockroom "echoppe.dev/backoffice/stock"
	themedesk "echoppe.dev/backoffice/theme"
	"echoppe.dev/backoffice/transfers"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/tenant/seed"
)

// desks are the parts of a shop's office, in the order of its navigation.
func (a *App) desks() []desk.Desk {
	r, sim := a.Rooms, simulator.New(a.Rooms.Desk)
	return []desk.Desk{
		home.New(home.Config{Letters: a.Accounts, Samples: seed.NewSamples(r.Library, r.Importer)}),
		orders.New(orders.Config{Desk: r.Desk, Post: r.Post, Modes: r.Modes}),
		carriage.New(),
		acceptance.New(r.Modes),
		payouts.New(r.Gateways),
		quotes.New(r.Desk, r.Post),
		customers.New(r.Customers),
		profiles.New(r.Modes, r.Customers),
		products.New(r.Library, r.Importer.Editor(), a.quotas()),
		stockroom.New(),
		families.New(r.Library),
		discounts.New(sim),
		sim,
		transfers.New(r.Importer, r.Library),
		themedesk.New(CheckTheme),
		shopsettings.New(shopsettings.Config{
			Calculators: r.Calculators, Modes: r.Modes, Registry: a.Registry, Accounts: a.Accounts, Plans: a.Plans,
			Domains: a.Domains, Wallets: r.Wallets,
			Previews: router.NewPreviews(a.Out.Keys, a.Out.Sites, a.Out.Clock), Sites: a.Out.Sites,
			Quotes: a.quotes, Unsent: r.Desk, Checkout: r.Desk, Notices: r.Desk.Addresses.Notice, Trials: a.trials(), Signals: a.Signals, Scorer: r.Scorer, Advisory: a.Advisory, Wanted: a.Wanted,
		}),
	}
}

// deskWords are their words.
func deskWords() []fs.FS {
	return []fs.FS{
		home.Locales, orders.Locales, carriage.Locales, acceptance.Locales, payouts.Locales, quotes.Locales, customers.Locales, profiles.Locales, products.Locales, stockroom.Locales, families.Locales,
		discounts.Locales, simulator.Locales, transfers.Locales, themedesk.Locales, shopsettings.Locales,
	}
}
