package storefront

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
)

// paymentReturn is where the browser comes back from the bank's page, by GET or by POST. What it
// brings is believed only as far as the bank has signed it; the page shown then is our own.
func (h *Handler) paymentReturn(gaveUp bool) func(echo.Context, *visit, buyer) error {
	return func(c echo.Context, v *visit, _ buyer) error {
		which, err := id.Parse[payment.Payment](c.Param("payment"))
		if err != nil {
			return err
		}
		raw, err := rawNotice(c)
		if err != nil {
			return err
		}
		link := unpackLink(c.Param("link"))
		paper, err := h.conf.Desk.Return(c.Request().Context(), v.shop, link, which, raw)
		if err != nil {
			return err
		}
		to := v.in(paper.Order.Locale).status(which, link)
		if gaveUp {
			to += "?gave_up=1"
		}
		return seeOther(c, to)
	}
}

// status is the page that tells how a payment stands.
func (l links) status(p payment.ID, link string) string {
	return l.under("/pay/status/"+p.String()+"/", packLink(link))
}

const (
	// askAgain is after how many seconds the page of a pending payment asks again by itself.
	askAgain = 5
	// askFor is for how long it does.
	askFor = 10 * time.Minute
)

// paymentStatus tells how a payment stands, from our own data.
func (h *Handler) paymentStatus(c echo.Context, v *visit, b buyer) error {
	which, err := id.Parse[payment.Payment](c.Param("payment"))
	if err != nil {
		return err
	}
	link := unpackLink(c.Param("link"))
	paper, err := h.conf.Desk.Show(c.Request().Context(), v.shop, link)
	if err != nil {
		return err
	}
	if paper.Attempt == nil {
		return seeOther(c, v.links.order(link))
	}
	if err := h.recognise(c, v, b, paper); err != nil {
		return err
	}
	page := &view.PaymentPage{
		Site: h.own(c, v, b, sheet{template: "payment", title: v.say("storefront.payment", nil),
			at: func(l links) string { return l.status(which, link) }}),
		Payment: v.paymentView(paper, which, c.QueryParam("gave_up") == "1"),
	}
	if page.Payment.State == "pending" && v.now.Sub(paper.Attempt.Updated) < askFor {
		page.Page.Refresh = askAgain
	}
	h.allowBanks(c, page.Payment.Retry)
	return h.answer(c, v, http.StatusOK, "payment", page)
}

// paymentView is the newest attempt; an older one that was paid after all shows in the order itself.
func (v *visit) paymentView(p *checkout.Paper, which payment.ID, gaveUp bool) *view.Payment {
	a := p.Attempt
	out := &view.Payment{
		State: "pending", Amount: v.money(a.Amount), Method: p.Order.Payment.Label, OrderNumber: p.Order.Number,
		OrderURL: v.links.order(p.Link), StatusURL: v.links.status(which, p.Link),
	}
	out.Credit, out.CreditWhy = v.seeing(p.Order).credit(p.Order)
	switch {
	case a.State.Paid(), a.State == payment.StateRefunded, !p.Order.Due().IsPositive():
		out.State = "settled"
	case a.State == payment.StateAuthorised:
		out.State = "authorised"
	case a.Settling:
		out.State = "settling"
	case a.State == payment.StateReview:
		out.State = "review"
	case a.State == payment.StateFailed:
		out.State, out.Reason, out.Retry = "failed", v.say(a.Reason.Key(), nil), v.payForm(p)
	case a.State == payment.StateCancelled, gaveUp:
		out.State, out.Retry = "canceled", v.payForm(p)
	}
	return out
}
