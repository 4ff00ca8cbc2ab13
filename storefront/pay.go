package storefront

import (
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// pay leads a buyer to what comes next: the bank's page, or his order with how to pay it. It always
// answers with another address, so that nothing is sent twice by a reload or a step back.
func (h *Handler) pay(c echo.Context, v *visit, placed *checkout.Placed) error {
	if placed.Unstarted != nil {
		h.bankAway(c, placed)
		return seeOther(c, v.links.order(placed.Link)+"?placed=1")
	}
	_, away := placed.Next.(payment.Redirect)
	if !away { // the next page is ours, and says whose it leads to
		insteadOf(c, placed)
	}
	switch next := placed.Next.(type) {
	case payment.Redirect:
		if h.leadsTo(next.URL) {
			return seeOther(c, next.URL)
		}
		return seeOther(c, v.links.hop(placed.Link))
	case payment.Concluded:
		return seeOther(c, v.links.status(next.Payment, placed.Link))
	case payment.FormPost, payment.Embedded, payment.Sealed:
		return seeOther(c, v.links.hop(placed.Link))
	}
	// Instructions, or nothing to pay.
	return seeOther(c, v.links.order(placed.Link)+"?placed=1")
}

// allowBanks lets a choice of ways to pay on a page lead to the banks that are redirected to.
func (h *Handler) allowBanks(c echo.Context, form *view.PayForm) {
	if form != nil {
		web.Allow(c, web.Sources{Form: h.conf.Banks})
	}
}

// leadsTo tells whether the policy of every page with ways to pay lets its form lead there.
func (h *Handler) leadsTo(address string) bool {
	origin, ok := originOf(address)
	return ok && slices.Contains(h.conf.Banks, origin)
}

// insteadOf says that another way to pay took over from the one the buyer chose (PGW-45).
func insteadOf(c echo.Context, placed *checkout.Placed) {
	if placed.Instead != "" {
		web.AddFlash(c, web.Note, "storefront.stands_in", map[string]string{"way": placed.Instead})
	}
}

// bankAway says that the bank's page does not open.
func (h *Handler) bankAway(c echo.Context, placed *checkout.Placed) {
	web.Log(c).Warn("open payment", "order", placed.Order.Number, "error", placed.Unstarted)
	web.AddFlash(c, web.Bad, "storefront.bank_away", nil)
}

func dueOf(p *checkout.Paper) money.Amount {
	if p.Attempt != nil {
		return p.Attempt.Amount
	}
	return p.Order.Asks()
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
