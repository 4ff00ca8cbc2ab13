package router_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
)

// shops is a registry of a few shops.
type shops struct {
	slugs, hosts map[string]*registry.Shop
}

func (s shops) BySlug(_ context.Context, slug string) (*registry.Shop, error) {
	return known(s.slugs[slug])
}

func (s shops) ByHost(_ context.Context, host string) (*registry.Shop, error) {
	return known(s.hosts[host])
}

func known(shop *registry.Shop) (*registry.Shop, error) {
	if shop == nil {
		return nil, registry.ErrUnknown
	}
	return shop, nil
}

// visitors entered when their cookie says.
type visitors struct{}

func (visitors) EnteredAt(c echo.Context, _ *registry.Shop) (time.Time, bool, error) {
	cookie, err := c.Request().Cookie("entered")
	if err != nil {
		return time.Time{}, false, nil
	}
	at, err := time.Parse(time.RFC3339, cookie.Value)
	return at, err == nil, err
}

// world is a front with a router and surfaces that say what reached them.
type world struct {
	front http.Handler
	shop  *registry.Shop
	now   *clock.Fixed
	links *router.Previews
}

func open(t *testing.T) *world {
	t.Helper()
	var key [32]byte
	rand.Read(key[:])
	ring, err := secret.ParseKeys("k1:" + base64.StdEncoding.EncodeToString(key[:]))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		now: clock.New(time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)),
		shop: &registry.Shop{
			ID: id.New[registry.Shop](), Slug: "lune", Name: "Atelier Lune", State: registry.Open,
			Mode: registry.Production, Canonical: registry.ByPath, Version: 3,
		},
	}
	log := slog.New(slog.DiscardHandler)
	w.links = router.NewPreviews(ring, where, w.now)
	surface := func(name string) http.Handler {
		e := web.New(web.Options{Log: log})
		e.Any("/*", func(c echo.Context) error {
			if name != "shop" {
				return c.String(http.StatusOK, name+" "+c.Request().URL.Path)
			}
			v := web.Get[router.Visit](c)
			return c.String(http.StatusOK, fmt.Sprintf("shop %s %s base=%s canonical=%s preview=%t",
				v.Shop.Slug, c.Request().URL.Path, web.PlaceOf(c).Base, v.Canonical, v.Preview))
		})
		return e
	}
	r := router.New(router.Config{
		Sites: where, Visitors: visitors{}, Previews: w.links, Clock: w.now, OldestVersion: 3,
		Shops: shops{
			slugs: map[string]*registry.Shop{"lune": w.shop, "old": w.shop},
			hosts: map[string]*registry.Shop{"www.lune.fr": w.shop},
		},
		Surfaces: router.Surfaces{
			Platform: surface("platform"), Shop: surface("shop"),
			Desks: map[string]router.Surface{
				"admin": {Policy: web.Office, Handler: surface("office")}, "console": {Policy: web.Console, Handler: surface("console")},
			},
		},
		Notices: []string{"/pay/notify/"}, Downloads: []string{"/download/"},
	})
	w.front = web.NewFront(web.Options{Log: log, Router: r.Middleware()})
	return w
}

func (w *world) ask(method, address string, header ...string) *http.Response {
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	w.front.ServeHTTP(rec, r)
	return rec.Result()
}

