package web_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
)

func TestLimit(t *testing.T) {
	var asked []string
	seen := make(map[string]int)
	limiter := web.LimiterFunc(func(_ context.Context, key string, limit int, per time.Duration) (bool, time.Duration) {
		asked = append(asked, fmt.Sprintf("%s %d/%s", key, limit, per))
		seen[key]++
		return seen[key] <= limit, 90 * time.Second
	})
	o := options()
	o.ErrorPage = func(c echo.Context, p web.Problem) error {
		return c.String(p.Status, fmt.Sprintf("%s %v", p.Key, p.Args["seconds"]))
	}
	e := web.New(o)
	e.POST("/in", ok, web.Limit(limiter, "signin", web.Rate{Limit: 2, Per: time.Minute}, web.ByClient))
	e.POST("/free", ok, web.Limit(limiter, "free", web.Rate{Limit: 1, Per: time.Minute}, func(echo.Context) string { return "" }))
	from := func(peer string) func(*http.Request) { return func(r *http.Request) { r.RemoteAddr = peer } }
	post := func(path, peer string) int { return do(e, "POST", "http://localhost"+path, from(peer)).Code }

	for i, want := range []int{200, 200, 429, 429} {
		if got := post("/in", "203.0.113.7:1"); got != want {
			t.Errorf("try %d answers %d, want %d", i+1, got, want)
		}
	}
	w := do(e, "POST", "http://localhost/in", from("203.0.113.7:9"))
	if w.Header().Get("Retry-After") != "90" || w.Body.String() != "error.too_many 90" {
		t.Errorf("answer %v %q", w.Header(), w.Body)
	}
	if got := post("/in", "203.0.113.8:1"); got != 200 {
		t.Errorf("another client answers %d", got)
	}
	if a, b, c := post("/in", "[2001:db8::1]:1"), post("/in", "[2001:db8::2]:1"), post("/in", "[2001:db8::3]:1"); a != 200 || b != 200 || c != 429 {
		t.Errorf("one IPv6 network answers %d %d %d", a, b, c)
	}
	for range 3 {
		if got := post("/free", "203.0.113.7:1"); got != 200 {
			t.Errorf("without a key answers %d", got)
		}
	}
	if !slices.Contains(asked, "signin:203.0.113.7 2/1m0s") || !slices.Contains(asked, "signin:2001:db8::/64 2/1m0s") {
		t.Errorf("asked %q", asked)
	}
}

// TestRoutes plants a route around the table; the walk must find it (SEC-05).
func TestRoutes(t *testing.T) {
	var asked []string
	o := options()
	o.Guard = func(c echo.Context, permission string) error {
		asked = append(asked, permission)
		if c.QueryParam("as") != "clerk" {
			return web.ErrNoGuard
		}
		return nil
	}
	e := web.New(o)
	routes := web.Guarded(e)
	before := func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error { asked = append(asked, "before"); return next(c) }
	}
	routes.GET("/sign-in", ok, web.Anyone)
	orders := routes.Group("/orders", before)
	orders.GET("", ok, web.Can("orders.view"))
	orders.POST("/:id/ship", ok, web.Can("orders.ship"))

	known := []string{"orders.view", "orders.ship"}
	webtest.WantGuarded(t, routes, known)

	t.Run("planted", func(t *testing.T) {
		e.POST("/backdoor", ok)
		want := []web.Route{{Method: "POST", Path: "/backdoor"}}
		if got := routes.Unguarded(); !slices.Equal(got, want) {
			t.Errorf("unguarded %v, want %v", got, want)
		}
		if spy := spied(t, func(spy testing.TB) { webtest.WantGuarded(spy, routes, known) }); spy != 1 {
			t.Errorf("the walk complains %d times, want once", spy)
		}
		if spy := spied(t, func(spy testing.TB) { webtest.WantGuarded(spy, routes, known[:1]) }); spy != 2 {
			t.Errorf("the walk complains %d times, want also about the undeclared permission", spy)
		}
	})
	for _, tc := range []struct {
		method, path string
		status       int
		asked        []string
	}{
		{"GET", "/sign-in", 200, nil},
		{"GET", "/orders?as=clerk", 200, []string{"before", "orders.view"}},
		{"HEAD", "/orders", 403, []string{"before", "orders.view"}},
		{"POST", "/orders/7/ship", 403, []string{"before", "orders.ship"}},
		{"POST", "/orders/7/ship?as=clerk", 200, []string{"before", "orders.ship"}},
	} {
		asked = nil
		if w := do(e, tc.method, "http://localhost"+tc.path); w.Code != tc.status || !slices.Equal(asked, tc.asked) {
			t.Errorf("%s %s answers %d after %q, want %d after %q", tc.method, tc.path, w.Code, asked, tc.status, tc.asked)
		}
	}
	t.Run("without a guard nobody may", func(t *testing.T) {
		e := web.New(options())
		web.Guarded(e).GET("/", ok, web.Can("orders.view"))
		if w := do(e, "GET", "http://localhost/"); w.Code != 403 {
			t.Errorf("answers %d", w.Code)
		}
	})
}

// spy counts the complaints of a helper instead of failing.
type spy struct {
	testing.TB
	errors int
}

func (s *spy) Helper()               {}
func (s *spy) Error(...any)          { s.errors++ }
func (s *spy) Errorf(string, ...any) { s.errors++ }

func spied(t *testing.T, f func(testing.TB)) int {
	s := &spy{TB: t}
	f(s)
	return s.errors
}
