package router

import (
	"net/http"

	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
)

// Step is what happens to a request once its place is known.
type Step string

// The steps.
const (
	Serve    Step = "serve"
	Redirect Step = "redirect" // 308 to Route.To
	Unknown  Step = "unknown"  // nobody lives here
)

// Route is the answer of Resolve.
type Route struct {
	Step Step
	To   string // the whole address of a Redirect
	// Canonical is the address of the place, as it should be written, without a trailing slash.
	Canonical string
}

// Request is what Resolve needs to know of a request beside its place.
type Request struct {
	Method string
	Query  string // as sent, without the question mark
	Part   Part
}

// Resolve decides between serving and redirecting. shop is who was found at p, nil for nobody, and
// is not looked at for places that are not shops.
func Resolve(s sites.Sites, p Place, shop *registry.Shop, r Request) Route {
	var canonical string
	switch p.Kind {
	case Nowhere:
		return Route{Step: Unknown}
	case Home:
		canonical = s.Platform()
	case Desk:
		canonical = s.Desk(p.Name)
	case Slug, Domain:
		if shop == nil {
			return Route{Step: Unknown}
		}
		canonical = s.Shop(shop)
		p.Untidy = p.Untidy || !p.names(shop)
	}
	if !p.Untidy || r.Part == Notice || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return Route{Step: Serve, Canonical: canonical}
	}
	to := canonical + p.Path
	if r.Query != "" {
		to += "?" + r.Query
	}
	return Route{Step: Redirect, To: to, Canonical: canonical}
}

// names tells whether p is the canonical address of shop.
func (p Place) names(shop *registry.Shop) bool {
	switch {
	case shop.Canonical == registry.ByDomain && shop.Domain != "":
		return p.Form == registry.ByDomain && p.Name == shop.Domain
	case shop.Canonical == registry.BySubdomain:
		return p.Form == registry.BySubdomain && p.Name == shop.Slug
	default:
		return p.Form == registry.ByPath && p.Name == shop.Slug
	}
}
