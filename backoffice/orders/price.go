package orders

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricefile"
)

// price gives the whole calculation of an order as data, in the form of what a price file comes to (CAT-05).
func (d *Desk) price(c echo.Context) error {
	f, err := d.open(c)
	if err != nil {
		return err
	}
	if f.Order.Priced == nil {
		return order.ErrUnknown
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSONPretty(http.StatusOK, pricefile.Explain(f.Order.Number, f.Order.Priced, f.Order.Currencies), "  ")
}
