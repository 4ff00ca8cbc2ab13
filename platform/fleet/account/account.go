package account

import (
	"strings"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
)

// ID names an account.
type ID = id.Of[Account]

// Account is a person.
type Account struct {
	ID          ID
	Email       string
	Name        string
	Locale      i18n.Locale
	Operator    authz.Role // in the console; "" for merchants
	HasPassword bool
	Verified    bool // the address is known to reach the person
	Blocked     bool
	CreatedAt   time.Time
}

// Actor is the account as the journal names it.
func (a Account) Actor() audit.Actor { return audit.Actor{ID: a.ID.String(), Name: a.Title()} }

// Title is what to call the person.
func (a Account) Title() string {
	if a.Name != "" {
		return a.Name
	}
	return a.Email
}

// Refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "account.unknown")
	ErrKnown   = fault.New(fault.Conflict, "account.known")
	// ErrSignIn is the one answer to a sign-in that failed, whatever the reason.
	ErrSignIn    = fault.New(fault.SignIn, "account.sign_in")
	ErrTooOften  = fault.New(fault.Quota, "account.too_often")
	ErrLink      = fault.New(fault.Denied, "account.link")
	ErrLastOwner = fault.New(fault.Conflict, "account.last_owner")
	ErrRole      = fault.New(fault.Malformed, "form.choice")
)

// CleanEmail checks an address as typed. Capitals are kept for writing to it and do not count for
// finding it. Errors: a refused field "email".
func CleanEmail(text string) (string, error) {
	email := strings.TrimSpace(text)
	var c form.Checker
	c.Required("email", email)
	c.Email("email", email)
	return email, c.Err()
}
