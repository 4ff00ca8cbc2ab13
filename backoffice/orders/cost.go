package orders

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipment"
)

// askCost asks what a parcel really cost (SHP-01).
func (d *Desk) askCost(c echo.Context) error {
	f, p, err := d.openParcel(c)
	if err != nil {
		return err
	}
	values := url.Values{}
	cur, err := d.currency(c)
	if err != nil {
		return err
	}
	// A cost in another currency than today's is typed anew: the field says which one it is in.
	if p.Cost != nil && p.Cost.Currency() == cur {
		values.Set("cost", i18n.FormatInput(desk.Here(c).View.Locale, p.Cost.Decimal(), cur.Digits()))
	}
	return desk.Show(c, http.StatusOK, costPage(desk.Here(c), f, p, cur.Code(), ui.Asked(values)))
}

type costFields struct {
	Cost string `form:"cost"`
}

// cost notes it; an empty field takes it back.
func (d *Desk) cost(c echo.Context) error {
	v := desk.Here(c)
	fields, err := web.Form[costFields](c)
	if err != nil {
		return err
	}
	f, p, err := d.openParcel(c)
	if err != nil {
		return err
	}
	cost, err := d.readCost(c, fields.Cost)
	if err == nil {
		err = shipment.SetCost(c.Request().Context(), v.Shop, v.Actor(), p.ID, cost)
	}
	if desk.Repairable(err) {
		cur, readErr := d.currency(c)
		if readErr != nil {
			return readErr
		}
		return desk.Show(c, web.Status(err), costPage(v, f, p, cur.Code(), ui.Refused(v.View, c.Request().PostForm, err)))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "orders/"+f.Order.ID.String(), "orders.done.cost", nil)
}

// openParcel reads the order of the address and its parcel.
func (d *Desk) openParcel(c echo.Context) (*checkout.File, shipment.Parcel, error) {
	f, err := d.open(c)
	if err != nil {
		return nil, shipment.Parcel{}, err
	}
	which, err := id.Parse[shipment.Parcel](c.Param("parcel"))
	if err != nil {
		return nil, shipment.Parcel{}, err
	}
	for _, p := range f.Parcels {
		if p.ID == which {
			return f, p, nil
		}
	}
	return nil, shipment.Parcel{}, shipment.ErrUnknown
}

// currency is the one the shop keeps its books in, which costs are typed in.
func (d *Desk) currency(c echo.Context) (cur money.Currency, err error) {
	err = desk.Here(c).Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err == nil {
			cur = s.Rules().Currency
		}
		return err
	})
	return cur, err
}

// readCost reads a cost as it is typed, nil for none. Errors: the refused field "cost".
func (d *Desk) readCost(c echo.Context, text string) (*money.Amount, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	cur, err := d.currency(c)
	if err != nil {
		return nil, err
	}
	var check form.Checker
	n := check.Decimal("cost", desk.Here(c).View.Locale, text, int(cur.Digits()))
	cost := money.New(n, cur)
	return &cost, check.Err()
}

// showShip shows the form of a parcel that is about to leave.
func (d *Desk) showShip(c echo.Context, status int, f *checkout.File, a ui.Answers) error {
	cur, err := d.currency(c)
	if err != nil {
		return err
	}
	return desk.Show(c, status, shipPage(desk.Here(c), f, cur.Code(), a))
}

func costLabel(p shipment.Parcel) string {
	if p.Cost == nil {
		return "orders.cost_add"
	}
	return "orders.cost_change"
}
