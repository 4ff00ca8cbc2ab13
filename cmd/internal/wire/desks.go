package wire

import (
	"io/fs"
	"net"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/products"
	shopsettings "echoppe.dev/backoffice/settings"
	"echoppe.dev/backoffice/transfers"
	"echoppe.dev/platform/fleet/domains"
	"echoppe.dev/platform/fleet/router"
)

// desks are the parts of a shop's office, in the order of its navigation.
func (a *App) desks() []desk.Desk {
	r := a.Rooms
	return []desk.Desk{
		products.New(r.Library),
		transfers.New(r.Importer, r.Library),
		shopsettings.New(shopsettings.Config{
			Calculators: r.Calculators, Modes: r.Modes, Registry: a.Registry, Accounts: a.Accounts, Plans: a.Plans,
			Domains:  domains.New(a.Pool, a.Registry, net.DefaultResolver, a.Out.Sites),
			Previews: router.NewPreviews(a.Out.Keys, a.Out.Sites, a.Out.Clock), Sites: a.Out.Sites,
		}),
	}
}

// deskWords are their words.
func deskWords() []fs.FS {
	return []fs.FS{products.Locales, transfers.Locales, shopsettings.Locales}
}
