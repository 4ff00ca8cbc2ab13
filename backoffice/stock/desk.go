package stockroom

import (
	"embed"
	"net/url"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Desk looks after the stock of one shop at a time.
type Desk struct{}

// New makes the desk.
func New() *Desk { return &Desk{} }

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	view, edit := web.Can("stock.view"), web.Can("stock.edit")
	r.GET("/stock", d.list, view)
	r.GET("/stock/variants/:variant", d.variant, view)
	r.POST("/stock/variants/:variant/correct", d.correct, edit)
	r.POST("/stock/variants/:variant/source", d.source, edit)
	r.GET("/stock/articles/:product", d.article, view)
	r.POST("/stock/articles/:product", d.saveAdvance, edit)

	r.GET("/stock/suppliers", d.suppliers, view)
	r.GET("/stock/suppliers/new", d.newSupplier, edit)
	r.POST("/stock/suppliers/new", d.saveSupplier, edit)
	r.GET("/stock/suppliers/:supplier", d.supplier, view)
	r.POST("/stock/suppliers/:supplier", d.saveSupplier, edit)

	r.GET("/stock/orders", d.orders, view)
	r.POST("/stock/orders/make", d.makeOrders, edit)
	r.POST("/stock/orders/new", d.newOrder, edit)
	r.GET("/stock/orders/:order", d.order, view)
	r.POST("/stock/orders/:order", d.saveOrder, edit)
	r.POST("/stock/orders/:order/send", d.sendOrder, edit)
	r.GET("/stock/orders/:order/cancel", d.askCancel, edit)
	r.POST("/stock/orders/:order/cancel", d.cancelOrder, edit)
	r.GET("/stock/orders/:order/end", d.askEnd, edit)
	r.POST("/stock/orders/:order/end", d.endOrder, edit)
	r.GET("/stock/orders/:order/receive", d.receive, edit)
	r.POST("/stock/orders/:order/receive", d.post, edit)
	r.GET("/stock/orders/:order/print", d.print, view)
}

// room is what every page of the desk has.
type room struct {
	visit    *desk.Visit
	Settings *settings.Settings
}

func (r room) view() ui.View { return r.visit.View }

func (r room) t(key string, args ...ui.Args) string { return r.visit.T("stockroom."+key, args...) }

func (r room) can() bool { return r.visit.Can("stock.edit") }

func (r room) href(path string) string { return r.visit.Href("stock" + path) }

// currency is that of prices.
func (r room) currency() string { return r.Settings.Currencies.Management }

// here begins a page: it reads the settings, and shows instants where the shop is.
func here(tx tenant.Tx, v *desk.Visit) (room, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return room{}, err
	}
	v.View.Zone = s.Rules().Zone
	return room{v, s}, nil
}

// sheet is a form of the desk with these answers.
func (r room) sheet(a ui.Answers) sheet.Sheet { return sheet.New(r.visit, "stockroom", a) }

// sent is a form that a page has beside others, and where it goes.
func (r room) sent(s sheet.Sheet, path string) ui.Form {
	f := s.Action(r.href(path), nil)
	f.Guard = true
	return f
}

// frame is the page around a part of the desk; below are further steps of the way to it.
func (r room) frame(title string, way ...ui.Crumb) officeui.Frame {
	crumbs := append([]ui.Crumb{{Label: r.t("title"), Href: r.href("")}}, way...)
	return officeui.Frame{Header: ui.Header{Title: title, Crumbs: append(crumbs, ui.Crumb{Label: title})}}
}

// tabs are the parts of the desk.
func (r room) tabs(current string) []ui.Tab {
	list := make([]ui.Tab, 0, 3)
	for _, part := range []struct{ name, path string }{{"list", ""}, {"orders", "/orders"}, {"suppliers", "/suppliers"}} {
		list = append(list, ui.Tab{Label: r.t("tab." + part.name), Href: r.href(part.path), Current: part.name == current})
	}
	return list
}

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

var _ desk.Desk = (*Desk)(nil)
