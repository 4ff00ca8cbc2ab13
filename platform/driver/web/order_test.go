package web_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
)

// traced is a stack whose pluggable steps write down that they ran, and which
// steps of the stack's own they found done before them.
func traced(log *journal) (h http.Handler, trace *[]string) {
	trace = new([]string)
	note := func(step string) { *trace = append(*trace, step) }
	o := options()
	o.Log = log.logger()
	o.Router = func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if web.RequestOf(c).ID == "" || c.Response().Header().Get("Content-Security-Policy") == "" {
				return errors.New("router ran before request id or headers")
			}
			note("router")
			if c.Request().URL.Path == "/panic" {
				panic("in the router")
			}
			web.Enter(c, web.Place{Surface: web.Office})
			return next(c)
		}
	}
	o.Sessions = &web.Sessions{
		Cookie: web.Cookie{Name: "s"},
		Store:  web.OneStore(webtest.NewSessions()),
	}
	o.Actor = func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if _, err := web.SessionOf(c).Subject(); err != nil {
				return err
			}
			note("actor")
			return next(c)
		}
	}
	o.Guard = func(_ echo.Context, permission string) error { note("permission " + permission); return nil }
	e := web.New(o)
	web.Guarded(e).POST("/orders/:id/ship", func(c echo.Context) error { note("handler"); return ok(c) }, web.Can("orders.ship"))
	return e, trace
}

// TestNew_order proves the order of the house: recover → request id → log →
// security headers → router → session → CSRF → actor → permission.
func TestNew_order(t *testing.T) {
	t.Run("a request passes every step in order", func(t *testing.T) {
		h, trace := traced(new(journal))
		if w := do(h, "POST", "http://admin.localhost/orders/7/ship"); w.Code != 200 {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		if want := []string{"router", "actor", "permission orders.ship", "handler"}; !slices.Equal(*trace, want) {
			t.Errorf("steps %q, want %q", *trace, want)
		}
	})
	t.Run("CSRF is refused after the router, before the actor", func(t *testing.T) {
		h, trace := traced(new(journal))
		w := do(h, "POST", "http://admin.localhost/orders/7/ship", header("Sec-Fetch-Site", "cross-site"))
		if w.Code != http.StatusForbidden {
			t.Errorf("status %d, want 403", w.Code)
		}
		if want := []string{"router"}; !slices.Equal(*trace, want) {
			t.Errorf("steps %q, want %q", *trace, want)
		}
	})
	t.Run("a panic is numbered, logged once and dressed", func(t *testing.T) {
		var log journal
		h, _ := traced(&log)
		w := do(h, "GET", "http://admin.localhost/panic")
		id := w.Header().Get("X-Request-Id")
		if w.Code != 500 || id == "" || !strings.Contains(w.Body.String(), id) {
			t.Errorf("answer %d %q lacks the reference %q", w.Code, w.Body, id)
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Error("the error page has no policy")
		}
		if strings.Contains(w.Body.String(), "in the router") {
			t.Error("the cause is shown to the reader")
		}
		lines := log.lines(t)
		if len(lines) != 1 {
			t.Fatalf("%d log lines, want one", len(lines))
		}
		if lines[0]["request_id"] != id || lines[0]["error"] != "panic: in the router" || lines[0]["stack"] == nil || lines[0]["level"] != "ERROR" {
			t.Errorf("log line %v", lines[0])
		}
	})
	t.Run("a malformed host never reaches the router, yet is numbered and logged", func(t *testing.T) {
		var log journal
		h, trace := traced(&log)
		w := do(h, "GET", "http://admin.localhost/", func(r *http.Request) { r.Host = "a b" })
		if w.Code != http.StatusBadRequest || w.Header().Get("X-Request-Id") == "" || len(log.lines(t)) != 1 {
			t.Errorf("status %d, %d lines", w.Code, len(log.lines(t)))
		}
		if len(*trace) != 0 {
			t.Errorf("steps %q", *trace)
		}
	})
}

// TestNew_nested runs a surface behind a front, as the programs do.
func TestNew_nested(t *testing.T) {
	var log journal
	type shop struct{ name string }
	surface := options()
	surface.Surface = web.ShopPath
	surface.ErrorPage = func(c echo.Context, p web.Problem) error {
		return c.String(p.Status, "shop page "+p.Key+" "+p.Reference)
	}
	shopfront := web.New(surface)
	shopfront.GET("/hello", func(c echo.Context) error {
		return c.String(200, web.Get[shop](c).name+" "+web.URL(c, "/cart")+" "+web.RequestID(c.Request().Context()))
	})
	shopfront.GET("/panic", func(echo.Context) error { panic("in the shop") })
	front := options()
	front.Log = log.logger()
	front.ErrorPage = func(c echo.Context, p web.Problem) error { return c.String(p.Status, "front page") }
	front.Router = func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			path, found := strings.CutPrefix(c.Request().URL.Path, "/demo.shop")
			if !found {
				return next(c)
			}
			web.Put(c, shop{"demo"})
			web.Enter(c, web.Place{Surface: web.ShopPath, Base: "/demo.shop"})
			r := c.Request().Clone(c.Request().Context())
			r.URL.Path = path
			shopfront.ServeHTTP(c.Response(), r)
			return nil
		}
	}
	h := web.New(front)
	for _, tc := range []struct {
		name, path string
		status     int
		body       func(id string) string
	}{
		{"values, base and number go along (HST-04)", "/demo.shop/hello", 200, func(id string) string { return "demo /demo.shop/cart " + id }},
		{"the shop answers its own panic", "/demo.shop/panic", 500, func(id string) string { return "shop page error.internal " + id }},
		{"the shop answers its own 404", "/demo.shop/none", 404, func(id string) string { return "shop page error.not_found " + id }},
		{"the front answers the rest", "/none", 404, func(string) string { return "front page" }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			log.Reset()
			w := do(h, "GET", "http://localhost"+tc.path)
			if want := tc.body(w.Header().Get("X-Request-Id")); w.Code != tc.status || w.Body.String() != want {
				t.Errorf("%d %q, want %d %q", w.Code, w.Body, tc.status, want)
			}
			if lines := log.lines(t); len(lines) != 1 || lines[0]["status"] != float64(tc.status) || lines[0]["path"] != tc.path {
				t.Errorf("log %v, want one line of %s", lines, tc.path)
			}
		})
	}
}

func TestNew_head(t *testing.T) {
	e := web.New(options())
	e.GET("/page", func(c echo.Context) error { c.Response().Header().Set("X-Page", "1"); return ok(c) })
	if w := do(e, "HEAD", "http://localhost/page"); w.Code != 200 || w.Header().Get("X-Page") != "1" {
		t.Errorf("HEAD answers %d %v", w.Code, w.Header())
	}
	if w := do(e, "POST", "http://localhost/page"); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST answers %d", w.Code)
	}
}

func TestGet_missing(t *testing.T) {
	e := web.New(options())
	e.GET("/", func(c echo.Context) error {
		web.Put(c, 1)
		web.Put(c, 2)
		if _, found := web.Find[string](c); found || web.Get[int](c) != 2 {
			t.Error("values mixed up")
		}
		defer func() {
			if recover() == nil {
				t.Error("Get of a missing value does not panic")
			}
		}()
		web.Get[string](c)
		return nil
	})
	do(e, "GET", "http://localhost/")
}
