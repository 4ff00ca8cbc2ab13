package storefront

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/router"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// arrival is what the address of a request says, before anything was read. It is put on the request
// once.
type arrival struct {
	visit   router.Visit
	shop    *tenant.Shop
	version int64 // of the pages, taken before anything is read
	base    string
	locale  i18n.Locale // the language of the path, "" for none
	path    string      // without base and language
	query   url.Values  // known fields only
	search  string      // query encoded, "?" included, "" for none
	display string      // the display currency the visitor's cookie asks for
	// declared is the profile his cookie names, agent how his browser introduces itself.
	declared, agent string
	prices          bool // the page has prices
	// language is what the visitor asked to be remembered, known only of one who comes from elsewhere to
	// the shop's root; wants is what his browser prefers (Accept-Language), if he asked for nothing.
	language i18n.Locale
	wants    string
	client   netip.Addr // where the request came from
	failed   error      // why shop or version could not be had
}

// preference is the cookie with the display currency; scripts may read it.
var preference = web.Cookie{Name: "currency", TTL: yearLong, Readable: true}

// arrive reads the address. c belongs to the request as the router handed it over.
func (h *Handler) arrive(c echo.Context) *arrival {
	r := c.Request()
	a := &arrival{visit: web.Get[router.Visit](c), base: web.PlaceOf(c).Base, client: web.RequestOf(c).IP}
	if a.shop, a.failed = h.shops.open(a.visit); a.failed == nil {
		a.version, a.failed = a.shop.Version(r.Context())
	}
	a.locale, a.path = splitLocale(r.URL.Path)
	if r.URL.RawQuery != "" {
		a.query = knownFields(r.URL.RawQuery)
		if text := a.query.Encode(); text != "" {
			a.search = "?" + text
		}
	}
	a.agent = r.UserAgent()
	entering := a.atRoot() && fromOutside(r)
	if len(r.Header["Cookie"]) > 0 {
		a.display, _ = preference.Get(c)
		a.declared, _ = profileCookie.Get(c)
		if entering {
			l, _ := chosenLanguage.Get(c)
			a.language = i18n.Locale(l)
		}
	}
	if entering && a.language == "" {
		a.wants = r.Header.Get("Accept-Language")
	}
	return a
}

// maxQuery is more than any form of ours sends by GET; what is longer is read as far as it goes.
const maxQuery = 2048

// knownFields keeps what our pages ask about, so that a link with somebody's campaign in it is the
// same page: page numbers, orders, searches, choices (o_), filters (f_).
func knownFields(raw string) url.Values {
	if len(raw) > maxQuery {
		raw = raw[:maxQuery]
	}
	values, _ := url.ParseQuery(raw) // what can be read of it
	for name, list := range values {
		list = slices.DeleteFunc(list, func(v string) bool { return v == "" || !utf8.ValidString(v) || strings.ContainsRune(v, 0) })
		if len(list) == 0 || !isKnownField(name) {
			delete(values, name)
			continue
		}
		values[name] = list
	}
	return values
}

func isKnownField(name string) bool {
	switch name {
	case "q", "page", "sort", "price_min", "price_max", "sent":
		return true
	}
	return utf8.ValidString(name) && !strings.ContainsRune(name, 0) && (strings.HasPrefix(name, "o_") || strings.HasPrefix(name, "f_"))
}

// without is the request with the language taken off its path, for the routes.
func (a *arrival) without(r *http.Request) *http.Request {
	if a.locale == "" {
		return r
	}
	stripped := *r
	u := *r.URL
	prefix := "/" + string(a.locale)
	u.Path, u.RawPath = orRoot(a.path), strings.TrimPrefix(u.RawPath, prefix)
	stripped.URL = &u
	return &stripped
}

// read tells whether the request only looks.
func read(r *http.Request) bool { return r.Method == http.MethodGet || r.Method == http.MethodHead }
