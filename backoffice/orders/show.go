package orders

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payout"
	"echoppe.dev/tenant/settings"
)

// show is one order with everything that happened to it.
func (d *Desk) show(c echo.Context) error {
	f, err := d.open(c)
	if err != nil {
		return err
	}
	return d.showFile(c, http.StatusOK, f, refusals{})
}

// open reads the order of the address, and makes the page show the shop's own time.
func (d *Desk) open(c echo.Context) (*checkout.File, error) {
	v, ctx := desk.Here(c), c.Request().Context()
	which, err := id.Parse[order.Order](c.Param("order"))
	if err != nil {
		return nil, err
	}
	err = v.Shop.Read(ctx, func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err == nil {
			v.View.Zone = s.Rules().Zone
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return d.Desk.Open(ctx, v.Shop, which)
}

// refusals are the answers of the forms on the order's page that were refused.
type refusals struct{ Note, Paid, Step, Risk, Card ui.Answers }

func (d *Desk) showFile(c echo.Context, status int, f *checkout.File, r refusals) error {
	v := desk.Here(c)
	var names modeNames
	var paid map[payment.ID][]payout.Item
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if names, err = d.modeNames(tx); err != nil {
			return err
		}
		paid, err = paidOut(tx, f)
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, status, filePage(v, fileModel{
		File: f, Modes: names, PaidOut: paid, Refusals: r, Held: d.Desk.Held, Offices: d.offices(f.Payments), Base: "orders/" + f.Order.ID.String(), BuyerPage: d.Desk.Addresses.Order(v.Shop, f.Link),
	}))
}

// remarkFields stand beside every action.
type remarkFields struct {
	Note    string `form:"note"`
	Visible bool   `form:"visible"`
	Mail    bool   `form:"mail"`
	Unpaid  bool   `form:"unpaid"` // pieces may leave although a rest is due
}

func (f remarkFields) remark() checkout.Remark {
	return checkout.Remark{Note: f.Note, Visible: f.Visible, Mail: f.Mail, Unpaid: f.Unpaid}
}

// done answers an action on an order: a message, or the order's page with what was wrong put where
// place says.
func (d *Desk) done(c echo.Context, err error, key string, place func(*refusals, ui.Answers)) error {
	if !desk.Repairable(err) && err != nil {
		return err
	}
	f, readErr := d.open(c)
	if readErr != nil {
		return readErr
	}
	if err == nil {
		return desk.Back(c, "orders/"+f.Order.ID.String(), key, map[string]string{"number": f.Order.Number})
	}
	v := desk.Here(c)
	var r refusals
	place(&r, ui.Refused(v.View, c.Request().PostForm, readable(err)))
	return d.showFile(c, web.Status(err), f, r)
}

// readable puts the words for state and action into the refusal of the state machine.
func readable(err error) error {
	refused, ok := asRefusal(err)
	if !ok {
		return err
	}
	args := refused.Args()
	from, event := order.State(text(args["from"])), order.Event(text(args["event"]))
	return errTooLate.With(fault.Args{"from": i18n.Key(from.Key()), "event": i18n.Key(event.Key())})
}
