package router

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/clock"
)

// Shops finds shops; registry.Registry is one. Errors: registry.ErrUnknown.
type Shops interface {
	BySlug(ctx context.Context, slug string) (*registry.Shop, error)
	ByHost(ctx context.Context, host string) (*registry.Shop, error)
}

// Visitors knows who is inside a shop; the storefront's sessions do.
type Visitors interface {
	// EnteredAt returns when the visitor's session began; ok is false for a visitor without one
	// and for one idle for longer than Idle. It is asked only while a shop drains.
	EnteredAt(c echo.Context, shop *registry.Shop) (at time.Time, ok bool, err error)
}

// Surface is a handler with the policy of its answers.
type Surface struct {
	Policy  web.Surface
	Handler http.Handler
}

// Surfaces are what the router leads to.
type Surfaces struct {
	Platform http.Handler
	Shop     http.Handler
	// Desks are the sub-domains that are not shops, by label: sites.OfficeLabel,
	// sites.ConsoleLabel, and in the demo the mailbox and the bank.
	Desks map[string]Surface
}

// Config is what a router needs. Visitors and Previews may be nil.
type Config struct {
	Sites    sites.Sites
	Shops    Shops
	Surfaces Surfaces
	Visitors Visitors
	Previews *Previews
	Clock    clock.Clock
	// OldestVersion is the oldest version of a shop's schema this program understands.
	OldestVersion int
	// Notices and Downloads are the paths inside a shop below which banks call and files are
	// fetched: "/pay/notify/", "/download/".
	Notices, Downloads []string
}

// Visit is what the router found out, left on the request for the surface (web.Get[router.Visit]).
type Visit struct {
	Shop *registry.Shop
	// Canonical is the shop's canonical address, without a trailing slash.
	Canonical string
	// Form is how this request addressed the shop.
	Form registry.Canonical
	// Preview tells that the visitor holds a preview link of the shop.
	Preview bool
}

// Router leads requests to surfaces. Safe for concurrent use.
type Router struct {
	conf  Config
	atlas Atlas
	pages *pages
}

// New makes a router. It panics on addresses that make no sense: they come from a checked
// configuration.
func New(conf Config) *Router {
	if err := conf.Sites.Check(); err != nil {
		panic(err)
	}
	desks := map[string]bool{}
	for label := range conf.Surfaces.Desks {
		desks[label] = true
	}
	return &Router{conf: conf, atlas: Atlas{conf.Sites, desks}, pages: newPages(conf.Sites)}
}

// Middleware is the router as the step of web.Options.Router. It answers every request itself.
func (r *Router) Middleware() echo.MiddlewareFunc {
	return func(echo.HandlerFunc) echo.HandlerFunc { return r.route }
}

func (r *Router) route(c echo.Context) error {
	req := c.Request()
	place := r.atlas.Locate(req.Host, req.URL.EscapedPath())
	shop, err := r.find(req.Context(), place)
	if err != nil {
		return err
	}
	part := r.part(place)
	route := Resolve(r.conf.Sites, place, shop, Request{Method: req.Method, Query: req.URL.RawQuery, Part: part})
	switch route.Step {
	case Unknown:
		return r.pages.unknown(c, place)
	case Redirect:
		c.Response().Header().Set("Cache-Control", "private, max-age=60")
		return c.Redirect(http.StatusPermanentRedirect, route.To)
	case Serve:
	}
	switch place.Kind {
	case Desk:
		desk := r.conf.Surfaces.Desks[place.Name]
		return hand(c, web.Place{Surface: desk.Policy}, place.Path, desk.Handler)
	case Slug, Domain:
		return r.shop(c, place, Visit{Shop: shop, Canonical: route.Canonical, Form: place.Form}, part)
	default:
		return hand(c, web.Place{Surface: web.Platform}, place.Path, r.conf.Surfaces.Platform)
	}
}

// find looks the shop up. Not finding one is no error: it is the answer.
func (r *Router) find(ctx context.Context, p Place) (shop *registry.Shop, err error) {
	switch p.Kind {
	case Slug:
		shop, err = r.conf.Shops.BySlug(ctx, p.Name)
	case Domain:
		shop, err = r.conf.Shops.ByHost(ctx, p.Name)
	default:
		return nil, nil
	}
	if errors.Is(err, registry.ErrUnknown) {
		return nil, nil
	}
	return shop, err
}

func (r *Router) part(p Place) Part {
	under := func(prefixes []string) bool {
		for _, prefix := range prefixes {
			if strings.HasPrefix(p.Path, prefix) {
				return true
			}
		}
		return false
	}
	switch {
	case p.Kind != Slug && p.Kind != Domain:
		return Page
	case under(r.conf.Notices):
		return Notice
	case under(r.conf.Downloads):
		return Download
	}
	return Page
}

// shop leads into a shop, if the gate lets the visitor.
func (r *Router) shop(c echo.Context, p Place, visit Visit, part Part) error {
	shop := visit.Shop
	entrance := web.Place{Surface: web.ShopOrigin, Base: p.Base}
	switch {
	case part == Notice:
		entrance.Surface = web.Notice
	case p.Form == registry.ByPath:
		entrance.Surface = web.ShopPath
	}
	web.Enter(c, entrance)
	web.Annotate(c, slog.String("shop", shop.Slug))
	if to, ok := r.conf.Previews.accept(c, p, shop); ok {
		return c.Redirect(http.StatusSeeOther, to)
	}
	facts, err := r.facts(c, shop, part)
	if err != nil {
		return err
	}
	if verdict := Judge(facts); verdict != Pass {
		return r.pages.closed(c, shop, verdict, r.conf.Clock.Now())
	}
	visit.Preview = facts.Preview
	web.Put(c, visit)
	return hand(c, entrance, p.Path, r.conf.Surfaces.Shop)
}

// facts gathers no more than the gate will look at: in production nothing is asked.
func (r *Router) facts(c echo.Context, shop *registry.Shop, part Part) (Facts, error) {
	f := Facts{
		State: shop.State, Mode: shop.Mode, Part: part,
		Outdated:  shop.Version < r.conf.OldestVersion,
		Downloads: shop.Maintenance.Downloads,
	}
	if shop.Mode != registry.Draining || part == Notice {
		return f, nil
	}
	f.Listed = shop.Maintenance.Lets(web.RequestOf(c).IP)
	f.Preview = r.conf.Previews.holds(c, shop)
	if f.Listed || f.Preview || r.conf.Visitors == nil {
		return f, nil
	}
	at, ok, err := r.conf.Visitors.EnteredAt(c, shop)
	f.Inside = ok && at.Before(shop.ModeSince)
	return f, err
}

// hand gives the request to a surface, with its path as the surface knows it.
func hand(c echo.Context, p web.Place, path string, h http.Handler) error {
	web.Enter(c, p)
	req := *c.Request()
	u := *req.URL
	u.Path, u.RawPath = path, ""
	if strings.Contains(path, "%") {
		plain, err := url.PathUnescape(path)
		if err != nil {
			return web.ErrAddress.Because(err)
		}
		u.Path, u.RawPath = plain, path
		if (&url.URL{Path: plain}).EscapedPath() == path {
			u.RawPath = ""
		}
	}
	req.URL = &u
	h.ServeHTTP(c.Response(), &req)
	return nil
}
