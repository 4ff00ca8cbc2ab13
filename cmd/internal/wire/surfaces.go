package wire

import (
	"context"
	"io/fs"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/operator"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/fleet/signup"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/tenant/payment"
)

// Paths inside a shop that the gate treats apart.
var (
	noticePaths   = []string{"/pay/notify/", payment.AssociationPath}
	downloadPaths = []string{"/download/"}
)

// oldestVersion is the oldest version of a shop's schema this program understands: code accepts
// the version before its own (expand, migrate, contract).
func oldestVersion() int { return max(1, TenantSeries().Latest()-1) }

func (a *App) joinSurfaces(context.Context) error {
	base := web.Options{Log: a.Out.Log, Clock: a.Out.Clock}
	platform, err := a.platform()
	if err != nil {
		return err
	}
	console, err := a.console(base)
	if err != nil {
		return err
	}
	office, err := a.office(base)
	if err != nil {
		return err
	}
	window := a.storefront()
	desks := map[string]router.Surface{
		sites.OfficeLabel:  {Policy: web.Office, Handler: office},
		sites.ConsoleLabel: {Policy: web.Console, Handler: console},
	}
	for label, desk := range a.Out.Desks {
		desks[label] = desk
	}
	front := router.New(router.Config{
		Sites: a.Out.Sites, Shops: a.Registry, Clock: a.Out.Clock,
		Surfaces:      router.Surfaces{Platform: platform.Stack(base), Shop: window, Desks: desks},
		Visitors:      window,
		Previews:      router.NewPreviews(a.Out.Keys, a.Out.Sites, a.Out.Clock),
		OldestVersion: oldestVersion(), Notices: noticePaths, Downloads: downloadPaths,
	})
	a.Front = a.withAssociation(a.withAssets(web.NewFront(web.Options{
		Log: a.Out.Log, Clock: a.Out.Clock, Proxies: a.Out.Proxies, Health: a.Health, Router: front.Middleware(),
		ErrorPage: platform.ErrorPage,
	})))
	return nil
}

// assetPrefix is where the files of themes are on every host: one address for all shops, so that a
// browser and an edge cache keep one copy. Their names carry their hash and nothing about a shop.
const assetPrefix = "/_theme/"

// withAssets serves the files of themes before anybody asks whose shop this is.
func (a *App) withAssets(rest http.Handler) http.Handler {
	files := a.Rooms.Theme.Assets()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, assetPrefix) {
			rest.ServeHTTP(w, r)
			return
		}
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
		files.ServeHTTP(w, r)
	})
}

// platform is the host of sign-up and help.
func (a *App) platform() (*signup.Surface, error) {
	screens, err := screen.New(fleet.Locales, account.Locales, signup.Locales)
	if err != nil {
		return nil, err
	}
	return signup.New(signup.Config{
		Desk: a.Signup, Toggle: a.Toggle, Plans: a.Plans, Screens: screens, Sites: a.Out.Sites, Brand: Brand, Demo: a.Out.DemoShop,
	}), nil
}

// console is the operators' host.
func (a *App) console(base web.Options) (*echo.Echo, error) {
	screens, err := screen.New(fleet.Locales, account.Locales, operator.Locales, wanted.Locales)
	if err != nil {
		return nil, err
	}
	return operator.New(operator.Config{
		Accounts: a.Accounts, Sessions: account.NewSessions(a.Pool, account.Console), Policy: a.Policy,
		Registry: a.Registry, Plans: a.Plans, Journal: a.Journal, Toggle: a.Toggle, Jobs: a.JobDesk,
		Checks: a.Health.Checks, Screens: screens, Sites: a.Out.Sites, Brand: Brand, Latest: TenantSeries().Latest(),
		Advisory: a.Advisory, Wanted: a.Wanted, Stopped: a.Rooms.Desk.Shield.Stopped,
	}).Stack(base), nil
}

// office is the merchants' host.
func (a *App) office(base web.Options) (*echo.Echo, error) {
	sources := append([]fs.FS{fleet.Locales, account.Locales, wanted.Locales, officeui.Locales}, backoffice.Words()...)
	sources = append(sources, deskWords()...)
	screens, err := screen.New(sources...)
	if err != nil {
		return nil, err
	}
	return backoffice.New(backoffice.Config{
		Accounts: a.Accounts, Sessions: account.NewSessions(a.Pool, account.Office), Policy: a.Policy,
		Registry: a.Registry, Sites: a.Out.Sites, Screens: screens.With(a.Rooms.Words), Open: a.OpenShop,
		Desks: a.desks(), Once: a.Redis.Once(), Count: counts, Brand: Brand, TestBank: a.Out.Bank != nil,
	}).Stack(base), nil
}
