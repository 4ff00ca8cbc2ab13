package orders

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
)

// step is a use case of the desk that moves an order on.
type step func(ctx context.Context, shop *tenant.Shop, who tenant.Actor, which order.ID, r checkout.Remark) error

// take moves the order of the address by one step, with the remark that was written beside it.
func (d *Desk) take(c echo.Context, do step, key string, place func(*refusals, ui.Answers)) error {
	v := desk.Here(c)
	f, err := web.Form[remarkFields](c)
	if err != nil {
		return err
	}
	which, err := id.Parse[order.Order](c.Param("order"))
	if err != nil {
		return err
	}
	return d.done(c, do(c.Request().Context(), v.Shop, v.Actor(), which, f.remark()), key, place)
}

func onStep(r *refusals, a ui.Answers) { r.Step = a }

// await says that the order is ready to be sent.
func (d *Desk) await(c echo.Context) error {
	return d.take(c, d.Desk.Await, "orders.done.await", onStep)
}

// deliver says that it has arrived.
func (d *Desk) deliver(c echo.Context) error {
	return d.take(c, d.Desk.Deliver, "orders.done.deliver", onStep)
}

// close says that nothing is left to do.
func (d *Desk) close(c echo.Context) error {
	return d.take(c, d.Desk.Close, "orders.done.close", onStep)
}

// note writes on the timeline, for staff, for the buyer, or with a letter to him (ORD-18).
func (d *Desk) note(c echo.Context) error {
	return d.take(c, d.Desk.Note, "orders.done.note", func(r *refusals, a ui.Answers) { r.Note = a })
}

// askCancel asks before an order is called off.
func (d *Desk) askCancel(c echo.Context) error {
	f, err := d.open(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, cancelPage(desk.Here(c), f, ui.Answers{}))
}

// cancel calls an order off.
func (d *Desk) cancel(c echo.Context) error {
	return d.take(c, d.Desk.Cancel, "orders.done.cancel", onStep)
}
