package storefront

import (
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/profile"
)

// guise is as which customer somebody sees the shop.
type guise struct {
	*profile.Profile
	// undecided has yet to say who he is: no price is shown to him (PROF-06).
	undecided bool
	// opened is a private profile that a guest opened with a shared code, and may give up.
	opened bool
}

// profileCookie holds the public profile a visitor declared, or memberMark. It proves nothing: a public
// profile is anybody's to declare, and a private one is believed only of a session.
var profileCookie = web.Cookie{Name: "profile", TTL: yearLong}

// memberMark is what the cookie of a customer with a private profile says: his pages are not those that
// are kept for everybody.
const memberMark = "~"

// undecidedKey is the profile in the key of a page without prices; no code looks like it.
const undecidedKey = "?"

// guise is as whom a page for everybody is drawn for a visitor, as far as the request alone tells.
func (a *arrival) guise(b *profile.Book) guise {
	if p, ok := b.FindPublic(profile.Code(a.declared)); ok {
		return guise{Profile: p}
	}
	asks := b.Asks()
	return guise{Profile: b.Find(profile.Anonymous), undecided: asks != profile.Never && !a.member() && !isCrawler(a.agent)}
}

// member tells that somebody says he has a private profile.
func (a *arrival) member() bool { return a.declared == memberMark }

// key is the guise as a part of the key of a page.
func (g guise) key() string {
	if g.undecided {
		return undecidedKey
	}
	return g.Priced()
}

// as settles as whom a visitor is served whose session is known: first what the merchant gave him, then
// what he declared.
func (v *visit) as(b buyer) {
	book := v.rules().Profiles
	if p := book.Find(b.profile); b.profile != "" && p.Code == b.profile {
		v.wear(guise{Profile: p, opened: b.guest() && p.Kind == profile.KindPrivate})
		return
	}
	v.wear(v.guise(book))
}

func (v *visit) wear(g guise) { v.profile, v.sides = g, g.View(v.rules().View) }

// markMember keeps the browser's mark in step with its session, so that its pages come from memory exactly
// as long as they may.
func (v *visit) markMember(c echo.Context) {
	private := v.profile.Kind == profile.KindPrivate
	switch {
	case private && !v.member():
		profileCookie.Set(c, memberMark)
	case !private && v.member():
		profileCookie.Clear(c)
	}
}

// isCrawler tells search engines and the readers of link previews by how they introduce themselves: they
// are asked nothing and see what anonymous buyers see (PROF-06).
func isCrawler(agent string) bool {
	agent = strings.ToLower(agent)
	for _, word := range crawlers {
		if strings.Contains(agent, word) {
			return true
		}
	}
	return false
}

// crawlers are words by which programs that read for search engines and previews can be known.
var crawlers = []string{"bot", "crawl", "spider", "slurp", "facebookexternalhit", "embedly", "whatsapp", "preview", "google-inspectiontool"}
