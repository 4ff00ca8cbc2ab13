package checkout

import (
	"net/netip"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/quote"
)

// Visitor is who buys, as the face knows him.
type Visitor struct {
	Customer customer.ID // zero for a guest
	Name     string      // of the customer, for timelines
	Locale   i18n.Locale
	// Profile is as which customer he buys. The face has made sure that he may.
	Profile profile.Code
	Display string // currency he sees amounts in, "" for that of his cart
	// Client is the address his request came from; not valid when nobody knows.
	Client netip.Addr
}

// look gives a cart the eyes of the visitor: as which customer and in which currency he sees it.
func (v Visitor) look(c *cart.Cart) {
	c.Profile = v.Profile
	if v.Display != "" {
		c.Display = v.Display
	}
}

// as is the visitor as discounts know him, by the address he gave when he is no customer.
func (v Visitor) as(email string) promotion.Who {
	return promotion.Who{Customer: v.Customer, Email: strings.TrimSpace(email)}
}

// Actor is the visitor as timelines name him.
func (v Visitor) Actor() tenant.Actor {
	if v.Customer.IsZero() {
		return tenant.Actor{Kind: tenant.Guest}
	}
	return tenant.Actor{Kind: tenant.Customer, ID: v.Customer.String(), Name: v.Name}
}

// Draft is the checkout as the buyer has filled it in so far.
type Draft struct {
	Email    string
	Phone    string
	Delivery address.Address
	Same     bool            // the bill goes where the parcel goes
	Billing  address.Address // unless Same
	Shipping string          // id of a shipping mode
	Insured  bool
	Payment  string // id of a payment mode
	With     With   // of that mode
	Note     string
	Parcels  order.Parcels // how a mixed order is to be sent, where the buyer has the choice
}

// Billed is the address of the bill.
func (d Draft) Billed() address.Address {
	if d.Same {
		return d.Delivery
	}
	return d.Billing
}

// IdleVAT is a VAT number that changes no tax, which the buyer is told: it is kept for his bill all the same.
type IdleVAT struct {
	Field   string
	Country string   // where the order goes
	Why     i18n.Key // of a sentence with {country}
}

// Sheet is what the checkout page shows: the cart priced with the choices of the draft, and what can
// be chosen.
type Sheet struct {
	Cart     *cart.View
	Quote    *quote.Quote // what is ordered; nil for the visitor's own cart
	Draft    Draft        // completed: the customer's own data, the only mode there is
	Customer *customer.Customer
	Saved    []customer.Entry
	Shipping []ShippingOffer // those that go there; empty when nothing has to be carried
	Payment  []PaymentOffer
	Cards    []payment.SavedCard // those of the customer that one of Payment can be paid with
	Free     bool                // nothing is due with the order: no payment mode is chosen
	// Proof is what the register said of the buyer's VAT number, nil when it was not asked; UnknownVAT is
	// the field of a number the register does not know, "" otherwise; IdleVAT is a number that changes nothing, nil for none.
	Proof      *pricing.VATProof
	UnknownVAT string
	IdleVAT    *IdleVAT
	Terms      string // id of the page the buyer must accept, "" for none
	Privacy    string
	Total      money.Amount
	Due        deposit.Due // when that is to be paid
	// Parcels is how the order is sent where the buyer has the choice, order.AsTheyCome where he has none.
	Parcels order.Parcels
	// Charge is what the chosen payment mode charges; the zero value when none is chosen.
	Charge currency.Leg
	// Lock are the rates everything here was reckoned with; the cart keeps them (CUR-04).
	Lock currency.Lock
	// Shown is the total the buyer saw, and Seen that and what it is made of: it comes back with the order,
	// which is refused when the total, or the tax in it, is another by then.
	Shown, Seen string

	fresh bool // the buyer has not chosen how to pay
}

// Foreign tells that the buyer is charged in another currency than the shop's: the rate he saw is to be kept.
func (s *Sheet) Foreign() bool {
	in := s.Charge.Amount.Currency()
	return !in.IsZero() && in != s.Total.Currency()
}

