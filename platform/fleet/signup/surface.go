package signup

import (
	"context"
	"embed"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/fleet/sites"
)

// Locales holds the words of the pages.
//
//go:embed locales/*.json
var Locales embed.FS

// plans is where the home page reads what each plan holds.
type plans interface {
	List(ctx context.Context) ([]plan.Plan, error)
}

// Config is what the pages need.
type Config struct {
	Desk    *Desk
	Toggle  *Toggle
	Plans   plans
	Screens *screen.Screens
	Sites   sites.Sites
	Brand   string
	// Demo is the slug of a shop to look at; "" offers none.
	Demo string
}

// Surface is the platform host's pages.
type Surface struct{ Config }

// New makes the surface.
func New(conf Config) *Surface { return &Surface{conf} }

// Stack makes the echo of this surface; base brings log and clock.
func (s *Surface) Stack(base web.Options) *echo.Echo {
	base.Surface, base.ErrorPage = web.Platform, s.ErrorPage
	e := web.New(base)
	s.routes(e)
	return e
}

// routes is the table of contents.
func (s *Surface) routes(e *echo.Echo) {
	e.GET("/", s.home)
	e.GET("/sign-up", s.home)
	e.POST("/sign-up", s.open)
	e.GET("/sign-up/sent", s.sent)
	e.GET("/help", s.help)
	e.GET("/terms", s.terms)
	e.GET("/robots.txt", s.robots)
	e.GET(ui.AssetPrefix+"*", screen.Assets())
}

// public is the frame around every page.
func (s *Surface) public(v ui.View, meta ui.Meta) ui.Public {
	meta.Site = s.Brand
	return ui.Public{
		Meta:    meta,
		Brand:   ui.Brand{Name: s.Brand, Href: "/"},
		Links:   []ui.Action{{Label: v.T("signup.help.title"), Href: "/help"}},
		Actions: []ui.Action{{Label: v.T("signup.sign_in"), Href: s.Sites.Office() + "/", Icon: ui.IconLogin}},
		Foot: []ui.Action{
			{Label: v.T("signup.help.title"), Href: "/help"},
			{Label: v.T("signup.terms.title"), Href: "/terms"},
		},
		Note: s.Brand,
	}
}

// ErrorPage shows a problem in the frame of these pages, also for the front of the stack.
func (s *Surface) ErrorPage(c echo.Context, p web.Problem) error {
	v := s.Screens.View(c)
	page := s.public(v, ui.Meta{Title: v.T("signup.error.title")})
	return screen.Show(c, p.Status, problemPage(v, page, words(v, p), p.Reference))
}

// words puts a problem into the reader's language, by its kind when there are no better ones.
func words(v ui.View, p web.Problem) string {
	if text := v.T(p.Key, ui.Args(p.Args)); text != p.Key {
		return text
	}
	return v.T("error.internal")
}
