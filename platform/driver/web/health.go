package web

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
)

// Check is one thing a process needs in order to serve.
type Check struct {
	Name string
	Run  func(ctx context.Context) error
}

// Health answers, on every host and before the router, whether the process is
// alive (/healthz) and whether it should be sent requests (/readyz). What the
// process counts is not told here; see NewInside.
type Health struct {
	Checks []Check

	draining atomic.Bool
}

// checkTime bounds the time of all checks, well under the usual interval of
// the probes.
const checkTime = 2 * time.Second

// Drain makes /readyz refuse, so that no new requests are sent here. /healthz
// stays good: the process is stopping, not broken.
func (h *Health) Drain() { h.draining.Store(true) }

func (h *Health) answer() echo.MiddlewareFunc {
	if h == nil {
		return nil
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				return next(c)
			}
			switch r.URL.Path {
			case "/healthz":
				return h.alive(c)
			case "/readyz":
				return h.ready(c)
			}
			return next(c)
		}
	}
}

func (h *Health) alive(c echo.Context) error {
	exchangeOf(c).quiet = true
	c.Response().Header().Set("Cache-Control", noStore)
	return c.String(http.StatusOK, "ok\n")
}

// ready names the checks that fail but not why: the cause goes to the log.
func (h *Health) ready(c echo.Context) error {
	exchangeOf(c).quiet = true
	c.Response().Header().Set("Cache-Control", noStore)
	if h.draining.Load() {
		return c.String(http.StatusServiceUnavailable, "draining\n")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), checkTime)
	defer cancel()
	failed := make([]error, len(h.Checks))
	var all sync.WaitGroup
	for i, check := range h.Checks {
		all.Go(func() { failed[i] = check.Run(ctx) })
	}
	all.Wait()
	body := ""
	for i, err := range failed {
		if err != nil {
			body += "failing: " + h.Checks[i].Name + "\n"
			exchangeOf(c).failure = fmt.Errorf("check %s: %w", h.Checks[i].Name, err)
		}
	}
	if body != "" {
		return c.String(http.StatusServiceUnavailable, body)
	}
	return c.String(http.StatusOK, "ready\n")
}
