package storefront

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// pay leads a buyer to what comes next: the bank's page, or his order with how to pay it.
func (h *Handler) pay(c echo.Context, v *visit, b buyer, placed *checkout.Placed) error {
	if placed.Unstarted != nil {
		web.Log(c).Warn("open payment", "order", placed.Order.Number, "error", placed.Unstarted)
		web.AddFlash(c, web.Bad, "storefront.bank_away", nil)
		return seeOther(c, v.links.order(placed.Link)+"?placed=1")
	}
	switch next := placed.Next.(type) {
	case payment.Redirect:
		origin, ok := originOf(next.URL)
		if ok && slices.Contains(h.conf.Banks, origin) {
			return seeOther(c, next.URL)
		}
		return h.hop(c, v, b, placed, getForm(next.URL))
	case payment.FormPost:
		hop := &view.Hop{Method: "post", Action: view.Action{URL: next.URL}}
		for _, f := range next.Fields {
			hop.Action.Hidden = append(hop.Action.Hidden, view.Hidden{Name: f.Name, Value: f.Value})
		}
		return h.hop(c, v, b, placed, hop)
	default: // instructions, or nothing to pay
		return seeOther(c, v.links.order(placed.Link)+"?placed=1")
	}
}

// hop is the page with the one button that leads to the bank.
func (h *Handler) hop(c echo.Context, v *visit, b buyer, placed *checkout.Placed, hop *view.Hop) error {
	origin, ok := originOf(hop.Action.URL)
	if !ok {
		web.AddFlash(c, web.Bad, "storefront.bank_away", nil)
		return seeOther(c, v.links.order(placed.Link)+"?placed=1")
	}
	paper, err := h.conf.Desk.Show(c.Request().Context(), v.shop, placed.Link)
	if err != nil {
		return err
	}
	hop.Bank, hop.OrderURL = paper.Order.Payment.Label, v.links.order(placed.Link)
	hop.Amount = v.money(dueOf(paper))
	web.Allow(c, web.Sources{Form: []string{origin}})
	site := h.own(c, v, b, sheet{template: "payment_hop", title: v.say("storefront.payment", nil), at: links.cart})
	return h.answer(c, v, http.StatusOK, "payment_hop", &view.PaymentHopPage{Site: site, Hop: hop})
}

func dueOf(p *checkout.Paper) money.Amount {
	if p.Attempt != nil {
		return p.Attempt.Amount
	}
	return p.Order.Due()
}

// getForm is an address as a form: browsers drop the query of a form's own address.
func getForm(address string) *view.Hop {
	hop := &view.Hop{Method: "get"}
	u, err := url.Parse(address)
	if err != nil {
		return hop
	}
	for name, values := range u.Query() {
		for _, value := range values {
			hop.Action.Hidden = append(hop.Action.Hidden, view.Hidden{Name: name, Value: value})
		}
	}
	u.RawQuery = ""
	hop.Action.URL = u.String()
	return hop
}

// originOf is scheme, host and port of a bank's page.
func originOf(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	origin := u.Scheme + "://" + u.Host
	return origin, web.Sources{Form: []string{origin}}.Check() == nil
}
