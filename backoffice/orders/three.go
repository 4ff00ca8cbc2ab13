package orders

import (
	"github.com/a-h/templ"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/currency"
)

// foreign tells that the order was shown or is charged in another currency than the shop's.
func (m fileModel) foreign() bool {
	c := m.Order.Currencies
	for _, leg := range []currency.Leg{c.Display, c.Settlement} {
		if in := leg.Amount.Currency(); !in.IsZero() && in != m.Order.Currency {
			return true
		}
	}
	return false
}

// three are the amounts of the order in its three currencies, each with its rate and the moment that rate is of (CUR-03).
func (m fileModel) three(v *desk.Visit) ui.Table {
	c := m.Order.Currencies
	t := ui.Table{
		Caption: v.T("orders.three"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: v.T("orders.three_use"), Main: true}, {Title: v.T("orders.three_rate"), End: true}, {Title: v.T("orders.amount"), End: true}},
	}
	for _, side := range []struct {
		key string
		leg currency.Leg
	}{{"management", c.Management}, {"display", c.Display}, {"settlement", c.Settlement}} {
		in := side.leg.Amount.Currency()
		if in.IsZero() {
			continue
		}
		rate, at := "", ""
		if in != m.Order.Currency {
			rate, at = i18n.FormatInput(v.View.Locale, side.leg.Rate, 0), v.T("orders.three_at", ui.Args{"when": v.View.DayTime(c.LockedAt)})
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
			ui.TwoLineCell(v.T("orders.three_"+side.key), at), ui.TextCell(rate), ui.TextCell(v.View.Money(side.leg.Amount)),
		}})
	}
	return t
}