func body(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestRouter_leadsToSurfaces(t *testing.T) {
	w := open(t)
	for _, tt := range []struct {
		method, address string
		status          int
		want            string // body, or the Location of a redirect
	}{
		{"GET", "https://platform.tld/", 200, "platform /"},
		{"GET", "https://admin.platform.tld/orders/1", 200, "office /orders/1"},
		{"GET", "https://console.platform.tld/", 200, "console /"},
		{"GET", "https://platform.tld/lune.shop/p/mug", 200, "shop lune /p/mug base=/lune.shop canonical=https://platform.tld/lune.shop preview=false"},
		{"GET", "https://platform.tld/lune.shop/p/caf%C3%A9%3F", 200, "shop lune /p/café? base=/lune.shop canonical=https://platform.tld/lune.shop preview=false"},
		{"GET", "https://platform.tld/lune.shop", 308, "https://platform.tld/lune.shop/"},
		{"GET", "https://platform.tld/old.shop/p/mug?a=1", 308, "https://platform.tld/lune.shop/p/mug?a=1"},
		{"GET", "https://lune.platform.tld/p/mug", 308, "https://platform.tld/lune.shop/p/mug"},
		{"GET", "https://www.lune.fr/", 308, "https://platform.tld/lune.shop/"},
		{"POST", "https://www.lune.fr/cart/items", 200, "shop lune /cart/items base= canonical=https://platform.tld/lune.shop preview=false"},
		{"POST", "https://platform.tld/old.shop/pay/notify/fake", 200, "shop lune /pay/notify/fake base=/old.shop canonical=https://platform.tld/lune.shop preview=false"},
	} {
		res := w.ask(tt.method, tt.address)
		got := body(t, res)
		if tt.status == 308 {
			got = res.Header.Get("Location")
		}
		if res.StatusCode != tt.status || got != tt.want {
			t.Errorf("%s %s: %d %q, want %d %q", tt.method, tt.address, res.StatusCode, got, tt.status, tt.want)
		}
	}
}

func TestRouter_nobodyLivesHere(t *testing.T) {
	w := open(t)
	for address, status := range map[string]int{
		"https://nobody.platform.tld/":      421,
		"https://unclaimed.fr/lune.shop/":   421, // FLT-04: never another shop
		"https://platform.tld/nobody.shop/": 404,
		"https://192.0.2.1/":                421,
	} {
		res := w.ask("GET", address)
		if got := body(t, res); res.StatusCode != status || strings.Contains(got, "Lune") || !strings.Contains(got, "<h1>") {
			t.Errorf("%s: %d, want a neutral page with %d", address, res.StatusCode, status)
		}
		if got := body(t, w.ask("POST", address)); strings.HasPrefix(got, "shop") {
			t.Errorf("POST %s reached a shop", address)
		}
	}
}

func TestRouter_maintenance(t *testing.T) {
	w := open(t)
	w.shop.Mode, w.shop.ModeSince = registry.Draining, w.now.Now()
	w.shop.Maintenance = registry.Maintenance{
		Message: i18n.Text{"fr": "Inventaire <b>annuel</b>"}, Reopens: w.now.Now().Add(90 * time.Minute), Zone: "Europe/Paris",
		Allow: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
	}
	const page = "https://platform.tld/lune.shop/"
	entered := func(ago time.Duration) string {
		return "entered=" + w.now.Now().Add(-ago).Format(time.RFC3339)
	}
	// httptest's client address is 192.0.2.1: on the list.
	if res := w.ask("GET", page); res.StatusCode != 200 {
		t.Errorf("MNT-02 a listed address: %d", res.StatusCode)
	}
	w.shop.Maintenance.Allow = nil
	if res := w.ask("GET", page, "Cookie", entered(time.Minute)); res.StatusCode != 200 {
		t.Errorf("MNT-02 who entered before: %d", res.StatusCode)
	}
	if res := w.ask("GET", page, "Cookie", entered(-time.Minute)); res.StatusCode != 503 {
		t.Errorf("MNT-02 who entered after: %d", res.StatusCode)
	}
	res := w.ask("GET", page, "Accept-Language", "fr-CA, de;q=0.5")
	text := body(t, res)
	if res.StatusCode != 503 || res.Header.Get("Retry-After") != "5400" || res.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("MNT-02 a new visitor: %d, %v", res.StatusCode, res.Header)
	}
	for _, want := range []string{`lang="fr"`, "Atelier Lune", "Inventaire &lt;b&gt;annuel&lt;/b&gt;", "14:30"} {
		if !strings.Contains(text, want) {
			t.Errorf("MNT-04 the page does not say %q:\n%s", want, text)
		}
	}
	for address, want := range map[string]string{page + "de/": `lang="de"`, page + "es/cart": `lang="es"`, page + "product/de-luxe": `lang="fr"`} {
		if text := body(t, w.ask("GET", address, "Accept-Language", "fr")); !strings.Contains(text, want) {
			t.Errorf("MNT-04 %s does not say %s:\n%s", address, want, text)
		}
	}
	if csp := res.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "style-src 'sha256-") {
		t.Errorf("MNT-04 policy %q", csp)
	}

	w.shop.Mode, w.shop.Rev = registry.Shut, 2
	if res := w.ask("GET", page, "Cookie", entered(time.Minute)); res.StatusCode != 503 {
		t.Errorf("MNT-03 who entered before: %d", res.StatusCode)
	}
	res = w.ask("GET", page+"?lang=de", "Accept-Language", "fr")
	if !strings.Contains(res.Header.Get("Cache-Control"), "s-maxage") || res.Header.Get("Content-Language") != "de" {
		t.Errorf("MNT-04 for the edge: %v", res.Header)
	}
	if res := w.ask("POST", page+"pay/notify/fake"); res.StatusCode != 200 {
		t.Errorf("MNT-03 a bank's notice: %d", res.StatusCode)
	}
}

