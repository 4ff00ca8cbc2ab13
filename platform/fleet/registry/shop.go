package registry

import (
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
)

// ID names a shop.
type ID = id.Of[Shop]

// Shop is one row of the registry. Values handed out are shared between goroutines: never alter
// one.
type Shop struct {
	ID      ID
	Schema  pg.Schema // where its data is
	Version int       // of its schema
	Slug    string    // its name in addresses
	Name    string    // what it calls itself; the slug until somebody says
	Plan    plan.Code
	State   State
	Mode    Mode
	// ModeSince is when the shop left production; zero in production.
	ModeSince   time.Time
	Maintenance Maintenance
	Canonical   Canonical
	// Domain is its main domain, proved to be its own; "" when it has none.
	Domain    string
	Rev       int
	CreatedAt time.Time // of the schema
	OpenedAt  time.Time // of the sign-up
	// Terminal: an operator allows the merchant to take cards for his own payment terminal (PAY-03).
	Terminal bool
	// Problem says why the last migration of its schema failed; "" when it did not.
	Problem string
}

// Title is what to call the shop in a list.
func (s *Shop) Title() string {
	if s.Name != "" {
		return s.Name
	}
	return s.Slug
}

// Canonical says which of a shop's addresses search engines and links use.
type Canonical string

// The address forms. The words are stored.
const (
	ByPath      Canonical = "path"      // platform.tld/slug.shop/
	BySubdomain Canonical = "subdomain" // slug.platform.tld
	ByDomain    Canonical = "domain"    // its own domain, while it has one
)

// ParseCanonical reads a stored or submitted word.
func ParseCanonical(text string) (Canonical, error) {
	switch c := Canonical(text); c {
	case ByPath, BySubdomain, ByDomain:
		return c, nil
	}
	return "", fault.Invalid(fault.Field{Name: "canonical", Key: "form.choice"})
}

// Refusals.
var (
	ErrUnknown   = fault.New(fault.NotFound, "registry.unknown")
	ErrChanged   = fault.New(fault.Conflict, "registry.changed") // somebody else saved first
	ErrSlugTaken = fault.New(fault.Conflict, "registry.slug_taken")
	ErrNoDomain  = fault.New(fault.Conflict, "registry.no_domain") // canonical "domain" without one
)
