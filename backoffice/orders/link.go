package orders

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/order"
)

// sendLink sends the buyer of an order the link to pay it with.
func (d *Desk) sendLink(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[order.Order](c.Param("order"))
	if err != nil {
		return err
	}
	err = d.Desk.SendLink(c.Request().Context(), v.Shop, v.Actor(), which)
	return d.done(c, err, "orders.done.send_link", onStep)
}
