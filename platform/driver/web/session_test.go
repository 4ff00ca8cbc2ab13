package web_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/clock"
)

func TestSessions_contract(t *testing.T) {
	webtest.ProveSessionStore(t, func(*testing.T) web.SessionStore { return webtest.NewSessions() })
}

// shops is a stack with path-addressed shops /a.shop and /b.shop and sessions.
func shops(t *testing.T, store web.SessionStore, now clock.Clock) http.Handler {
	t.Helper()
	o := options()
	o.Clock = now
	o.Router = func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if shop, _, found := strings.Cut(strings.TrimPrefix(c.Request().URL.Path, "/"), ".shop/"); found {
				web.Enter(c, web.Place{Surface: web.ShopPath, Base: "/" + shop + ".shop"})
			} else {
				web.Enter(c, web.Place{Surface: web.ShopOrigin})
			}
			return next(c)
		}
	}
	o.Sessions = &web.Sessions{
		Cookie: web.Cookie{Name: "session"}, Store: web.OneStore(store),
		Scope: func(c echo.Context) string { return web.PlaceOf(c).Base },
		Idle:  time.Hour, Life: 5 * time.Hour,
	}
	e := web.New(o)
	for _, at := range []string{"/a.shop", "/b.shop", ""} {
		e.POST(at+"/in", func(c echo.Context) error {
			return errors.Join(web.SessionOf(c).Start("customer:1", map[string]string{"lang": "de"}), c.NoContent(204))
		})
		e.POST(at+"/set", func(c echo.Context) error { return errors.Join(web.SessionOf(c).Set("seen", "mug"), c.NoContent(204)) })
		e.POST(at+"/out", func(c echo.Context) error { return errors.Join(web.SessionOf(c).End(), c.NoContent(204)) })
		e.GET(at+"/me", func(c echo.Context) error {
			s := web.SessionOf(c)
			subject, err := s.Subject()
			seen, err2 := s.Value("seen")
			if err := errors.Join(err, err2); err != nil {
				return err
			}
			return c.String(200, subject+"/"+seen)
		})
		e.GET(at+"/page", ok)
	}
	return e
}

func TestSession(t *testing.T) {
	store, now := webtest.NewSessions(), clock.New(noon)
	h := shops(t, store, now)
	b := webtest.Open(t, h)
	b.Clock = now
	me := func(want string) {
		t.Helper()
		if got := string(b.Get("/a.shop/me").Body); got != want {
			t.Fatalf("session says %q, want %q", got, want)
		}
	}
	b.Get("http://localhost/a.shop/me")
	me("/")
	if store.Len() != 0 {
		t.Fatal("a reader without session has made one")
	}

	b.Post("/a.shop/set", nil)
	me("/mug")
	planted := b.Cookie("session").Value

	b.Post("/a.shop/in", nil)
	me("customer:1/")
	token := b.Cookie("session").Value
	if token == planted || store.Len() != 1 {
		t.Fatal("the token was not rotated at sign-in")
	}
	if row, err := store.Load(t.Context(), sha256.Sum256([]byte(token))); err != nil || row.Subject != "customer:1" || row.Scope != "/a.shop" {
		t.Fatalf("the store knows the token by something else than its SHA-256: %v, %v", row, err)
	}

	now.Advance(59 * time.Minute)
	me("customer:1/")
	now.Advance(59 * time.Minute) // the visit before has renewed it
	me("customer:1/")
	now.Advance(time.Hour)
	me("/") // idle
	if store.Len() != 0 {
		t.Error("an ended session stays in the store")
	}

	b.Post("/a.shop/in", nil)
	for range 5 {
		now.Advance(55 * time.Minute)
		me("customer:1/")
	}
	token = b.Cookie("session").Value
	now.Advance(30 * time.Minute)
	me("/") // its life is over although it was used: the browser forgets it,
	if w := do(h, "GET", "http://localhost/a.shop/me", header("Cookie", "session="+token)); w.Body.String() != "/" || store.Len() != 0 {
		t.Fatalf("and so must the store: %q, %d rows", w.Body, store.Len())
	}

	b.Post("/a.shop/in", nil)
	b.Post("/a.shop/out", nil)
	me("/")
	if b.Cookie("session") != nil || store.Len() != 0 {
		t.Error("sign-out leaves something behind")
	}
}

// TestSession_scope (HST-04): a path is no border, so the token of one shop is
// tried by hand in another.
func TestSession_scope(t *testing.T) {
	h := shops(t, webtest.NewSessions(), clock.New(noon))
	b := webtest.Open(t, h)
	b.Get("http://localhost/a.shop/page")
	b.Post("/a.shop/in", nil)
	token := b.Cookie("session").Value
	if got := string(b.Get("/b.shop/me").Body); got != "/" {
		t.Errorf("the browser sent the cookie to the other shop: %q", got)
	}
	for _, tc := range []struct{ name, path, cookie, want string }{
		{"own shop", "/a.shop/me", "session=" + token, "customer:1/"},
		{"carried to another shop", "/b.shop/me", "session=" + token, "/"},
		{"carried to the root", "/me", "session=" + token, "/"},
		{"planted beside the true one", "/a.shop/me", "session=" + strings.Repeat("x", 43) + "; session=" + token, "/"},
		{"sent twice", "/a.shop/me", "session=" + token + "; session=" + token, "customer:1/"},
		{"not a token", "/a.shop/me", "session=%zz", "/"},
		{"a short token", "/a.shop/me", "session=abc", "/"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if w := do(h, "GET", "http://localhost"+tc.path, header("Cookie", tc.cookie)); w.Body.String() != tc.want {
				t.Errorf("says %q, want %q", w.Body, tc.want)
			}
		})
	}
}

