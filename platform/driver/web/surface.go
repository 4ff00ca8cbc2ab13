package web

import "github.com/labstack/echo/v4"

// Surface says whose pages a request is for; it decides the security headers,
// the default caching and the size of bodies.
type Surface string

const (
	// Undecided leaves the surface to the router; until it speaks, the policy
	// of Platform holds.
	Undecided Surface = ""
	// Platform is the shared host: sign-up, help, addresses that are nobody's.
	Platform Surface = "platform"
	// ShopPath is a shop at a path of the shared host, without own scripts.
	ShopPath Surface = "shop_path"
	// ShopOrigin is a shop on its own sub-domain or domain.
	ShopOrigin Surface = "shop_origin"
	// Office is the merchants' back office.
	Office Surface = "office"
	// Console is the operators' console.
	Console Surface = "console"
	// Mailbox is the viewer of captured mail.
	Mailbox Surface = "mailbox"
	// Sandbox is markup written by strangers, shown only inside a frame: a
	// captured mail, the preview of a page. No script runs and no form is sent.
	Sandbox Surface = "sandbox"
	// Notice is for machines: notices of banks, webhooks. No session and no
	// check of the origin.
	Notice Surface = "notice"
)

// Place is where the router found the request to belong.
type Place struct {
	Surface Surface
	// Base is the path under which the surface lives, "/demo.shop" or "". It
	// has been stripped from the request and is put before every link.
	Base string
}

// Enter is called by the router once it knows where the request belongs.
func Enter(c echo.Context, p Place) {
	x := exchangeOf(c)
	if p.Surface == Undecided {
		p.Surface = x.place.Surface
	}
	if x.place == p && x.steps.headed {
		return
	}
	x.place = p
	x.dress(c.Response().Header())
}

// PlaceOf returns where the request belongs.
func PlaceOf(c echo.Context) Place { return exchangeOf(c).place }

// URL is the address of a path of the current surface: "/cart" becomes
// "/demo.shop/cart" in a path-addressed shop.
func URL(c echo.Context, path string) string { return exchangeOf(c).place.Base + path }

// AbsoluteURL is URL with the origin in front, for mails and canonical links.
func AbsoluteURL(c echo.Context, path string) string {
	x := exchangeOf(c)
	return x.request.Origin() + x.place.Base + path
}

// ownOrigin reports whether no stranger shares the origin of this place.
func (p Place) ownOrigin() bool { return p.Base == "" }
