package web

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// answerHead gives every GET route its HEAD twin; net/http drops the body.
func answerHead(e *echo.Echo) func(string, echo.Route, echo.HandlerFunc, []echo.MiddlewareFunc) {
	return func(host string, route echo.Route, h echo.HandlerFunc, m []echo.MiddlewareFunc) {
		if route.Method == http.MethodGet && host == "" {
			e.HEAD(route.Path, h, m...)
		}
	}
}

// clientIP and clientScheme make echo's own accessors tell the checked facts.
func clientIP(r *http.Request) string {
	if x := exchangeIn(r.Context()); x != nil {
		return x.request.IP.String()
	}
	return peer(r.RemoteAddr).String()
}

func clientScheme(r *http.Request) string {
	if x := exchangeIn(r.Context()); x != nil {
		return x.request.Scheme
	}
	if r.TLS != nil {
		return "https"
	}
	return "http"
}
