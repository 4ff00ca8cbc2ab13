package simulator

import (
	"context"
	"embed"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Pricer prices typed carts, and knows the payment modes they can be paid with; checkout.Desk does.
type Pricer interface {
	Ways(tx tenant.Tx) ([]payment.Mode, error)
	Simulate(ctx context.Context, shop *tenant.Shop, t checkout.Try) (*checkout.Trial, error)
}

// Desk is the simulator of one shop at a time.
type Desk struct{ pricer Pricer }

// New makes the desk.
func New(p Pricer) *Desk { return &Desk{p} }

// Routes writes the desk's lines into the table of contents. What is posted is a trial of a discount that is not
// stored: it does not fit into an address.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("/simulator", d.try, web.Can("promotions.view"))
	r.POST("/simulator", d.tryDraft, web.Can("promotions.view"))
}

var _ desk.Desk = (*Desk)(nil)
