package carriage

import (
	"embed"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Desk compares what delivery cost with what was billed.
type Desk struct{}

// New makes the desk.
func New() *Desk { return &Desk{} }

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/orders/carriage", d.report, web.Can("reports.view"))
	r.GET("/orders/carriage/file", d.file, web.Can("reports.export"))
	r.GET("/orders/carriage/bill", d.ask, web.Can("orders.ship"))
	r.POST("/orders/carriage/bill", d.check, web.Can("orders.ship"))
	r.POST("/orders/carriage/bill/post", d.post, web.Can("orders.ship"))
}

const base = "orders/carriage"

// room is what every page of the desk has.
type room struct {
	visit    *desk.Visit
	Settings *settings.Settings
}

// here begins a page: it reads the settings, and shows instants where the shop is.
func here(tx tenant.Tx, v *desk.Visit) (room, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return room{}, err
	}
	v.View.Zone = s.Rules().Zone
	return room{v, s}, nil
}

func (r room) view() ui.View { return r.visit.View }

func (r room) t(key string, args ...ui.Args) string { return r.visit.T("carriage."+key, args...) }

func (r room) href(path string) string { return r.visit.Href(base + path) }

func (r room) currency() money.Currency { return r.Settings.Rules().Currency }

// crumbs are the way to a page of the desk, with further steps after the report.
func (r room) crumbs(further ...string) []ui.Crumb {
	way := []ui.Crumb{{Label: r.visit.T("office.nav.orders"), Href: r.visit.Href("orders")}, {Label: r.t("title"), Href: r.href("")}}
	for _, label := range further {
		way = append(way, ui.Crumb{Label: label})
	}
	if len(further) == 0 {
		way[len(way)-1].Href = ""
	}
	return way
}

var _ desk.Desk = (*Desk)(nil)
