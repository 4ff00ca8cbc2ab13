package web_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
)

func TestStatus(t *testing.T) {
	want := map[fault.Kind]int{
		fault.Malformed: 422, fault.NotFound: 404, fault.Conflict: 409, fault.Denied: 403, fault.SignIn: 401,
		fault.Quota: 402, fault.Closed: 503, fault.Upstream: 502, fault.Internal: 500,
	}
	for _, kind := range fault.Kinds() {
		if got := web.Status(fmt.Errorf("wrapped: %w", fault.New(kind, "x.y"))); got != want[kind] {
			t.Errorf("%s is answered %d, want %d", kind, got, want[kind])
		}
	}
	for _, tc := range []struct {
		name string
		err  error
		want int
	}{
		{"unknown error", errors.New("boom"), 500},
		{"rate limit", &web.Later{Err: fault.New(fault.Quota, "x"), After: time.Second}, 429},
		{"too slow", fmt.Errorf("query: %w", context.DeadlineExceeded), 503},
		{"too large", &http.MaxBytesError{Limit: 1}, 413},
		{"too large, wrapped as a form error", fault.New(fault.Malformed, "x").Because(&http.MaxBytesError{}), 413},
		{"echo's 404", echo.ErrNotFound, 404},
		{"echo's 500", echo.ErrInternalServerError, 500},
	} {
		if got := web.Status(tc.err); got != tc.want {
			t.Errorf("%s is answered %d, want %d", tc.name, got, tc.want)
		}
	}
}

func failing(o web.Options, err error) http.Handler {
	e := web.New(o)
	fail := func(echo.Context) error { return err }
	e.GET("/page/:token", fail)
	e.POST("/page/:token", fail)
	return e
}

func TestErrors_log(t *testing.T) {
	var log journal
	o := options()
	o.Log = log.logger()
	secret := strings.Repeat("k", 43)
	h := failing(o, fmt.Errorf("load order: %w", errors.New("connection refused")))
	w := do(h, "GET", "http://shop.example/page/"+secret+"?password=hunter2",
		header("Cookie", "session=topsecret"), header("Authorization", "Bearer topsecret"))
	if strings.Contains(w.Body.String(), "refused") {
		t.Error("the cause is shown")
	}
	lines := log.lines(t)
	if len(lines) != 1 || lines[0]["error"] != "load order: connection refused" || lines[0]["level"] != "ERROR" {
		t.Fatalf("log %v", lines)
	}
	if lines[0]["path"] != "/page/•" {
		t.Errorf("path %v", lines[0]["path"])
	}
	for _, leak := range []string{"hunter2", "topsecret", secret} {
		if strings.Contains(log.String(), leak) {
			t.Errorf("the log holds %q", leak)
		}
	}
}

func TestErrors_annotations(t *testing.T) {
	var log journal
	o := options()
	o.Log = log.logger()
	e := web.New(o)
	e.GET("/", func(c echo.Context) error {
		web.Annotate(c, slog.String("shop", "demo"))
		web.Log(c).Info("noted")
		return ok(c)
	})
	w := do(e, "GET", "http://localhost/")
	for _, line := range log.lines(t) {
		if line["shop"] != "demo" || line["request_id"] != w.Header().Get("X-Request-Id") {
			t.Errorf("line %v", line)
		}
	}
	if n := len(log.lines(t)); n != 2 {
		t.Errorf("%d lines", n)
	}
}

func TestErrors_answer(t *testing.T) {
	invalid := fault.Invalid(fault.Field{Name: "qty", Key: "form.number"})
	signIn := fault.New(fault.SignIn, "error.sign_in")
	page := func(c echo.Context, p web.Problem) error {
		return c.String(p.Status, fmt.Sprintf("page %d %s %v", p.Status, p.Key, p.Args))
	}
	for _, tc := range []struct {
		name, method, accept string
		err                  error
		page                 func(echo.Context, web.Problem) error
		status               int
		has                  string
		header, value        string
	}{
		{"the surface's page", "GET", "text/html", fault.New(fault.Quota, "plan.full").With(fault.Args{"n": 5}), page, 402, "page 402 plan.full map[n:5]", "Cache-Control", "no-store"},
		{"JSON", "POST", "application/json", invalid, page, 422, `"fields":[{"name":"qty","key":"form.number"}]`, "Content-Type", "application/json"},
		{"sign in first", "GET", "text/html", signIn, page, 303, "", "Location", "/login?next=%2Fpage%2Fa%3Fb%3Dc"},
		{"no redirect of an action", "POST", "text/html", signIn, page, 401, "page 401", "Location", ""},
		{"no redirect of a program", "GET", "application/json", signIn, page, 401, `"key":"error.sign_in"`, "Location", ""},
		{"closed says when", "GET", "", fault.New(fault.Closed, "shop.closed"), page, 503, "shop.closed", "Retry-After", "120"},
		{"later says when", "GET", "", &web.Later{Err: fault.New(fault.Closed, "x.y"), After: 1500 * time.Millisecond}, page, 503, "x.y", "Retry-After", "2"},
		{"without a page", "GET", "", errors.New("boom"), nil, 500, "Reference: ", "Content-Type", "text/plain; charset=UTF-8"},
		{"a page that fails", "GET", "", errors.New("boom"), func(echo.Context, web.Problem) error { return errors.New("no template") }, 500, "Reference: ", "", ""},
		{"a page that panics", "GET", "", invalid, func(echo.Context, web.Problem) error { panic("no template") }, 422, "Reference: ", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := options()
			o.SignIn, o.ErrorPage = "/login", tc.page
			w := do(failing(o, tc.err), tc.method, "http://localhost/page/a?b=c", header("Accept", tc.accept))
			if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.has) {
				t.Errorf("%d %q, want %d with %q", w.Code, w.Body, tc.status, tc.has)
			}
			if tc.header != "" && w.Header().Get(tc.header) != tc.value {
				t.Errorf("%s: %q, want %q", tc.header, w.Header().Get(tc.header), tc.value)
			}
		})
	}
}

func TestErrors_clientGone(t *testing.T) {
	var log journal
	o := options()
	o.Log = log.logger()
	ctx, hangUp := context.WithCancel(t.Context())
	e := web.New(o)
	e.GET("/", func(c echo.Context) error { hangUp(); return c.Request().Context().Err() })
	do(e, "GET", "http://localhost/", func(r *http.Request) { *r = *r.WithContext(ctx) })
	if lines := log.lines(t); len(lines) != 1 || lines[0]["status"] != float64(499) || lines[0]["level"] != "INFO" {
		t.Errorf("log %v, want one quiet line with 499", lines)
	}
}
