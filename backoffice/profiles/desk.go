package profiles

import (
	"embed"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/profile"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Desk looks after the customer profiles of one shop at a time.
type Desk struct {
	modes    *payment.Modes
	accounts *customer.Accounts
}

// New makes the desk.
func New(m *payment.Modes, a *customer.Accounts) *Desk { return &Desk{m, a} }

var (
	canView = web.Can("settings.view")
	canEdit = web.Can("settings.edit")
)

// made are the kinds a merchant can add; the anonymous profile is always there.
var made = []profile.Kind{profile.KindPublic, profile.KindPrivate}

// newPath is where one is added. No code has an underscore, so no profile hides behind it.
func newPath(k profile.Kind) string { return "profiles/new_" + string(k) }

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/profiles", d.list, canView)
	r.POST("/profiles", d.choose, canEdit)
	for _, kind := range made {
		r.GET("/"+newPath(kind), d.new(kind), canEdit)
		r.POST("/"+newPath(kind), d.add(kind), canEdit)
	}
	r.GET("/profiles/:code", d.edit, canView)
	r.POST("/profiles/:code", d.save, canEdit)
	r.POST("/profiles/:code/switch", d.turn, canEdit)
	r.POST("/profiles/:code/move", d.move, canEdit)
	r.GET("/profiles/:code/remove", d.askRemove, canEdit)
	r.POST("/profiles/:code/remove", d.remove, canEdit)
}

var _ desk.Desk = (*Desk)(nil)
