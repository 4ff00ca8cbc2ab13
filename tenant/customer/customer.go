package customer

import (
	"strings"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

// ID names a customer.
type ID = id.Of[Customer]

// AddressID names an entry of an address book.
type AddressID = id.Of[Entry]

// Anonymous is the profile of whoever was given no other (PROF-08).
const Anonymous = "anonymous"

// Customer is a person with an account in one shop.
type Customer struct {
	ID           ID
	Email        string
	Name         string
	Phone        string
	Locale       i18n.Locale
	Profile      string
	AcceptsNews  bool
	Note         string // the merchant's own, never shown to the customer
	HasPassword  bool
	CreatedAt    time.Time
	UpdatedAt    time.Time
	LastSignInAt *time.Time
	BlockedAt    *time.Time
}

// Actor is the customer as timelines name him.
func (c *Customer) Actor() tenant.Actor {
	return tenant.Actor{Kind: tenant.Customer, ID: c.ID.String(), Name: c.Name}
}

// Blocked tells whether the merchant has shut the account.
func (c *Customer) Blocked() bool { return c.BlockedAt != nil }

// Entry is an address of a customer's book.
type Entry struct {
	ID       AddressID
	Address  address.Address
	Billing  bool // proposed first for the bill
	Delivery bool // proposed first for the parcel
}

// Refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "customer.unknown")
	// ErrKnown refuses a second account for one mail address.
	ErrKnown = fault.New(fault.Conflict, "customer.known")
	// ErrSignIn is the one answer to a sign-in that failed, whatever the reason.
	ErrSignIn = fault.New(fault.SignIn, "customer.sign_in")
	// ErrBlocked is only told to somebody who knew the password.
	ErrBlocked  = fault.New(fault.Denied, "customer.blocked")
	ErrTooOften = fault.New(fault.Quota, "customer.too_often")
	// ErrLink refuses a link that was used, is too old, or never was one.
	ErrLink = fault.New(fault.Denied, "customer.link")
	// ErrPassword refuses a change whose present password is wrong.
	ErrPassword = fault.New(fault.Denied, "customer.password")
	ErrAddress  = fault.New(fault.NotFound, "customer.address_unknown")
	ErrFull     = fault.New(fault.Conflict, "customer.book_full")
)

// Limits of what can be typed or kept.
const (
	maxName      = 100
	maxPhone     = 30
	maxNote      = 4000
	maxAddresses = 50
)

// cleanEmail is an address as it is kept: capitals stay for writing to it and do not count for
// finding it.
func cleanEmail(c *form.Checker, field, text string) string {
	email := strings.TrimSpace(text)
	c.Required(field, email)
	c.Email(field, email)
	return email
}
