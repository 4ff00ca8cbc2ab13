package web

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"

	"github.com/labstack/echo/v4"
)

// securityHeaders puts the headers of the surface on the answer before anyone
// can write it. Enter, Allow and Nonce write them again when they change.
func securityHeaders(o Options) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			x := exchangeOf(c)
			changed := !x.steps.headed
			x.steps.headed = true
			if o.Surface != Undecided && o.Surface != x.place.Surface {
				x.place.Surface = o.Surface
				changed = true
			}
			if !o.Sources.empty() {
				x.sources = x.sources.and(o.Sources)
				changed = true
			}
			if changed {
				x.dress(c.Response().Header())
			}
			return next(c)
		}
	}
}

// header is one answer header, its value ready to be put into the map. The
// slice is shared by all answers: its capacity is its length, so an Add copies.
type header struct {
	name  string
	value []string
}

// compile lists the headers of the policy when nothing is added to it.
func (p *policy) compile() []header {
	return []header{
		{"Content-Security-Policy", []string{p.contentSecurity(Sources{}, "")}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Referrer-Policy", []string{p.referrer}},
		{"Permissions-Policy", []string{p.permissions}},
		{"Cross-Origin-Opener-Policy", []string{p.opener}},
		{"Cross-Origin-Resource-Policy", []string{sameOrigin}},
		{"Origin-Agent-Cluster", []string{"?1"}},
		{"Cache-Control", []string{p.cache}},
	}
}

// dress writes the security headers of the place, additions included.
func (x *exchange) dress(h http.Header) {
	p, known := policies[x.place.Surface]
	if !known {
		p = policies[Platform]
	}
	x.policy = p
	for _, line := range p.plain {
		h[line.name] = line.value
	}
	if x.nonce != "" || !x.sources.empty() {
		h.Set("Content-Security-Policy", p.contentSecurity(x.sources, x.nonce))
		h.Set("Permissions-Policy", p.allowed(x.sources))
	}
	if x.nonce != "" {
		h.Set("Cache-Control", noStore)
	}
	if x.request.Scheme == "https" {
		h.Set("Strict-Transport-Security", p.hsts)
	}
}

// Allow lets this one response use more origins. It must be called before the
// response is written and panics on a source that is not an origin: check what
// merchants type with Sources.Check when it is saved.
func Allow(c echo.Context, s Sources) {
	if err := s.Check(); err != nil {
		panic("web: " + err.Error())
	}
	x := exchangeOf(c)
	x.sources = x.sources.and(s)
	x.dress(c.Response().Header())
}

// Nonce returns the nonce of this response, for a script or style element that
// cannot be a file. A response with a nonce is never stored by any cache.
func Nonce(c echo.Context) string {
	x := exchangeOf(c)
	if x.nonce == "" {
		var raw [16]byte
		rand.Read(raw[:]) // never fails: crypto/rand ends the program instead
		x.nonce = base64.RawStdEncoding.EncodeToString(raw[:])
		x.dress(c.Response().Header())
	}
	return x.nonce
}
