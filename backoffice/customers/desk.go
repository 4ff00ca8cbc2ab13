package customers

import (
	"embed"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/customer"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Desk looks after the customers of one shop at a time.
type Desk struct{ accounts *customer.Accounts }

// New makes the desk.
func New(a *customer.Accounts) *Desk { return &Desk{a} }

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/customers", d.list, web.Can("customers.view"))
	r.GET("/customers/invite", d.askInvite, web.Can("customers.edit"))
	r.POST("/customers/invite", d.invite, web.Can("customers.edit"))
	r.GET("/customers/:customer", d.show, web.Can("customers.view"))
	r.POST("/customers/:customer/note", d.note, web.Can("customers.edit"))
	r.POST("/customers/:customer/profile", d.assign, web.Can("customers.edit"))
	r.POST("/customers/:customer/invite", d.inviteAgain, web.Can("customers.edit"))
	r.GET("/customers/:customer/block", d.askBlock, web.Can("customers.edit"))
	r.POST("/customers/:customer/block", d.block, web.Can("customers.edit"))
	r.POST("/customers/:customer/unblock", d.unblock, web.Can("customers.edit"))
}

var _ desk.Desk = (*Desk)(nil)
