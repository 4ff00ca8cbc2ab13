package router_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/kit/clock"
)

// Requests for many shops at the same time, by every form of address, some of which panic: each
// is answered by its own shop or not at all.
func TestRouter_isolation(t *testing.T) {
	const count, rounds = 8, 40
	known := shops{slugs: map[string]*registry.Shop{}, hosts: map[string]*registry.Shop{}}
	forms := []registry.Canonical{registry.ByPath, registry.BySubdomain, registry.ByDomain}
	address := map[registry.Canonical]string{
		registry.ByPath: "https://platform.tld/%s.shop/x", registry.BySubdomain: "https://%s.platform.tld/x", registry.ByDomain: "https://%s.fr/x",
	}
	for i := range count {
		slug := fmt.Sprintf("mond-%d", i)
		shop := &registry.Shop{Slug: slug, State: registry.Open, Mode: registry.Production, Canonical: forms[i%3], Domain: slug + ".fr"}
		known.slugs[slug], known.hosts[slug+".fr"] = shop, shop
	}
	log := slog.New(slog.DiscardHandler)
	inside := web.New(web.Options{Log: log})
	inside.Any("/*", func(c echo.Context) error {
		if c.QueryParam("panic") != "" {
			panic("a bug in one shop")
		}
		return c.String(http.StatusOK, web.Get[router.Visit](c).Shop.Slug)
	})
	r := router.New(router.Config{Sites: where, Shops: known, Clock: clock.System(), Surfaces: router.Surfaces{Shop: inside}})
	front := web.NewFront(web.Options{Log: log, Router: r.Middleware()})

	var all sync.WaitGroup
	for i := range count {
		slug := fmt.Sprintf("mond-%d", i)
		all.Go(func() {
			for round := range rounds {
				to := fmt.Sprintf(address[forms[round%3]], slug)
				if round%5 == 4 {
					to += "?panic=1"
				}
				rec := httptest.NewRecorder()
				front.ServeHTTP(rec, httptest.NewRequest(http.MethodPost, to, nil))
				switch text := rec.Body.String(); {
				case round%5 == 4 && rec.Code != http.StatusInternalServerError:
					t.Errorf("FLT-01 %s: %d after a panic", to, rec.Code)
				case round%5 == 4 && strings.Contains(text, "bug"):
					t.Errorf("%s tells the visitor about the panic", to)
				case round%5 != 4 && text != slug:
					t.Errorf("FLT-01 %s was answered by %q", to, text)
				}
			}
		})
	}
	all.Wait()
}
