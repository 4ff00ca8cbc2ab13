package home

import (
	"context"
	"embed"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/seed"
)

// Locales holds the words of the desk.
//
//go:embed locales/*.json
var Locales embed.FS

// Letters sends a person a link; account.Accounts does.
type Letters interface {
	SendLink(ctx context.Context, email string, p account.Purpose) error
}

// Samples are articles that make an empty shop worth looking at; seed.Samples are.
type Samples interface {
	// Count is how many are left.
	Count(tx tenant.Tx) (int, error)
	// Add brings those of the shop's trade in. Errors: a fault of kind Quota when they do not fit.
	Add(ctx context.Context, shop *tenant.Shop, who tenant.Actor) error
	// Remove takes them all out, without a trace.
	Remove(ctx context.Context, shop *tenant.Shop, who tenant.Actor) error
}

// Config is what the desk needs.
type Config struct {
	Letters Letters
	Samples Samples // nil offers none
}

// Desk is the first page of one shop at a time.
type Desk struct{ Config }

// New makes the desk.
func New(conf Config) *Desk { return &Desk{conf} }

// Routes writes the desk's lines into the table of contents.
func (d *Desk) Routes(r *web.Routes) {
	r.GET("", d.show, web.Can("home.view"))
	r.GET("/", toHome, web.Can("home.view"))
	r.GET("/welcome", d.welcome, web.Can("settings.edit"))
	r.POST("/welcome", d.answer, web.Can("settings.edit"))
	r.POST("/welcome/skip", d.skip, web.Can("settings.edit"))
	r.POST("/welcome/confirm", d.confirm, web.Can("home.view"))
	r.POST("/samples/add", d.addSamples, web.Can("articles.import"))
	r.GET("/samples", d.askSamples, web.Can("articles.delete"))
	r.POST("/samples", d.removeSamples, web.Can("articles.delete"))
}

// toHome leads to the one address of the page.
func toHome(c echo.Context) error {
	return c.Redirect(http.StatusPermanentRedirect, desk.Here(c).Href(""))
}

var (
	_ desk.Desk = (*Desk)(nil)
	_ Letters   = (*account.Accounts)(nil)
	_ Samples   = (*seed.Samples)(nil)
)
