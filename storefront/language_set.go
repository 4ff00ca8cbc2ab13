package storefront

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/customer"
)

// chosenLanguage is the cookie with the language a visitor asked to be remembered, the shop's main one
// included: who has chosen it is offered no other. It is looked at in one place, the shop's root, which
// names no language, and only for those who come from elsewhere; every other page has its language in
// its address and is the same for everybody.
var chosenLanguage = web.Cookie{Name: "language", TTL: yearLong}

type languageForm struct {
	Language string `form:"language"`
	Back     string `form:"back"`
}

// languageSet remembers a language for the next visit, a customer's with his account, and goes back to
// the page (ORD-01). What is not offered changes nothing.
func (h *Handler) languageSet(c echo.Context) error {
	form, err := web.Form[languageForm](c)
	if err != nil {
		return err
	}
	v, err := h.here(c)
	if err != nil {
		return err
	}
	if l := i18n.Locale(form.Language); slices.Contains(v.locales(), l) {
		chosenLanguage.Set(c, form.Language)
		b, err := h.buyer(c)
		if err != nil {
			return err
		}
		if !b.guest() {
			if _, err := h.conf.Accounts.Change(c.Request().Context(), v.shop, b.customer, customer.Patch{Locale: &l}); err != nil {
				return err
			}
		}
	}
	return seeOther(c, v.safe(form.Back))
}

// bringLanguage gives a browser in which nobody has chosen a language that of the account.
func (v *visit) bringLanguage(c echo.Context, l i18n.Locale) {
	if _, chosen := chosenLanguage.Get(c); !chosen && slices.Contains(v.locales(), l) {
		chosenLanguage.Set(c, string(l))
	}
}

// rootIn leads from the shop's root to the first page in the language the visitor chose last time. A
// language the shop no longer speaks is forgotten, and its page is the root.
func (h *Handler) rootIn(c echo.Context, a *arrival, otherwise echo.HandlerFunc) error {
	v, err := h.here(c)
	if err != nil {
		return err
	}
	if a.language == v.main() {
		return otherwise(c)
	}
	head := c.Response().Header()
	if l := a.language; slices.Contains(v.locales(), l) {
		head.Set("Cache-Control", "private, no-store")
		return c.Redirect(http.StatusFound, v.links.in(l).home()+a.search)
	}
	chosenLanguage.Clear(c)
	c.Response().Before(func() { head.Set("Cache-Control", "private, no-store") }) // the answer carries a cookie
	return otherwise(c)
}

// fromOutside tells whether the request does not come from a page of this origin: whoever follows a
// link to the root inside the shop means the root, and could not leave his language otherwise.
func fromOutside(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "same-origin":
		return false
	case "": // an old browser
		from, err := url.Parse(r.Referer())
		return err != nil || from.Host != r.Host
	}
	return true
}

// atRoot tells whether the address is the shop's own and names no language.
func (a *arrival) atRoot() bool { return a.locale == "" && (a.path == "/" || a.path == "") }
