package web

import (
	"log/slog"
	"net/netip"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/clock"
)

// Options is what one stack is made of. Log is required; everything else has a
// useful or a refusing zero value.
type Options struct {
	Log   *slog.Logger
	Clock clock.Clock // the system's when nil

	// Surface fixes the surface; Undecided leaves it to the router.
	Surface Surface
	// Sources are origins that every page of this stack may use.
	Sources Sources
	// Proxies are the peers whose forwarded headers are believed. Only the
	// outermost stack reads it.
	Proxies []netip.Prefix
	// MaxBody caps request bodies in place of the surface's own cap.
	MaxBody int64

	// Health answers /healthz and /readyz on any host.
	Health *Health
	// Router finds the place of the request, calls Enter, and usually answers
	// by handing over to the echo of a surface.
	Router echo.MiddlewareFunc
	// Sessions opens sessions; nil means that SessionOf panics.
	Sessions *Sessions
	// CrossSite lists patterns of net/http's ServeMux ("POST /pay/return/{key}")
	// that other sites may post to: returns from a bank's page.
	CrossSite []string
	// TrustedOrigins may post to this stack although they are other origins.
	TrustedOrigins []string
	// Actor finds out who is asking and puts it on the request.
	Actor echo.MiddlewareFunc
	// Guard answers for the permissions of Routes; nil refuses them all.
	Guard Guard

	// SignIn is the path of the sign-in page, to which a reader without
	// session is sent from a page; "" answers 401.
	SignIn string
	// ErrorPage renders the page of a problem in the style and language of the
	// surface; nil, or one that fails, gives a line of plain text.
	ErrorPage func(c echo.Context, p Problem) error
}

// Guard decides whether the actor of c may use a permission. It returns nil, a
// fault of kind SignIn when nobody is signed in, or one of kind Denied.
type Guard func(c echo.Context, permission string) error

// New builds a stack with its middleware in the house's order and no routes.
// It panics on malformed options, which are fixed when the program is written
// or refused by its configuration.
func New(o Options) *echo.Echo {
	o = o.complete()
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = answerErrors(o)
	e.IPExtractor = clientIP
	e.SchemeExtractor = clientScheme
	e.OnAddRouteHandler = answerHead(e)
	e.Pre(arrive(o))
	for _, run := range stack(o) {
		if run != nil {
			e.Use(run)
		}
	}
	return e
}

// complete checks the options and fills in what they leave out.
func (o Options) complete() Options {
	if o.Log == nil {
		panic("web: Options.Log is required")
	}
	if o.Clock == nil {
		o.Clock = clock.System()
	}
	if err := o.Sources.Check(); err != nil {
		panic("web: " + err.Error())
	}
	return o
}

// stack is the order of the house. A step that is nil is left out.
func stack(o Options) []echo.MiddlewareFunc {
	return []echo.MiddlewareFunc{
		recoverPanics,
		nameRequest,
		writeLog(o),
		securityHeaders(o),
		refuse,
		o.Health.answer(),
		compress,
		o.Router,
		capBody(o),
		o.Sessions.open(o.Clock),
		refuseForgery(o),
		o.Actor,
		setGuard(o.Guard), // asked by the route's permission, the last step
	}
}
