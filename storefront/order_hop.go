package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// orderHop is the step from an order to the bank's page, behind the order's signed link: it may be
// reloaded and come back to, and always leads to the attempt that is open. When none is, the order
// says how it stands.
func (h *Handler) orderHop(c echo.Context, v *visit, b buyer) error {
	plain := c.QueryParam("plain") != ""
	placed, err := h.conf.Desk.Resume(c.Request().Context(), v.shop, v.visitor(b), unpackLink(c.Param("link")), plain)
	if err != nil {
		return err
	}
	if placed.Unstarted != nil {
		h.bankAway(c, placed)
		return seeOther(c, v.links.order(placed.Link))
	}
	if placed.Instead != "" { // another bank took over: its page is opened at the same address
		insteadOf(c, placed)
		again := v.links.hop(placed.Link)
		if plain {
			again += "?plain=1"
		}
		return seeOther(c, again)
	}
	switch next := placed.Next.(type) {
	case payment.Redirect:
		if h.leadsTo(next.URL) {
			return seeOther(c, next.URL)
		}
		return h.hop(c, v, b, placed, getForm(next.URL))
	case payment.FormPost:
		hop := &view.Hop{Method: "post", Action: view.Action{URL: next.URL}}
		for _, f := range next.Fields {
			hop.Action.Hidden = append(hop.Action.Hidden, view.Hidden{Name: f.Name, Value: f.Value})
		}
		return h.hop(c, v, b, placed, hop)
	case payment.Concluded:
		return seeOther(c, v.links.status(next.Payment, placed.Link))
	case payment.Embedded:
		return h.embed(c, v, b, placed, next)
	case payment.Sealed:
		return h.cardShow(c, v, placed.Link, http.StatusOK, "")
	}
	return seeOther(c, v.links.order(placed.Link))
}

// hop is the page with the one button that leads to the bank.
func (h *Handler) hop(c echo.Context, v *visit, b buyer, placed *checkout.Placed, hop *view.Hop) error {
	origin, ok := originOf(hop.Action.URL)
	if !ok {
		h.bankAway(c, placed)
		return seeOther(c, v.links.order(placed.Link))
	}
	paper, err := h.conf.Desk.Show(c.Request().Context(), v.shop, placed.Link)
	if err != nil {
		return err
	}
	hop.Bank, hop.OrderURL = paper.Order.Payment.Label, v.links.order(placed.Link)
	hop.Amount = v.money(dueOf(paper))
	web.Allow(c, web.Sources{Form: []string{origin}})
	site := h.own(c, v, b, sheet{template: "payment_hop", title: v.say("storefront.payment", nil),
		at: func(l links) string { return l.hop(placed.Link) }})
	return h.answer(c, v, http.StatusOK, "payment_hop", &view.PaymentHopPage{Site: site, Hop: hop})
}
