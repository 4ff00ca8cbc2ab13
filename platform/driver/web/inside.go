package web

import (
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v4"
)

// NewInside answers those who run the process: /healthz, /readyz and, at
// /metrics, what it counts, which names jobs and volumes. It is served at an
// address of its own that no proxy leads to. At the front it could only be
// guarded by where a request seems to come from, and behind a proxy on the same
// machine everybody seems to come from the machine itself.
func NewInside(log *slog.Logger, health *Health, metrics http.Handler) http.Handler {
	e := New(Options{Log: log, Surface: Notice, Health: health})
	e.GET("/metrics", func(c echo.Context) error {
		exchangeOf(c).quiet = true
		c.Response().Header().Set("Cache-Control", noStore)
		metrics.ServeHTTP(c.Response(), c.Request())
		return nil
	})
	return e
}
