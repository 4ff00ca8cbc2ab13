package storefront

import (
	"errors"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

type payForm struct {
	Mode string `form:"mode"`
}

// orderPay opens another attempt to pay an order (PGW-16): the same way or another, with the goods
// still held.
func (h *Handler) orderPay(c echo.Context, v *visit, _ buyer) error {
	f, err := web.Form[payForm](c)
	if err != nil {
		return err
	}
	mode, err := id.Parse[payment.Mode](f.Mode)
	if err != nil {
		return err
	}
	link := unpackLink(c.Param("link"))
	placed, err := h.conf.Desk.PayAgain(c.Request().Context(), v.shop, link, mode)
	if errors.Is(err, order.ErrLink) || fault.Is(err, fault.Internal) {
		return err
	}
	if err != nil {
		web.AddFlash(c, web.Bad, fault.KeyOf(err), nil)
		return seeOther(c, v.links.order(link))
	}
	return h.pay(c, v, placed)
}
