package shopsettings

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

type simulatorQuery struct {
	Qty      string `query:"qty"`
	Weight   string `query:"weight"`
	Value    string `query:"value"`
	Country  string `query:"country"`
	Postcode string `query:"postcode"`
}

// simulate prices a typed parcel by every mode, with the steps of the calculation (SHP-01).
func (d *Desk) simulate(c echo.Context) error {
	v := desk.Here(c)
	q, err := web.Query[simulatorQuery](c)
	if err != nil {
		return err
	}
	modes, set, err := readShipping(c.Request().Context(), v.Shop)
	if err != nil {
		return err
	}
	if q == (simulatorQuery{}) {
		q = simulatorQuery{Qty: "1", Weight: "1", Value: "50", Country: set.Identity.Address.Country}
	}
	typed := url.Values{"qty": {q.Qty}, "weight": {q.Weight}, "value": {q.Value}, "country": {q.Country}, "postcode": {q.Postcode}}
	s := sheet{Answers: ui.Asked(typed), visit: v, words: "shipping.simulator"}
	parcel, to, err := parcelOf(s, q, set)
	if err != nil {
		s.Answers = ui.Refused(v.View, typed, err)
		return desk.Show(c, web.Status(err), simulatorPage(s, ui.Table{}, set.Currencies.Management))
	}
	return desk.Show(c, http.StatusOK, simulatorPage(s, d.quotes(v, set, modes, parcel, to), set.Currencies.Management))
}

// parcelOf reads what was typed.
func parcelOf(s sheet, q simulatorQuery, set *settings.Settings) (shipping.Parcel, pricing.Destination, error) {
	l, cur := s.view().Locale, set.Rules().Currency
	const most, places = 1000, 3
	var c form.Checker
	qty := c.Int("qty", q.Qty, 1, most)
	c.Required("qty", q.Qty)
	weight := c.Decimal("weight", l, q.Weight, places)
	value := c.Decimal("value", l, q.Value, money.MaxPlaces)
	for name, n := range map[string]decimal.Decimal{"weight": weight, "value": value} {
		if n.IsNegative() {
			c.Refuse(name, form.KeyTooSmall, fault.Args{"min": 0})
		}
	}
	c.Required("country", q.Country)
	item := shipping.Item{Qty: int64(qty), Weight: weight, Value: money.New(value, cur)}
	return shipping.Pack(cur, item), pricing.Destination{Country: q.Country, Postcode: q.Postcode}, c.Err()
}

// quotes asks every mode, switched on or not.
func (d *Desk) quotes(v *desk.Visit, set *settings.Settings, modes []shipping.Stored, p shipping.Parcel, to pricing.Destination) ui.Table {
	t := ui.Table{
		Caption: v.T("setup.shipping.simulator.result"), Bare: true,
		Columns: []ui.Column{
			{Title: v.T("setup.shipping.mode"), Main: true}, {Title: v.T("setup.shipping.simulator.steps")},
			{Title: v.T("setup.shipping.simulator.cost"), End: true},
		},
		Empty: ui.Empty{Icon: ui.IconTruck, Title: v.T("setup.shipping.none"), Text: v.T("setup.shipping.none_text")},
	}
	for _, m := range modes {
		name := m.Name.In(v.View.Locale)
		cost, steps := d.quote(v, set, m, p, to)
		t.Rows = append(t.Rows, ui.Row{ID: m.ID, Name: name, Muted: !m.Active, Cells: []templ.Component{
			ui.TitleCell(v.View, ui.Title{Text: name, Href: v.Href("settings/shipping/" + m.ID), Badges: inactiveOnly(v, m.Active)}),
			stepList(steps), ui.TextCell(cost),
		}})
	}
	return t
}

func inactiveOnly(v *desk.Visit, active bool) []ui.Badge {
	if active {
		return nil
	}
	return []ui.Badge{activeBadge(v, false)}
}

// quote is what one mode says: its cost and the steps, or why it does not send this.
func (d *Desk) quote(v *desk.Visit, set *settings.Settings, m shipping.Stored, p shipping.Parcel, to pricing.Destination) (cost string, steps []string) {
	t, err := d.Calculators.Open(set.Rules().Currency, m.Mode)
	if err == nil && !t.Serves(to) {
		err = shipping.ErrNotServed
	}
	var q shipping.Quote
	if err == nil {
		q, err = t.Quote(p)
	}
	if err != nil {
		return "–", []string{v.View.Explain(err)}
	}
	for _, step := range q.Steps {
		steps = append(steps, v.T(step.Key, step.Args))
	}
	if insured := t.Insurance.Rate; !insured.IsZero() {
		steps = append(steps, v.T("shipping.insurance", ui.Args{"rate": insured, "value": p.Value})+" = "+v.View.Money(insured.Of(p.Value).Round(money.HalfUp)))
	}
	return v.View.Money(q.Amount), steps
}