// Keep is the lock for the cart to keep; nil where no other currency is charged.
func (s *Sheet) Keep() *currency.Lock {
	if !s.Foreign() {
		return nil
	}
	return &s.Lock
}

// ShippingOffer is a shipping mode with its price for this cart and address.
type ShippingOffer struct {
	ID       string
	Name     i18n.Text
	Price    money.Amount // on the side shipping is shown
	Refused  *pricing.Reason
	Insured  bool // the buyer may insure
	Selected bool
}

// Free tells that it costs nothing.
func (o ShippingOffer) Free() bool { return o.Refused == nil && o.Price.IsZero() }

// PaymentOffer is a payment mode the buyer can choose.
type PaymentOffer struct {
	Mode     payment.Mode
	Offline  bool         // no bank's page opens
	Fee      money.Amount // what choosing it costs as the buyer sees amounts, below zero what it saves
	Selected bool
	In       money.Currency // what it would be settled in
	Saves    bool           // a customer can have his card kept
}

// NewAccount is the wish to have an account, made with the order (ORD-08).
type NewAccount struct{ Password string }

// PlaceOrder is the command to place an order.
type PlaceOrder struct {
	Cart    cart.Token
	Quote   string // link of the quote that is ordered instead of the cart, "" for none
	Version int    // of the quote, as the buyer saw it
	Key     string // a secret.Token drawn with the page: the same page sent twice places one order
	Draft   Draft
	Shown   string // Sheet.Seen; with Sheet.Shown the total alone is compared
	Terms   bool   // the buyer accepts the terms
	Account *NewAccount
}

// Placed is an order that was placed, just now or by an earlier click.
type Placed struct {
	Order    OrderRef
	Link     string // opens the order's page
	Next     payment.Action
	Customer *customer.Customer // the account made with it
	Again    bool               // it had been placed before
	// Unstarted is why the bank's page could not be opened; the order stands, and the buyer may pay
	// it again or another way.
	Unstarted error
	// Instead is the name of the mode that took over, as the buyer reads it, since the bank of the one he chose does not
	// answer (PGW-45); "" where none did.
	Instead string
}

// Refusals.
var (
	// ErrTotalChanged means that something changed since the buyer saw the total: shown, now, and why a
	// code of his is not given, "" for none.
	ErrTotalChanged = fault.New(fault.Conflict, "checkout.total_changed")
	// ErrDueChanged means the same of an order that is paid in two parts: now, total, why.
	ErrDueChanged = fault.New(fault.Conflict, "checkout.due_changed")
	// ErrTaxChanged means that the same total holds another tax than the buyer saw: now.
	ErrTaxChanged = fault.New(fault.Conflict, "checkout.tax_changed")
	ErrTerms      = fault.New(fault.Malformed, "checkout.terms")
	// ErrLines means that a line of the cart must be put right first.
	ErrLines    = fault.New(fault.Conflict, "checkout.lines")
	ErrShipping = fault.New(fault.Malformed, "checkout.shipping")
	ErrPayment  = fault.New(fault.Malformed, "checkout.payment")
	// ErrVATUnknown means that the register does not know the buyer's VAT number.
	ErrVATUnknown = fault.New(fault.Malformed, "checkout.vat_unknown") // number
	// ErrPromised refuses to record money by hand while a bank holds some for the order: nobody would collect it.
	ErrPromised = fault.New(fault.Conflict, "checkout.promised")
	// ErrNotPayable refuses a further attempt to pay an order that needs none.
	ErrNotPayable = fault.New(fault.Conflict, "checkout.not_payable")
	// ErrAmount refuses to give back nothing, or more than is left.
	ErrAmount = fault.New(fault.Malformed, "checkout.amount") // max
	// ErrCapture refuses to collect nothing, or more than the bank promised.
	ErrCapture = fault.New(fault.Malformed, "checkout.capture_amount") // max
)
