package orders

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/shipment"
)

// askShip shows what is left to be sent.
func (d *Desk) askShip(c echo.Context) error {
	f, err := d.open(c)
	if err != nil {
		return err
	}
	values := url.Values{"mail": {"1"}}
	for _, l := range f.Order.Lines {
		values.Set(qtyField(l), figure(f.Sendable(l)))
	}
	return d.showShip(c, http.StatusOK, f, ui.Asked(values))
}

// qtyField is the name of the field with the pieces of a line.
func qtyField(l order.Line) string { return "qty." + l.ID.String() }

type shipFields struct {
	remarkFields
	Carrier  string            `form:"carrier"`
	Other    string            `form:"other"`
	Tracking string            `form:"tracking"`
	URL      string            `form:"url"`
	Cost     string            `form:"cost"`
	Qty      map[string]string `form:"qty"`
}

// otherCarrier is the choice of a carrier that is not in the list.
const otherCarrier = "other"

// ship sends a parcel with the pieces that were typed.
func (d *Desk) ship(c echo.Context) error {
	v := desk.Here(c)
	fields, err := web.Form[shipFields](c)
	if err != nil {
		return err
	}
	f, err := d.open(c)
	if err != nil {
		return err
	}
	draft, err := fields.draft(f)
	if err == nil {
		draft.Cost, err = d.readCost(c, fields.Cost)
	}
	if err == nil {
		err = d.Desk.Ship(c.Request().Context(), v.Shop, v.Actor(), f.Order.ID, draft, fields.remark())
	}
	if desk.Repairable(err) {
		if fields.Carrier == otherCarrier {
			err = renamed(err, "carrier", "other")
		}
		return d.showShip(c, web.Status(err), f, ui.Refused(v.View, c.Request().PostForm, readable(err)))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "orders/"+f.Order.ID.String(), "orders.done.ship", map[string]string{"number": f.Order.Number})
}

// draft is the parcel as it was typed. Errors: refused fields "qty.<line>".
func (s shipFields) draft(f *checkout.File) (shipment.Draft, error) {
	draft := shipment.Draft{Carrier: s.Carrier, Tracking: s.Tracking}
	if s.Carrier == otherCarrier {
		draft.Carrier, draft.URL = s.Other, s.URL
	}
	for _, l := range f.Order.Lines {
		if l.Left() == 0 {
			continue
		}
		qty, err := pieces(l, s.Qty[l.ID.String()])
		if err != nil {
			return draft, err
		}
		if qty > 0 {
			draft.Items = append(draft.Items, shipment.Item{Line: l.ID, Qty: qty})
		}
	}
	if len(draft.Items) == 0 {
		return draft, shipment.ErrEmpty
	}
	return draft, nil
}

// pieces reads how many of a line go into the parcel.
func pieces(l order.Line, text string) (int, error) {
	var c form.Checker
	qty := c.Int(qtyField(l), text, 0, l.Left())
	return qty, c.Err()
}

// renamed gives one refused field another name.
func renamed(err error, from, to string) error {
	fields := fault.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	for i := range fields {
		if fields[i].Name == from {
			fields[i].Name = to
		}
	}
	return fault.Invalid(fields...)
}

// resend writes a letter about the order once more.
func (d *Desk) resend(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[notify.Mail](c.Param("mail"))
	if err != nil {
		return err
	}
	err = d.Post.Resend(c.Request().Context(), v.Shop, v.Actor(), which)
	return d.done(c, err, "orders.done.resend", onStep)
}
