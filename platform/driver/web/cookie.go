package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// Cookie declares a cookie once; Set, Get and Clear give it the name and scope
// that are right for the place of the request:
//
//	own origin, https   __Host-name, Path=/, Secure
//	own origin, http    name, Path=/            (local use)
//	shared origin       name, Path=/demo.shop/, Secure under https
//
// All are SameSite=Lax and, unless Readable, HttpOnly.
type Cookie struct {
	Name string
	TTL  time.Duration // zero: until the browser closes
	// Readable lets scripts of the page read it. It must hold no secret.
	Readable bool
}

// maxCookie is what every browser stores per cookie, name and attributes
// included (RFC 6265, section 6.1).
const maxCookie = 4096

// Set sends the cookie. It panics when the value does not fit into a cookie,
// because a browser would drop it silently.
func (k Cookie) Set(c echo.Context, value string) {
	out := k.scoped(c)
	out.Value = url.PathEscape(value)
	if k.TTL > 0 {
		out.MaxAge = int(k.TTL / time.Second)
	}
	if len(out.String()) > maxCookie {
		panic("web: cookie " + k.Name + " is larger than browsers keep")
	}
	send(c, out)
}

// Get reads the cookie. When the browser sends two different values under the
// name, one of them was planted from a sibling host or another path, and
// neither is believed.
func (k Cookie) Get(c echo.Context) (string, bool) {
	found, first := false, ""
	for _, in := range c.Request().CookiesNamed(k.scoped(c).Name) {
		if found && in.Value != first {
			return "", false
		}
		found, first = true, in.Value
	}
	if !found {
		return "", false
	}
	value, err := url.PathUnescape(first)
	return value, err == nil
}

// Clear removes the cookie from the browser.
func (k Cookie) Clear(c echo.Context) {
	out := k.scoped(c)
	out.MaxAge = -1
	send(c, out)
}

// send replaces what this answer already says about the cookie.
func send(c echo.Context, out *http.Cookie) {
	h := c.Response().Header()
	h["Set-Cookie"] = slices.DeleteFunc(h["Set-Cookie"], func(line string) bool {
		return strings.HasPrefix(line, out.Name+"=")
	})
	c.SetCookie(out)
}

func (k Cookie) scoped(c echo.Context) *http.Cookie {
	x := exchangeOf(c)
	secure := x.request.Scheme == "https"
	out := &http.Cookie{
		Name: k.Name, Path: x.place.Base + "/", Secure: secure, HttpOnly: !k.Readable, SameSite: http.SameSiteLaxMode,
	}
	if secure && x.place.ownOrigin() {
		out.Name = "__Host-" + k.Name
	}
	return out
}
