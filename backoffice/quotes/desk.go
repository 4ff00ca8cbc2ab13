package quotes

import (
	"embed"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/settings"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Desk looks after the quotes of one shop at a time.
type Desk struct {
	desk *checkout.Desk
	post *notify.Post
}

// New makes the desk.
func New(d *checkout.Desk, p *notify.Post) *Desk { return &Desk{d, p} }

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	view, edit := web.Can("quotes.view"), web.Can("quotes.edit")
	r.GET("/quotes", d.list, view)
	r.GET("/quotes/new", d.new, edit)
	r.POST("/quotes/new", d.begin, edit)
	r.GET("/quotes/:quote", d.show, view)
	r.POST("/quotes/:quote", d.save, edit)
	r.GET("/quotes/:quote/pdf", d.pdf, view)
	r.GET("/quotes/:quote/decline", d.askDecline, edit)
	r.POST("/quotes/:quote/decline", d.decline, edit)
	r.POST("/quotes/:quote/copy", d.copy, edit)
	r.POST("/quotes/:quote/renew", d.renew, edit)
	r.POST("/quotes/:quote/mails/:mail", d.resend, web.Can("mails.resend"))
}

// room is what every page of the desk has.
type room struct {
	visit    *desk.Visit
	Settings *settings.Settings
}

func (r room) view() ui.View { return r.visit.View }

func (r room) t(key string, args ...ui.Args) string { return r.visit.T("quotes."+key, args...) }

func (r room) can() bool { return r.visit.Can("quotes.edit") }

func (r room) href(path string) string { return r.visit.Href("quotes" + path) }

// here begins a page: it reads the settings, and shows instants where the shop is.
func here(tx tenant.Tx, v *desk.Visit) (room, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return room{}, err
	}
	v.View.Zone = s.Rules().Zone
	return room{v, s}, nil
}

// sheet begins a form with these answers.
func (r room) sheet(a ui.Answers) sheet.Sheet { return sheet.New(r.visit, "quotes", a) }

// frame is the page around a part of the desk.
func (r room) frame(title string, way ...ui.Crumb) officeui.Frame {
	crumbs := append([]ui.Crumb{{Label: r.t("title"), Href: r.href("")}}, way...)
	return officeui.Frame{Header: ui.Header{Title: title, Crumbs: append(crumbs, ui.Crumb{Label: title})}}
}

// which is the quote of the address.
func which(c echo.Context) (quote.ID, error) { return id.Parse[quote.Quote](c.Param("quote")) }

var _ desk.Desk = (*Desk)(nil)
