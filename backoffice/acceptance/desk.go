package acceptance

import (
	"embed"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/payment"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Desk shows how payments go.
type Desk struct{ modes *payment.Modes }

// New makes the desk.
func New(modes *payment.Modes) *Desk { return &Desk{modes} }

const base = "orders/payments"

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/"+base, d.report, web.Can("reports.view"))
	r.GET("/"+base+"/file", d.file, web.Can("reports.export"))
}

var _ desk.Desk = (*Desk)(nil)
