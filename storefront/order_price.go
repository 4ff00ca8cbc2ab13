package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricefile"
)

// orderPrice says as data why the order behind a signed link costs what it costs (CAT-05).
func (h *Handler) orderPrice(c echo.Context, v *visit, _ buyer) error {
	paper, err := h.conf.Desk.Show(c.Request().Context(), v.shop, unpackLink(c.Param("link")))
	if err != nil {
		return err
	}
	return explained(c, paper.Order)
}

// orderOwnPrice is the same for an order of a signed-in customer.
func (h *Handler) orderOwnPrice(c echo.Context, v *visit, b buyer) error {
	paper, err := h.conf.Desk.ShowOwn(c.Request().Context(), v.shop, v.visitor(b), c.Param("number"))
	if err != nil {
		return err
	}
	return explained(c, paper.Order)
}

// explained is the buyer's form of the calculation stored with his order.
func explained(c echo.Context, o *order.Order) error {
	if o.Priced == nil {
		return order.ErrUnknown
	}
	return c.JSONPretty(http.StatusOK, pricefile.Explain(o.Number, o.Priced, o.Currencies).Short(), "  ")
}
