package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
)

// ErrCrossSite refuses a change that another site asked the browser to make, or
// of which nobody says who asked for it.
var ErrCrossSite = fault.New(fault.Denied, "error.cross_site")

// refuseForgery relies on what the browser says about where a request comes
// from: Sec-Fetch-Site, else Origin, else Referer. Notices of machines are
// exempt. The reasons stand in doc.go.
func refuseForgery(o Options) echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	for _, origin := range o.TrustedOrigins {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			panic("web: " + err.Error())
		}
	}
	open := http.NewServeMux()
	for _, pattern := range o.CrossSite {
		protection.AddInsecureBypassPattern(pattern)
		open.Handle(pattern, http.NotFoundHandler())
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if exchangeOf(c).place.Surface == Notice {
				return next(c)
			}
			r := c.Request()
			if err := protection.Check(r); err != nil {
				return ErrCrossSite.Because(err)
			}
			if _, pattern := open.Handler(r); pattern == "" && silent(r) && !ownReferer(r, o.TrustedOrigins) {
				return ErrCrossSite
			}
			return next(c)
		}
	}
}

// silent tells whether a change comes without the two headers that a browser
// cannot be made to leave out.
func silent(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return false
	}
	return r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == ""
}

// ownReferer judges a silent change. Without a Referer it may pass if it brings
// no cookie: then it is a program's, and there is nothing to misuse.
func ownReferer(r *http.Request, trusted []string) bool {
	referer := r.Header.Get("Referer")
	if referer == "" {
		return len(r.Header["Cookie"]) == 0
	}
	from, err := url.Parse(referer)
	if err != nil || from.Host == "" {
		return false
	}
	return from.Host == r.Host || slices.Contains(trusted, from.Scheme+"://"+from.Host)
}
