package operator

import (
	"context"
	"embed"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/advisory"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/fleet/signup"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/fleet/wanted"
)

// Locales holds the words of the console.
//
//go:embed locales/*.json
var Locales embed.FS

// Jobs is the part of jobs.Desk that the console shows.
type Jobs interface {
	List(ctx context.Context, f jobs.Filter) ([]jobs.Info, error)
	Counts(ctx context.Context) (map[jobs.State]int, error)
	Retry(ctx context.Context, id int64) error
}

// Config is what the console needs.
type Config struct {
	Accounts *account.Accounts
	Sessions web.SessionStore // account.NewSessions(pool, account.Console)
	Policy   *authz.Policy
	Registry *registry.Registry
	Plans    *plan.Plans
	Journal  *audit.Journal
	Toggle   *signup.Toggle
	Advisory *advisory.Board
	Wanted   *wanted.Wanted
	Jobs     Jobs
	Checks   []web.Check // what the process needs, shown on the first page
	Screens  *screen.Screens
	Sites    sites.Sites
	Brand    string
	// Stopped counts the attempts to pay that were just not let through, in all shops, because cards are being tried
	// (SEC-04); nil shows no figure.
	Stopped func(context.Context) int
	// Latest is the newest version of a shop's schema.
	Latest int
}

// Surface is the console.
type Surface struct{ Config }

// New makes the console.
func New(conf Config) *Surface { return &Surface{conf} }

// A session of the console ends sooner than one of a merchant: it can do more.
const (
	sessionIdle = 2 * time.Hour
	sessionLife = 12 * time.Hour
)

// signInPath is where those without a session are sent.
const signInPath = "/sign-in"

// Stack makes the echo of this surface; base brings log and clock.
func (s *Surface) Stack(base web.Options) *echo.Echo {
	e, _ := s.build(base)
	return e
}

func (s *Surface) build(base web.Options) (*echo.Echo, *web.Routes) {
	base.Surface, base.SignIn, base.ErrorPage = web.Console, signInPath, s.errorPage
	base.Sessions = &web.Sessions{
		Cookie: web.Cookie{Name: "console"}, Store: web.OneStore(s.Config.Sessions), Idle: sessionIdle, Life: sessionLife,
	}
	base.Actor, base.Guard = s.actor, s.guard
	e := web.New(base)
	routes := web.Guarded(e)
	s.routes(routes)
	return e, routes
}