type brokenStore struct{ web.SessionStore }

func (brokenStore) Load(context.Context, web.Digest) (web.SessionRow, error) {
	return web.SessionRow{}, errors.New("connection refused")
}

func TestSession_lazy(t *testing.T) {
	h := shops(t, brokenStore{}, clock.New(noon))
	cookie := header("Cookie", "session="+strings.Repeat("x", 43))
	if w := do(h, "GET", "http://localhost/a.shop/page", cookie); w.Code != 200 {
		t.Errorf("a page that needs no session asks the store: %d", w.Code)
	}
	if w := do(h, "GET", "http://localhost/a.shop/me", cookie); w.Code != 500 {
		t.Errorf("a store that is gone answers %d: nobody must be signed out by it", w.Code)
	}
}

// TestCookie_scope: names and scopes per place.
func TestCookie_scope(t *testing.T) {
	for _, tc := range []struct {
		name, address string
		cookie        web.Cookie
		want          string
	}{
		{"own origin, https", "https://shop.example/", web.Cookie{Name: "k"}, "__Host-k=a%20%3B%22; Path=/; HttpOnly; Secure; SameSite=Lax"},
		{"own origin, http", "http://demo.localhost/", web.Cookie{Name: "k"}, "k=a%20%3B%22; Path=/; HttpOnly; SameSite=Lax"},
		{"path, https (HST-04)", "https://echoppe.example/demo.shop/", web.Cookie{Name: "k"}, "k=a%20%3B%22; Path=/demo.shop/; HttpOnly; Secure; SameSite=Lax"},
		{"path, http", "http://localhost/demo.shop/", web.Cookie{Name: "k"}, "k=a%20%3B%22; Path=/demo.shop/; HttpOnly; SameSite=Lax"},
		{"readable, with an end", "http://demo.localhost/", web.Cookie{Name: "k", Readable: true, TTL: time.Hour}, "k=a%20%3B%22; Path=/; Max-Age=3600; SameSite=Lax"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			e := web.New(options())
			e.GET("/*", func(c echo.Context) error {
				if strings.HasPrefix(c.Request().URL.Path, "/demo.shop/") {
					web.Enter(c, web.Place{Surface: web.ShopPath, Base: "/demo.shop"})
				}
				tc.cookie.Set(c, "first")
				tc.cookie.Set(c, `a ;"`)
				return nil
			})
			w := do(e, "GET", tc.address)
			if got := w.Header().Values("Set-Cookie"); len(got) != 1 || got[0] != tc.want {
				t.Errorf("Set-Cookie %q, want %q", got, tc.want)
			}
			back := httptest.NewRequest("GET", tc.address, nil)
			back.AddCookie(w.Result().Cookies()[0])
			e2 := web.New(options())
			e2.GET("/*", func(c echo.Context) error {
				if strings.HasPrefix(c.Request().URL.Path, "/demo.shop/") {
					web.Enter(c, web.Place{Surface: web.ShopPath, Base: "/demo.shop"})
				}
				if got, sent := tc.cookie.Get(c); !sent || got != `a ;"` {
					t.Errorf("read back %q, %v", got, sent)
				}
				return nil
			})
			e2.ServeHTTP(httptest.NewRecorder(), back)
		})
	}
}

func TestFlash(t *testing.T) {
	e := web.New(options())
	e.POST("/save", func(c echo.Context) error {
		web.AddFlash(c, web.Good, "product.saved", map[string]string{"name": "<b>Mug</b>"})
		web.AddFlash(c, web.Note, "product.hidden", nil)
		return c.Redirect(303, "/list")
	})
	e.POST("/flood", func(c echo.Context) error {
		for range 9 {
			web.AddFlash(c, web.Bad, "x.y", map[string]string{"a": strings.Repeat("\u0001", 9999), "b": strings.Repeat("é", 9999)})
		}
		return c.Redirect(303, "/list")
	})
	e.GET("/list", func(c echo.Context) error {
		var out strings.Builder
		for _, f := range web.TakeFlashes(c) {
			out.WriteString(string(f.Tone) + " " + f.Key + " " + f.Args["name"] + ";")
		}
		return c.String(200, out.String())
	})
	b := webtest.Open(t, e)
	b.Get("http://localhost/list")
	page := b.Post("/save", nil)
	if got, want := string(page.Body), "good product.saved <b>Mug</b>;note product.hidden ;"; got != want {
		t.Errorf("flashes %q, want %q", got, want)
	}
	if page.Header.Get("Cache-Control") != "no-store" {
		t.Error("a page with somebody's message may be stored")
	}
	if got := string(b.Get("/list").Body); got != "" {
		t.Errorf("a message is shown twice: %q", got)
	}
	if got := string(b.Post("/flood", nil).Body); !strings.Contains(got, "bad x.y") {
		t.Errorf("too much to carry loses the newest message: %q", got)
	}
	for _, forged := range []string{"x", "bm9wZQ", "W3sidCI6Imdvb2QiLCJrIjoiPHNjcmlwdD4ifV0"} {
		if w := do(e, "GET", "http://localhost/list", header("Cookie", "flash="+forged)); w.Body.String() != "" {
			t.Errorf("a forged message %s is shown: %q", forged, w.Body)
		}
	}
}
