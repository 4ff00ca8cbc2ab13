package router

import (
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/fleet/sites"
	"echoppe.dev/platform/kit/clock"
)

// previewParam carries a preview link's proof; it is long so that no shop's own parameter has its
// name.
const previewParam = "echoppe-preview"

// previewCookie keeps the proof once the link was followed.
var previewCookie = web.Cookie{Name: "preview"}

// Signer is the part of secret.Ring that previews need.
type Signer interface {
	Sign(purpose, subject string, expires time.Time) string
	Verify(purpose, signed string, now time.Time) (string, error)
}

// Previews makes and checks links that lead into a draining shop. A link is signed for the shop
// and for the current value of Maintenance.Preview, and void once either is another.
type Previews struct {
	signer Signer
	sites  sites.Sites
	clock  clock.Clock
}

// NewPreviews signs with s.
func NewPreviews(s Signer, where sites.Sites, c clock.Clock) *Previews {
	return &Previews{s, where, c}
}

// Link is the shop's address with a proof that lasts for ttl.
func (p *Previews) Link(shop *registry.Shop, ttl time.Duration) string {
	proof := p.signer.Sign(previewPurpose(shop), shop.Maintenance.Preview, p.clock.Now().Add(ttl))
	return p.sites.Shop(shop) + "/?" + previewParam + "=" + url.QueryEscape(proof)
}

func previewPurpose(shop *registry.Shop) string { return secret.Context(shop.ID.String(), "preview") }

// accept turns a followed link into a cookie and returns the address without the proof, so that it
// is neither copied nor sent on as a referrer. A bad link is an ordinary request.
func (p *Previews) accept(c echo.Context, at Place, shop *registry.Shop) (to string, ok bool) {
	raw := c.Request().URL.RawQuery
	if p == nil || raw == "" {
		return "", false
	}
	query, err := url.ParseQuery(raw)
	if err != nil || !query.Has(previewParam) || !p.valid(shop, query.Get(previewParam)) {
		return "", false
	}
	previewCookie.Set(c, query.Get(previewParam))
	query.Del(previewParam)
	to = at.Base + at.Path
	if len(query) > 0 {
		to += "?" + query.Encode()
	}
	return to, true
}

// holds tells whether the visitor followed a link that still counts.
func (p *Previews) holds(c echo.Context, shop *registry.Shop) bool {
	if p == nil {
		return false
	}
	proof, ok := previewCookie.Get(c)
	return ok && p.valid(shop, proof)
}

func (p *Previews) valid(shop *registry.Shop, proof string) bool {
	subject, err := p.signer.Verify(previewPurpose(shop), proof, p.clock.Now())
	return err == nil && subject == shop.Maintenance.Preview
}

var _ Signer = (*secret.Ring)(nil)
