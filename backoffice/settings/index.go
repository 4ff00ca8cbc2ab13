package shopsettings

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
)

// part is one entry of the index.
type part struct {
	words      string // and path below /settings/
	icon       ui.Icon
	permission string
}

// groups are the parts in the order a shop is set up.
func groups() []struct {
	name  string
	parts []part
} {
	const seen = "settings.view"
	return []struct {
		name  string
		parts []part
	}{
		{"shop", []part{
			{"identity", ui.IconBuildingStore, seen}, {"languages", ui.IconLanguage, seen}, {"addresses", ui.IconWorld, seen},
			{"opening", ui.IconLock, "settings.mode"}, {"pages", ui.IconFileText, "content.view"}, {"theme", ui.IconPalette, seen}, {"team", ui.IconUsersGroup, "team.view"},
		}},
		{"selling", []part{
			{"shipping", ui.IconTruck, seen}, {"payment", ui.IconCreditCard, seen}, {"currencies", ui.IconCoin, seen},
			{"vat", ui.IconReceiptTax, seen}, {"rates", ui.IconListCheck, seen}, {"pack", ui.IconWorld, seen}, {"numbering", ui.IconReceipt, seen}, {"quotes", ui.IconFileText, seen}, {"fraud", ui.IconShieldCheck, seen}, {"letters", ui.IconMail, seen},
		}},
		{"goods", []part{{"stock", ui.IconPackages, seen}, {"catalogue", ui.IconListCheck, seen}}},
	}
}

// index leads to the parts of the settings.
func (d *Desk) index(c echo.Context) error {
	v := desk.Here(c)
	f := officeui.Frame{Header: ui.Header{Title: v.T("setup.title"), Lead: v.T("setup.lead")}}
	var panels []templ.Component
	for _, g := range groups() {
		var parts []part
		for _, p := range g.parts {
			if v.Can(p.permission) {
				parts = append(parts, p)
			}
		}
		if len(parts) > 0 {
			panels = append(panels, indexPanel(v, g.name, parts))
		}
	}
	return desk.Show(c, http.StatusOK, indexPage(v, f, panels))
}
