package storefront

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
)

type refuseForm struct {
	Reason string `form:"reason"`
}

// quoteRefuseAsk asks before a quote is refused.
func (h *Handler) quoteRefuseAsk(c echo.Context, v *visit, b buyer) error {
	return h.refusePage(c, v, b, refuseForm{}, nil)
}

// quoteRefuse refuses it, and says why where that was written.
func (h *Handler) quoteRefuse(c echo.Context, v *visit, b buyer) error {
	of := checkedOf(c)
	f, err := web.Form[refuseForm](c)
	if err == nil {
		err = h.conf.Desk.RefuseQuote(c.Request().Context(), v.shop, v.visitor(b), of.quote, of.version, f.Reason)
	}
	switch {
	case unorderable(err):
		return h.backToQuote(c, v, of.quote, err)
	case err != nil:
		return h.refusePage(c, v, b, f, err)
	}
	web.AddFlash(c, web.Good, "storefront.quote_refused", nil)
	return seeOther(c, v.links.quote(of.quote))
}

func (h *Handler) refusePage(c echo.Context, v *visit, b buyer, f refuseForm, cause error) error {
	of, status := checkedOf(c), http.StatusOK
	s, err := h.conf.Desk.ShowQuote(c.Request().Context(), v.shop, of.quote)
	if err != nil {
		return err
	}
	if err := s.Quote.Orderable(of.version); err != nil {
		return h.backToQuote(c, v, of.quote, err)
	}
	at := func(l links) string { return l.quote(of.quote) + "/refuse/" + strconv.Itoa(of.version) }
	page := &view.QuoteRefusePage{
		Site: h.own(c, v, b, sheet{template: "quote_refuse", title: v.say("storefront.quote", map[string]any{"number": s.Quote.Number}), at: at}),
		Form: view.Form{Action: post(at(v.links))}, Number: s.Quote.Number, Back: v.links.quote(of.quote),
		Reason: view.Input{Name: "reason", Value: f.Reason},
	}
	if cause != nil {
		wrong, whole, err := v.refused(cause)
		if err != nil {
			return err
		}
		page.Reason.Error, page.Form.Error, status = wrong["reason"], whole, http.StatusUnprocessableEntity
	}
	return h.answer(c, v, status, "quote_refuse", page)
}
