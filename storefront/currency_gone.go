package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/currency"
)

// gone is the currency a visitor chose that prices are shown in no longer: the merchant took it off, or its days are
// over. The zero value is none.
func gone(chosen string, shown currency.Display) money.Currency {
	if chosen == "" || chosen == shown.Currency.Code() {
		return money.Currency{}
	}
	c, err := money.ParseCurrency(chosen)
	if err != nil || c == shown.Currency {
		return money.Currency{} // nobody chose that
	}
	return c
}

// opens tells that the answer will be looked at as a page: it is not fetched by a script, which shows parts of it
// only, nor by a browser beforehand.
func opens(r *http.Request) bool {
	mode := r.Header.Get("Sec-Fetch-Mode")
	return r.Method != http.MethodHead && r.Header.Get("X-Requested-With") == "" && r.Header.Get("Sec-Purpose") == "" &&
		(mode == "" || mode == "navigate")
}

// misses tells that a page for everybody is the first with prices this visitor opens since his currency has gone: it
// is made for him, with a message, and kept by nobody. A page without prices leaves the message to the next.
func (h *Handler) misses(c echo.Context, a *arrival) bool {
	if a.display == "" || !a.prices || !opens(c.Request()) {
		return false
	}
	v, err := h.here(c)
	return err == nil && len(v.goneFlash(c)) > 0
}

// goneFlash is the message on a page for everybody; none where it shows no prices to this visitor.
func (v *visit) goneFlash(c echo.Context) []view.Flash {
	text := v.goneText()
	if text == "" || !v.prices || v.profile.undecided || !opens(c.Request()) {
		return nil
	}
	return []view.Flash{{Kind: tones[web.Note], Text: text}}
}

// goneText tells him, in his language; "" where there is nothing to tell.
func (v *visit) goneText() string {
	if v.gone.IsZero() {
		return ""
	}
	return v.say("storefront.currency_gone", map[string]any{"gone": v.gone.Code(), "now": v.display.Currency.Code()})
}

// tellGone tells him on a page for him alone, once: from now on he is as somebody who never chose. The message is one
// of those on top, or stands in the part of the page that a script shows.
func (v *visit) tellGone(c echo.Context, site *view.Site) {
	text := v.goneText()
	if text == "" {
		return
	}
	preference.Clear(c)
	if fromScript(c) {
		v.notice = text
		return
	}
	site.Flash = append(site.Flash, view.Flash{Kind: tones[web.Note], Text: text})
}
