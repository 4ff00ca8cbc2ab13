package orders

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
)

// maxPrinted is a stack of paper somebody still sorts by hand.
const maxPrinted = 100

type selection struct {
	IDs []string `form:"id" query:"id"`
}

// choosePrint turns a selection of the list into an address of its own, which can be opened again
// when the printer was out of paper.
func (d *Desk) choosePrint(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[selection](c)
	if err != nil {
		return err
	}
	if len(f.IDs) == 0 {
		web.AddFlash(c, web.Note, "orders.print_none", nil)
		return c.Redirect(http.StatusSeeOther, v.Href("orders"))
	}
	query := url.Values{"id": f.IDs[:min(len(f.IDs), maxPrinted)]}
	return c.Redirect(http.StatusSeeOther, v.Href("orders/print")+"?"+query.Encode())
}

// printSelection shows the papers of several orders (ORD-17).
func (d *Desk) printSelection(c echo.Context) error {
	q, err := web.Query[selection](c)
	if err != nil {
		return err
	}
	return d.print(c, q.IDs[:min(len(q.IDs), maxPrinted)])
}

// printOne shows the papers of one order.
func (d *Desk) printOne(c echo.Context) error { return d.print(c, []string{c.Param("order")}) }

func (d *Desk) print(c echo.Context, ids []string) error {
	v := desk.Here(c)
	var m printModel
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.Settings, err = settings.Load(tx); err != nil {
			return err
		}
		v.View.Zone = m.Settings.Rules().Zone
		for _, text := range ids {
			which, err := id.Parse[order.Order](text)
			if err != nil {
				return err
			}
			o, err := order.Find(tx, which)
			if err != nil {
				return err
			}
			m.Orders = append(m.Orders, o)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, printPage(v, m))
}

// printModel is what the papers are made of.
type printModel struct {
	Settings *settings.Settings
	Orders   []*order.Order
}
