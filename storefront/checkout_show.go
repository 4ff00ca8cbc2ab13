package storefront

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
)

// checkoutShow is the checkout, all steps on one page.
func (h *Handler) checkoutShow(c echo.Context, v *visit, b buyer) error {
	f := newCheckout(c, b)
	d, err := h.draft(c.Request().Context(), v, b, f)
	if err != nil {
		return err
	}
	return h.checkoutPage(c, v, b, f, d, refusedCheckout{})
}

// checkoutRefresh shows the page again with new fields and sums, and places nothing.
func (h *Handler) checkoutRefresh(c echo.Context, v *visit, b buyer) error {
	f, err := readCheckout(c)
	if err != nil {
		return h.refuseCheckout(c, v, b, f, err)
	}
	if f.Apply && f.Code != "" {
		return h.checkoutCode(c, v, b)
	}
	d, err := h.draft(c.Request().Context(), v, b, f)
	if err != nil {
		return err
	}
	return h.checkoutPage(c, v, b, f, d, refusedCheckout{})
}

// refusedCheckout is what was wrong with the form; empty when nothing was.
type refusedCheckout struct {
	fields map[string]string
	whole  string
	shown  string // the total the buyer saw when he ordered; he is told of another one with the rest
}

func (r refusedCheckout) status() int {
	if r.whole != "" || len(r.fields) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

func (h *Handler) checkoutPage(c echo.Context, v *visit, b buyer, f checkoutForm, d checkout.Draft, bad refusedCheckout) error {
	ctx := c.Request().Context()
	s, err := h.prepare(ctx, v, b, f.of, d)
	if errors.Is(err, cart.ErrEmpty) {
		return seeOther(c, v.links.cart())
	}
	if unorderable(err) {
		return h.backToQuote(c, v, f.of.quote, err)
	}
	if err != nil {
		return err
	}
	if !read(c.Request()) && s.Quote == nil || s.Foreign() {
		if err := h.remember(ctx, v, b, f.of, s); err != nil {
			return err
		}
	}
	v.rates = s.Lock.Rates
	if changed := s.Changed(bad.shown); changed != nil {
		bad.whole = strings.TrimSpace(bad.whole + " " + v.words.Explain(v.locale(), changed))
	}
	page := &view.CheckoutPage{Site: h.own(c, v, b, sheet{template: "checkout", title: v.say("storefront.checkout", nil),
		at: f.of.at})}
	if page.Checkout, err = v.checkoutView(s, f, bad); err != nil {
		return err
	}
	web.Allow(c, web.Sources{Form: h.conf.Banks})
	shownCookie.Set(c, f.Key+" "+s.Seen)
	return h.answer(c, v, bad.status(), "checkout", page)
}

// prepare is the checkout of the cart, or of a quote as its customer sees it.
func (h *Handler) prepare(ctx context.Context, v *visit, b buyer, of checked, d checkout.Draft) (*checkout.Sheet, error) {
	if of.quote == "" {
		return h.conf.Desk.Prepare(ctx, v.shop, v.visitor(b), b.cart, d)
	}
	s, err := h.conf.Desk.PrepareQuote(ctx, v.shop, v.visitor(b), of.quote, of.version, d)
	if err == nil {
		v.sees(s.Quote)
	}
	return s, err
}

// shownCookie holds the page's key and the total it showed last. The theme's script renews the sums of
// a page but not its hidden fields, so the total in the form may be older than what the buyer saw.
var shownCookie = web.Cookie{Name: "shown"}

// lastShown is the total the buyer saw last on the page of this key.
func lastShown(c echo.Context, f checkoutForm) string {
	value, _ := shownCookie.Get(c)
	if key, total, ok := strings.Cut(value, " "); ok && key == f.Key {
		return total
	}
	return f.Shown
}

// refuseCheckout shows the page again with what was wrong beside the fields. The total on it counts as seen from
// now on, so one that has changed is told with the rest.
func (h *Handler) refuseCheckout(c echo.Context, v *visit, b buyer, f checkoutForm, cause error) error {
	fields, whole, err := v.refused(cause)
	if err != nil {
		return err
	}
	d, err := h.draft(c.Request().Context(), v, b, f)
	if err != nil {
		return err
	}
	bad := refusedCheckout{fields: fields, whole: whole, shown: lastShown(c, f)}
	if errors.Is(cause, checkout.ErrTotalChanged) || errors.Is(cause, checkout.ErrDueChanged) || errors.Is(cause, checkout.ErrTaxChanged) { // told already
		bad.shown = ""
	}
	return h.checkoutPage(c, v, b, f, d, bad)
}
