package storefront

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

// visit is one reader in one shop: everything a view needs to know about the circumstances.
type visit struct {
	*arrival
	face    *face
	words   *i18n.Catalog
	squares squares
	links   links
	display currency.Display
	rates   currency.Rates // to the display currency; in a checkout those it began with
	profile guise
	sides   pricing.View // on which amounts are shown to this reader
	now     time.Time
	gone    money.Currency // the one he chose, where prices are in it no longer (currency_gone.go)
	flash   []view.Flash   // of a page for everybody that is made for him alone
	notice  string         // what a part of the page that a script shows begins with
	// until is when the page will change by itself; zero for never.
	until time.Time
}

// errNoPage is the answer to an address that leads nowhere.
var errNoPage = fault.New(fault.NotFound, "error.not_found")

// moved is the answer to an address that has another form: 301.
type moved struct{ to string }

func (m *moved) Error() string { return "moved to " + m.to }

// visit joins the address with the shop's face. Errors: errNoPage for a language the shop does not
// serve; *moved for the main language with a prefix, and for a final slash.
func (h *Handler) visit(a *arrival, f *face, now time.Time) (*visit, error) {
	v := &visit{arrival: a, face: f, words: h.words, now: now, squares: h.squares}
	v.display = f.settings.Rules().Display(a.display, now)
	v.gone = gone(a.display, v.display)
	v.rates = v.rules().Rates
	v.wear(a.guise(v.rules().Profiles))
	v.links = links{base: a.base, canonical: a.visit.Canonical, locale: f.main(), main: f.main()}
	if a.locale == "" {
		return v, v.tidy()
	}
	if !f.settings.Languages.Serves(a.locale) {
		return v, errNoPage
	}
	if v.links.locale = a.locale; a.locale == f.main() {
		return v, &moved{v.links.to(orRoot(a.path)) + a.search}
	}
	return v, v.tidy()
}

// tidy sends "/de" to "/de/" and "/cart/" to "/cart".
func (v *visit) tidy() error {
	clean := orRoot(strings.TrimRight(v.path, "/"))
	if clean == v.path {
		return nil
	}
	return &moved{v.links.to(clean) + v.search}
}

func orRoot(path string) string {
	if path == "" {
		return "/"
	}
	return path
}

// here is the visit of a request to a personal page or an action.
func (h *Handler) here(c echo.Context) (*visit, error) {
	a := web.Get[*arrival](c)
	f, err := h.faceOf(c.Request().Context(), a.shop, a.version)
	if err != nil {
		return nil, err
	}
	v, err := h.visit(a, f, h.conf.Clock.Now())
	if m := (*moved)(nil); asMoved(err, &m) && !read(c.Request()) {
		return v, nil // what is posted to an untidy address is served there
	}
	return v, err
}

func (v *visit) settings() *settings.Settings { return v.face.settings }
func (v *visit) rules() *settings.Rules       { return v.face.settings.Rules() }
func (v *visit) locale() i18n.Locale          { return v.links.locale }
func (v *visit) main() i18n.Locale            { return v.links.main }

// ask is the reader's question for prices.
func (v *visit) ask() pricelist.Ask {
	return pricelist.Ask{Profile: profile.Code(v.profile.Priced()), Currency: v.display.Currency, Rates: v.rates, At: v.now}
}

// say is a message of the catalogue in the reader's language.
func (v *visit) say(key string, args map[string]any) string {
	return v.words.T(v.locale(), key, args)
}

// locales are the languages the shop serves, the main one first.
func (v *visit) locales() []i18n.Locale { return v.face.locales() }

// self is the address of this page, language and known query fields included.
func (v *visit) self() string { return v.links.to(orRoot(v.path)) + v.search }

// changesAt notes that something on the page is another at t.
func (v *visit) changesAt(t time.Time) {
	if t.After(v.now) && (v.until.IsZero() || t.Before(v.until)) {
		v.until = t
	}
}

// seeOther answers a POST.
func seeOther(c echo.Context, to string) error { return c.Redirect(http.StatusSeeOther, to) }
