package payouts

import (
	"embed"
	"time"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payout"
	"echoppe.dev/tenant/settings"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Desk holds payments against payouts.
type Desk struct{ payouts payout.Desk }

// New makes the desk.
func New(gateways *payment.Gateways) *Desk { return &Desk{payout.Desk{Gateways: gateways}} }

const (
	base = "orders/payouts"
	// formShare is room in a form for a file that travels on in it, packed, and for the fields.
	formShare = 12 << 20
	// sendWithin is how long a slow line may take for a file.
	sendWithin = 5 * time.Minute
)

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/orders/payouts", d.list, web.Can("reports.view"))
	r.GET("/orders/payouts/awaited", d.awaited, web.Can("reports.view"))
	r.GET("/orders/payouts/differences", d.differences, web.Can("reports.view"))
	r.GET("/orders/payouts/file", d.file, web.Can("reports.export"))
	r.GET("/orders/payouts/modes", d.modes, web.Can("reports.view"))
	r.GET("/orders/payouts/modes/:mode", d.askMode, web.Can("orders.settle"))
	r.POST("/orders/payouts/modes/:mode", d.saveMode, web.Can("orders.settle"))
	r.GET("/orders/payouts/read", d.ask, web.Can("orders.settle"))
	r.POST("/orders/payouts/read", d.check, web.Can("orders.settle"), web.Upload(payout.MaxFile+formShare, sendWithin))
	r.POST("/orders/payouts/read/post", d.post, web.Can("orders.settle"), web.Upload(payout.MaxFile+formShare, sendWithin))
	r.GET("/orders/payouts/:payout", d.show, web.Can("reports.view"))
}

// room is what every page of the desk has.
type room struct {
	visit *desk.Visit
	Modes []payment.Mode
}

// here begins a page: it shows instants where the shop is, and knows what ways to pay are called.
func here(tx tenant.Tx, v *desk.Visit) (room, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return room{}, err
	}
	v.View.Zone = s.Rules().Zone
	modes, err := payment.ListModes(tx)
	return room{v, modes}, err
}

func (r room) view() ui.View { return r.visit.View }

func (r room) t(key string, args ...ui.Args) string { return r.visit.T("payouts."+key, args...) }

func (r room) href(path string) string { return r.visit.Href(base + path) }

// mode is what a way to pay is called.
func (r room) mode(which payment.ModeID) string {
	for _, m := range r.Modes {
		if m.ID == which {
			return r.name(m)
		}
	}
	return "–"
}

func (r room) name(m payment.Mode) string {
	if name := m.Names.In(r.view().Locale); name != "" {
		return name
	}
	return r.view().T(payment.KindKey(m.Kind))
}

// day is a calendar day, "–" for none. Days are stored without a zone, so none may move them.
func (r room) day(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return i18n.FormatDate(r.view().Locale, t.UTC(), i18n.Medium)
}

// crumbs are the way to a page of the desk, with further steps after the first page.
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

// tabs lead from one page of the desk to the next.
func (r room) tabs() []ui.Tab {
	var tabs []ui.Tab
	for _, one := range []struct{ key, path string }{{"title", ""}, {"awaited", "/awaited"}, {"differences", "/differences"}, {"modes", "/modes"}} {
		href := r.href(one.path)
		tabs = append(tabs, ui.Tab{Label: r.t(one.key), Href: href, Current: r.view().At(href)})
	}
	return tabs
}

// header heads the pages that the tabs lead to.
func (r room) header() ui.Header {
	h := ui.Header{Title: r.t("title"), Lead: r.t("lead"), Crumbs: r.crumbs()}
	if r.visit.Can("orders.settle") {
		h.Actions = append(h.Actions, ui.Action{Label: r.t("read"), Href: r.href("/read"), Icon: ui.IconFileImport, Look: ui.Primary})
	}
	if r.visit.Can("reports.export") {
		h.Actions = append(h.Actions, ui.Action{Label: r.t("file"), Href: r.href("/file"), Icon: ui.IconDownload, Download: true})
	}
	return h
}

var _ desk.Desk = (*Desk)(nil)
