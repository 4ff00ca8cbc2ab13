package backoffice

import (
	"embed"
	"io/fs"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/kv"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/tenant"
)

// Locales holds the words of the entrance.
//
//go:embed locales/*.json
var Locales embed.FS

// Config is what the office needs.
type Config struct {
	Accounts *account.Accounts
	Sessions web.SessionStore // account.NewSessions(pool, account.Office)
	Policy   *authz.Policy
	Registry *registry.Registry
	Sites    sites.Sites
	Screens  *screen.Screens
	// Open binds a row of the registry to its shop.
	Open func(*registry.Shop) (*tenant.Shop, error)
	// Desks are the parts of a shop's office.
	Desks []desk.Desk
	// Once remembers the forms that were sent; kv.Client.Once().
	Once *kv.Once
	// Count gives the figures beside the navigation; nil gives none.
	Count desk.Counter
	Brand string
	// TestBank says that orders are paid with the pretend bank, which a ribbon then tells.
	TestBank bool
}

// Office is the back office.
type Office struct{ Config }

// New makes the office.
func New(conf Config) *Office { return &Office{conf} }

// A merchant's day is long; a stolen laptop's is not.
const (
	sessionIdle = 24 * time.Hour
	sessionLife = 30 * 24 * time.Hour
)

// Words lists the sources of the office's words, for screen.New.
func Words() []fs.FS { return []fs.FS{Locales} }

// Stack makes the echo of this surface; base brings log and clock.
func (o *Office) Stack(base web.Options) *echo.Echo {
	e, _ := o.Build(base)
	return e
}

// Build is Stack with the table of contents, for the test that every route has its permission.
func (o *Office) Build(base web.Options) (*echo.Echo, *web.Routes) {
	base.Surface, base.SignIn, base.ErrorPage = web.Office, signInPath, o.errorPage
	base.Sessions = &web.Sessions{
		Cookie: web.Cookie{Name: "office"}, Store: web.OneStore(o.Config.Sessions), Idle: sessionIdle, Life: sessionLife,
	}
	base.Actor, base.Guard = o.enter, o.guard
	e := web.New(base)
	e.GET(ui.AssetPrefix+"*", screen.Assets())
	routes := web.Guarded(e)
	o.routes(routes)
	return e, routes
}
