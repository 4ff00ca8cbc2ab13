package home

import (
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/vat"
)

// notices are what of the rules of the sale needs the merchant: sales at a distance near or beyond the
// threshold (LAW-04), articles whose delivery cannot be computed (ART-13), payments whose buyers dispute them (PGW-15),
// banks that do not answer (PGW-45).
type notices struct {
	Distance   vat.Distance
	Unweighted int
	Disputed   []payment.Payment // that wait for evidence, the first deadline first
	Away       []away
}

func readNotices(tx tenant.Tx) (n notices, err error) {
	if n.Distance, err = vat.Watch(tx); err != nil {
		return n, err
	}
	if n.Unweighted, err = shipping.Unweighted(tx); err != nil {
		return n, err
	}
	if n.Disputed, err = payment.ListDisputed(tx); err != nil {
		return n, err
	}
	n.Away, err = readAway(tx)
	return n, err
}

// flashes are the notices in words, for those who can do something about them.
func (n notices) flashes(v *desk.Visit) []ui.Flash {
	var list []ui.Flash
	if len(n.Disputed) > 0 && v.Can("orders.view") {
		f := ui.Flash{Tone: ui.Bad, Title: v.T("home.disputed", ui.Args{"n": len(n.Disputed)}), Text: v.T("home.dispute.text"),
			Action: &ui.Action{Label: v.T("home.dispute.do"), Href: v.Href("orders/disputes")}}
		if due := n.Disputed[0].Dispute.Due; !due.IsZero() {
			f.Text = v.T("home.dispute.until", ui.Args{"day": v.View.Day(due)})
		}
		list = append(list, f)
	}
	for _, a := range n.Away {
		list = append(list, a.flash(v))
	}
	if !v.Can("settings.edit") {
		return list
	}
	if d := n.Distance; d.Warns() {
		f := ui.Flash{Tone: ui.Warn, Title: v.T("home.distance"), Action: &ui.Action{Label: v.T("home.distance.do"), Href: v.Href("settings/vat")}}
		sold := money.Max(d.ThisYear, d.LastYear)
		f.Text = v.T("home.distance.near", ui.Args{"sold": sold, "share": v.View.Percent(d.Share.Shift(2).Round(0))})
		if d.Level == vat.Over {
			f.Tone, f.Text = ui.Bad, v.T("home.distance.over", ui.Args{"sold": sold, "day": v.View.Day(d.Since)})
		}
		list = append(list, f)
	}
	if n.Unweighted > 0 {
		list = append(list, ui.Flash{Tone: ui.Warn, Title: v.T("home.unweighted"), Text: v.T("home.unweighted.text", ui.Args{"n": n.Unweighted}),
			Action: &ui.Action{Label: v.T("home.unweighted.do"), Href: v.Href("products")}})
	}
	return list
}
