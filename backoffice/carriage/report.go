package carriage

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/shipment"
	"echoppe.dev/tenant/shipping"
)

// reportModel is what the report shows.
type reportModel struct {
	room
	Query       periodQuery
	From, Until time.Time // Until is the midnight after the last day
	Refused     error     // what of the query could not be read
	Found       shipment.Comparison
	modes       map[string]i18n.Text
}

// report shows what is left of delivery (SHP-01).
func (d *Desk) report(c echo.Context) error {
	m, err := d.read(c)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if m.Refused != nil {
		status = web.Status(m.Refused)
	}
	return desk.Show(c, status, reportPage(m))
}

// read reads the report of the address.
func (d *Desk) read(c echo.Context) (reportModel, error) {
	v := desk.Here(c)
	q, err := web.Query[periodQuery](c)
	if err != nil {
		return reportModel{}, err
	}
	m := reportModel{Query: q, modes: map[string]i18n.Text{}}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.room, err = here(tx, v); err != nil {
			return err
		}
		if m.From, m.Until, m.Refused = q.span(tx.Now().In(v.View.Zone)); m.Refused != nil {
			return nil
		}
		modes, err := shipping.ListModes(tx)
		if err != nil {
			return err
		}
		for _, mode := range modes {
			m.modes[mode.ID] = mode.Name
		}
		m.Found, err = shipment.Compare(tx, m.From, m.Until)
		return err
	})
	return m, err
}

func (m reportModel) answers() ui.Answers {
	typed := url.Values{"from": {m.Query.From}, "until": {m.Query.Until}}
	if m.Refused != nil {
		return ui.Refused(m.view(), typed, m.Refused)
	}
	return ui.Asked(typed)
}

// mode is what a way to deliver is called: its own name, or the words kept with the order once it is gone.
func (m reportModel) mode(chosen order.Choice) string {
	if name := m.modes[chosen.Mode].In(m.view().Locale); name != "" {
		return name
	}
	return chosen.Label
}

// place is a country, with the part of it that has rules of its own.
func (m reportModel) place(p shipment.Place) string {
	name := address.CountryName(m.view().Locale, p.Country)
	if label := p.Part.Label(); label != "" {
		name += " – " + m.view().T(label)
	}
	return name
}

// missing is how many orders have no cost yet.
func (m reportModel) missing() int {
	n := 0
	for _, r := range m.Found.Rows {
		n += r.Missing()
	}
	return n
}

func (m reportModel) share(f shipment.Figures) string {
	if share, ok := f.Share(); ok {
		return m.view().Percent(share)
	}
	return "–"
}
