package storefront

import (
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

type payForm struct {
	Mode string   `form:"mode"`
	Save []string `form:"save"`
}

// orderPay opens another attempt to pay an order (PGW-16): the same way or another, with the goods
// still held.
func (h *Handler) orderPay(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[payForm](c)
	if err != nil {
		return err
	}
	link := unpackLink(c.Param("link"))
	chosen, with := readWay(f.Mode, f.Save)
	mode, err := id.Parse[payment.Mode](chosen)
	if err != nil {
		return h.refusePay(c, v, b, link, wrongWay(f.Mode), f)
	}
	placed, err := h.conf.Desk.PayAgain(c.Request().Context(), v.shop, v.visitor(b), link, mode, with)
	switch {
	case errors.Is(err, order.ErrLink) || fault.Is(err, fault.Internal):
		return err
	case errors.Is(err, payment.ErrMode):
		return h.refusePay(c, v, b, link, payment.ErrMode, f)
	case errors.Is(err, payment.ErrNoCard):
		return h.refusePay(c, v, b, link, payment.ErrNoCard, f)
	case errors.Is(err, checkout.ErrTried):
		return h.refusePay(c, v, b, link, checkout.ErrTried.With(fault.ArgsOf(err)), f)
	case err != nil:
		web.AddFlash(c, web.Bad, fault.KeyOf(err), nil)
		return seeOther(c, v.links.order(link))
	}
	return h.pay(c, v, placed)
}

// wrongWay is what is wrong with a way to pay that is none.
func wrongWay(mode string) *fault.Error {
	if mode == "" {
		return checkout.ErrPayment
	}
	return payment.ErrMode
}

// refusePay is the order's page again, with what is wrong beside the ways to pay it; where there is nothing to pay
// any more, it says so at its top.
func (h *Handler) refusePay(c echo.Context, v *visit, b buyer, link string, why *fault.Error, f payForm) error {
	paper, err := h.conf.Desk.Show(c.Request().Context(), v.shop, link)
	if err != nil {
		return err
	}
	page, err := h.drawOrder(c, v, b, paper, func(l links) string { return l.order(link) })
	if err != nil {
		return err
	}
	if page.Order.Pay == nil {
		web.AddFlash(c, web.Bad, checkout.ErrNotPayable.Key(), nil)
		return seeOther(c, v.links.order(link))
	}
	f.keep(page.Order.Pay)
	page.Order.Pay.Error = v.say(why.Key(), why.Args())
	return h.answer(c, v, http.StatusUnprocessableEntity, "order", page)
}

// keep chooses what was chosen, where it is still there to be.
func (f payForm) keep(to *view.PayForm) {
	if !slices.ContainsFunc(to.Ways, func(w *view.PaymentChoice) bool { return w.Value == f.Mode }) {
		return
	}
	for _, w := range to.Ways {
		w.Selected = w.Value == f.Mode
		if w.Save != nil {
			w.Save.Checked = slices.Contains(f.Save, w.Value)
		}
	}
}
