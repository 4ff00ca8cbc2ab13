package orders

import (
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
)

// stopRepeat ends the repetition an order is one of.
func (d *Desk) stopRepeat(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[order.Order](c.Param("order"))
	if err != nil {
		return err
	}
	err = d.Desk.StopRepeat(c.Request().Context(), v.Shop, v.Actor(), which)
	return d.done(c, err, "orders.done.repeat_stop", onStep)
}

// collectNow charges an order of a repetition to its buyer's card once more.
func (d *Desk) collectNow(c echo.Context) error {
	v := desk.Here(c)
	which, err := id.Parse[order.Order](c.Param("order"))
	if err != nil {
		return err
	}
	err = d.Desk.CollectNow(c.Request().Context(), v.Shop, v.Actor(), which)
	return d.done(c, err, "orders.done.repeat_charge", onStep)
}

// schedule is how it is repeated, and where that stands.
func (m fileModel) schedule(v *desk.Visit) []ui.Term {
	r := m.First.Request.Repeat
	l := v.View.Locale
	said := func(name, text string) ui.Term { return ui.Term{Name: v.T("orders.repeat." + name), Text: text} }
	done := strconv.Itoa(r.Done)
	if r.Times > 0 {
		done += " / " + strconv.Itoa(r.Times)
	}
	terms := []ui.Term{said("rhythm", checkout.RhythmIn(l, r.Every)+", "+checkout.TimesIn(l, r.Times)), said("done", done), said("paid_with", m.paidWith(v))}
	next, more := r.Next()
	switch {
	case !r.Stopped.IsZero():
		terms = append(terms, said("stopped", join(v.View.DayTime(r.Stopped), actor(v.View, r.By))))
	case !r.More():
		terms = append(terms, said("state", v.T("orders.repeat.over")))
	case more:
		terms = append(terms, said("next", v.View.Day(next)))
	case !r.Paused.IsZero():
		terms = append(terms, said("paused", join(v.View.Day(r.Paused), checkout.WhyIn(l, r.Why))))
	default:
		terms = append(terms, said("state", v.T("orders.repeat.unbegun")))
	}
	if !r.Retry.IsZero() {
		terms = append(terms, said("retry", v.View.Day(r.Retry)))
	}
	return terms
}

// paidWith is whose move each payment is: the shop's, by the buyer's card, or his own.
func (m fileModel) paidWith(v *desk.Visit) string {
	if r := m.First.Request.Repeat; r.Charges() {
		return checkout.CardName(r.Mandate)
	}
	return v.T("orders.repeat.by_link")
}

// agreed is what the buyer let the shop do, as he read it.
func (m fileModel) agreed() string {
	if r := m.First.Request.Repeat; r.Mandate != nil {
		return r.Mandate.Text
	}
	return ""
}

// series are the orders of it.
func (m fileModel) series(v *desk.Visit) ui.Table {
	t := ui.Table{Caption: v.T("orders.repeat.orders"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: v.T("orders.order"), Main: true}, {Title: v.T("orders.state")}, {Title: v.T("orders.paid"), End: true}}}
	for i := range m.Series {
		o := &m.Series[i]
		title := ui.Title{Text: o.Number, Sub: v.View.Day(o.PlacedAt)}
		if o.ID != m.Order.ID {
			title.Href = v.Href("orders/" + o.ID.String())
		}
		t.Rows = append(t.Rows, ui.Row{ID: o.ID.String(), Name: o.Number, Cells: []templ.Component{
			ui.TitleCell(v.View, title), ui.BadgeCell(v.View, stateBadge(v.View, o.State)), ui.TextCell(v.View.Money(o.Paid))}})
	}
	return t
}

func (m fileModel) repeatActions(v *desk.Visit) []ui.Action {
	var actions []ui.Action
	if m.Collectable() && v.Can("orders.settle") {
		actions = append(actions, ui.Action{Label: v.T("orders.repeat.charge"), Icon: ui.IconCreditCard, FormAction: v.Href(m.Base + "/repeat/charge")})
	}
	if checkout.Stoppable(m.First) && v.Can("orders.edit") {
		actions = append(actions, ui.Action{Label: v.T("orders.repeat.stop"), Icon: ui.IconBan, Look: ui.Danger, FormAction: v.Href(m.Base + "/repeat/stop")})
	}
	return actions
}