func TestRouter_otherClosures(t *testing.T) {
	w := open(t)
	for _, tt := range []struct {
		name   string
		change func(*registry.Shop)
		status int
		retry  string
	}{
		{"suspended", func(s *registry.Shop) { s.State = registry.Suspended }, 402, ""},
		{"given up", func(s *registry.Shop) { s.State = registry.Closed }, 410, ""},
		{"FLT-03 updating", func(s *registry.Shop) { s.Version = 2 }, 503, "10"},
	} {
		saved := *w.shop
		tt.change(w.shop)
		res := w.ask("GET", "https://platform.tld/lune.shop/")
		if res.StatusCode != tt.status || res.Header.Get("Retry-After") != tt.retry {
			t.Errorf("%s: %d, retry %q", tt.name, res.StatusCode, res.Header.Get("Retry-After"))
		}
		*w.shop = saved
	}
}

func TestRouter_previewLink(t *testing.T) {
	w := open(t)
	w.shop.Mode, w.shop.ModeSince, w.shop.Maintenance.Preview = registry.Draining, w.now.Now(), "first"
	link := w.links.Link(w.shop, time.Hour)
	res := w.ask("GET", link)
	if res.StatusCode != 303 || res.Header.Get("Location") != "/lune.shop/" {
		t.Fatalf("MNT-02 following the link: %d to %q", res.StatusCode, res.Header.Get("Location"))
	}
	cookie := res.Cookies()[0]
	if !cookie.HttpOnly || cookie.Path != "/lune.shop/" {
		t.Errorf("cookie %+v", cookie)
	}
	visit := func() int {
		return w.ask("GET", "https://platform.tld/lune.shop/", "Cookie", cookie.Name+"="+cookie.Value).StatusCode
	}
	if got := visit(); got != 200 {
		t.Errorf("MNT-02 with the cookie: %d", got)
	}
	w.shop.Maintenance.Preview = "second"
	if got := visit(); got != 503 {
		t.Errorf("after the link was made void: %d", got)
	}
	w.shop.Maintenance.Preview = "first"
	w.now.Advance(2 * time.Hour)
	if got := visit(); got != 503 {
		t.Errorf("after the link expired: %d", got)
	}
	other := *w.shop
	other.ID = id.New[registry.Shop]()
	if res := w.ask("GET", w.links.Link(&other, time.Hour)); res.StatusCode != 503 {
		t.Errorf("a link of another shop: %d", res.StatusCode)
	}
}

func TestLocales(t *testing.T) {
	i18ntest.Complete(t, router.Locales, "locales")
}
