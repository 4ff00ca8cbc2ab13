package discounts

import (
	"embed"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/discount"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Trier answers with what a cart would cost with a discount that is stored nowhere; simulator.Desk does.
type Trier interface {
	TryRule(c echo.Context, r discount.Rule) error
}

// Desk is the discounts of one shop at a time.
type Desk struct{ trier Trier }

// New makes the desk.
func New(t Trier) *Desk { return &Desk{t} }

var (
	canView = web.Can("promotions.view")
	canEdit = web.Can("promotions.edit")
)

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/discounts", d.list, canView)
	r.GET("/discounts/order", d.order, canView)
	r.POST("/discounts/order", d.saveOrder, canEdit)
	r.GET("/discounts/new", d.choose, canEdit)
	r.GET("/discounts/new/:method", d.fresh, canEdit)
	r.POST("/discounts/new/:method", d.add, canEdit)
	r.POST("/discounts/new/:method/try", d.tryNew, canEdit)
	r.GET("/discounts/:id", d.edit, canView)
	r.POST("/discounts/:id/try", d.tryTyped, canEdit)
	r.POST("/discounts/:id", d.save, canEdit)
	r.POST("/discounts/:id/switch", d.turn, canEdit)
	r.GET("/discounts/:id/codes", d.codes, canView)
	r.POST("/discounts/:id/codes", d.issue, canEdit)
	r.GET("/discounts/:id/codes.csv", d.export, canEdit)
	r.GET("/discounts/:id/archive", d.askArchive, canEdit)
	r.POST("/discounts/:id/archive", d.archive, canEdit)
	r.GET("/discounts/:id/remove", d.askRemove, canEdit)
	r.POST("/discounts/:id/remove", d.remove, canEdit)
}

var _ desk.Desk = (*Desk)(nil)
