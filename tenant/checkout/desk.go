package checkout

import (
	"echoppe.dev/platform/fleet/signals"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/quote"
	"echoppe.dev/tenant/shield"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/vat"
)

// Config is what a Desk is made of.
type Config struct {
	Modes       *payment.Modes
	Calculators shipping.Calculators
	Accounts    *customer.Accounts
	Links       *order.Links
	Quotes      *quote.Links
	Post        *notify.Post
	Addresses   Addresses
	Reactions   Reactions
	// VAT looks VAT numbers up; nil looks none up, and all are unknown.
	VAT *vat.Checker
	// Shield counts attempts to pay at a bank (SEC-04); nil counts none.
	Shield *shield.Shield
	// Signals are the warnings of the fleet (FRD-03); nil gives and asks for none.
	Signals *signals.Signals
	// Scorers are the outside screeners a shop has chosen, see package fraud; nil asks none.
	Scorers func(*tenant.Shop, fraud.Rules) []fraud.Outside
}

// Addresses are the addresses the Desk gives to banks and puts into letters; the face knows them.
type Addresses interface {
	// Order is the buyer's page of an order.
	Order(shop *tenant.Shop, link string) string
	// Pay is the page on which its buyer pays it at a bank.
	Pay(shop *tenant.Shop, link string) string
	// Back is where the browser comes back from the bank's page.
	Back(shop *tenant.Shop, link string, p payment.ID) string
	// GivenUp is where it comes back when the buyer gave up.
	GivenUp(shop *tenant.Shop, link string, p payment.ID) string
	// Notice is where the notices of a mode go: always on the platform's own host.
	Notice(shop *tenant.Shop, mode payment.ModeID) string
	// Office is the staff's page of an order.
	Office(shop *tenant.Shop, o order.ID) string
	// Quote is the buyer's page of a quote, OfficeQuote the staff's.
	Quote(shop *tenant.Shop, link string) string
	OfficeQuote(shop *tenant.Shop, q quote.ID) string
}

// Reaction is something else that happens, in the same unit of work, when an order moves.
type Reaction func(tx tenant.Tx, o *order.Order, who tenant.Actor) error

// Reactions are what else happens, in the order written; wire fills them. What checkout itself owes
// an order (stock, letters) is not among them.
type Reactions struct {
	Placed   []Reaction
	Paid     []Reaction
	Canceled []Reaction
}

// Desk is where carts become orders and orders are seen through. Safe for concurrent use.
type Desk struct{ Config }

// New makes a desk.
func New(c Config) *Desk { return &Desk{c} }
