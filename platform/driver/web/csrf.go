package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
)

// ErrCrossSite refuses a change that another site asked the browser to make.
var ErrCrossSite = fault.New(fault.Denied, "error.cross_site")

// refuseForgery relies on what the browser says about where a request comes
// from (Sec-Fetch-Site, else Origin). Requests that say nothing come from
// programs, which have no cookies to be misused; SameSite=Lax covers the
// browsers that are too old to say it. Notices of machines are exempt.
func refuseForgery(o Options) echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	for _, origin := range o.TrustedOrigins {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			panic("web: " + err.Error())
		}
	}
	for _, pattern := range o.CrossSite {
		protection.AddInsecureBypassPattern(pattern)
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if exchangeOf(c).place.Surface != Notice {
				if err := protection.Check(c.Request()); err != nil {
					return ErrCrossSite.Because(err)
				}
			}
			return next(c)
		}
	}
}
