package orders

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/order"
)

func onRisk(r *refusals, a ui.Answers) { r.Risk = a }

// release lets an order go that was held, or takes back that it is fraud (FRD-05).
func (d *Desk) release(c echo.Context) error {
	return d.take(c, d.Desk.Release, "orders.done.risk_release", onRisk)
}

// markFraud says that an order is fraud.
func (d *Desk) markFraud(c echo.Context) error {
	return d.take(c, d.Desk.MarkFraud, "orders.done.risk_mark", onRisk)
}

// riskBadges say how an order is judged; none while nobody has looked at it.
func riskBadges(v ui.View, o *order.Order) []ui.Badge {
	f := o.Screening
	var list []ui.Badge
	if o.Held() {
		list = append(list, heldBadge(v))
	}
	if f.IsMarked() {
		list = append(list, ui.Badge{Label: v.T("orders.risk_fraud"), Tone: ui.Bad})
	}
	return list
}

func heldBadge(v ui.View) ui.Badge { return ui.Badge{Label: v.T("orders.held"), Tone: ui.Bad} }

// riskScore is the score with the colour of its advice.
func riskScore(v ui.View, f fraud.Finding) ui.Badge {
	tone := ui.Good
	if f.Advice == fraud.Review {
		tone = ui.Bad
	}
	return ui.Badge{Label: v.T("orders.risk_score", ui.Args{"score": f.Score}), Tone: tone}
}

// riskReason says in words what counted.
func riskReason(v ui.View, r fraud.Reason) string {
	args := ui.Args{}
	for name, text := range r.Args {
		if r.Code == fraud.Countries {
			text = address.CountryName(v.Locale, text)
		}
		args[name] = text
	}
	if r.Points == 0 {
		return v.T(r.Key(), args)
	}
	return v.T(r.Key(), args) + " (" + signed(r.Points) + ")"
}

func signed(n int) string {
	if n > 0 {
		return "+" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// riskActions are what a person may decide now.
func (m fileModel) riskActions(v *desk.Visit) []ui.Action {
	if !v.Can("orders.release") {
		return nil
	}
	f := m.Order.Screening
	var list []ui.Action
	switch {
	case f.IsMarked():
		list = append(list, ui.Action{Label: v.T("orders.risk_clear"), Icon: ui.IconShieldCheck, FormAction: v.Href(m.Base + "/risk/release")})
	case m.Order.Held():
		list = append(list, ui.Action{Label: v.T("orders.risk_release"), Icon: ui.IconShieldCheck, Look: ui.Primary, FormAction: v.Href(m.Base + "/risk/release")})
	}
	if !f.IsMarked() {
		list = append(list, ui.Action{Label: v.T("orders.risk_mark"), Icon: ui.IconBan, FormAction: v.Href(m.Base + "/risk/mark")})
	}
	return list
}

// riskDecided says what a person decided, for the timeline; "" when the line is about something else.
func riskDecided(v ui.View, h order.Happening) string {
	switch h.Data[checkout.KeyScreening] {
	case checkout.Released:
		return v.T("orders.risk_released")
	case checkout.Marked:
		return v.T("orders.risk_marked")
	case checkout.Cleared:
		return v.T("orders.risk_cleared")
	}
	return ""
}
