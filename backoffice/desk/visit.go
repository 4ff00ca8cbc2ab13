package desk

import (
	"github.com/labstack/echo/v4"

	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/tenant"
)

// Visit is one request of a member of staff to one shop's office. View shows instants in the time
// zone of the shop, wherever the reader sits: an order of Monday is one of the shop's Monday.
type Visit struct {
	Row     *registry.Shop // the shop as the fleet knows it
	Shop    *tenant.Shop   // and as its own rooms do
	Account account.Account
	Role    authz.Role
	View    ui.View
	Office  officeui.Office
}

// Here is the visit of a request inside a shop's office. It panics elsewhere: then the route was
// registered outside of it.
func Here(c echo.Context) *Visit { return web.Get[*Visit](c) }

// Actor is who acts, for journals and timelines.
func (v *Visit) Actor() tenant.Actor {
	return tenant.Actor{Kind: tenant.Staff, ID: v.Account.ID.String(), Name: v.Account.Title()}
}

// Can tells whether the visitor may use a permission, to leave out what he may not.
func (v *Visit) Can(permission string) bool { return v.Office.Can(permission) }

// Href is the address of a path of this office: v.Href("orders").
func (v *Visit) Href(path string) string { return v.Office.Href(path) }

// T is the words for key in the visitor's language.
func (v *Visit) T(key string, args ...ui.Args) string { return v.View.T(key, args...) }

// Desk is a part of the office.
type Desk interface {
	// Routes writes the desk's lines into the table of contents. r is inside a shop's office.
	Routes(r *web.Routes)
}

// Counter gives the small figures beside navigation entries; it is asked on every page, so it
// must be cheap.
type Counter func(tx tenant.Tx) (map[officeui.Section]int, error)
