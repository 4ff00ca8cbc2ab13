package home

import (
	"time"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/vat"
)

// notices are what of the rules of the sale needs the merchant: sales at a distance near or beyond the
// threshold (LAW-04), articles whose delivery cannot be computed (ART-13), payments whose buyers dispute them (PGW-15),
// banks that do not answer (PGW-45), and what the daily check of the banks has found that nobody had told us (PAY-05).
type notices struct {
	Distance   vat.Distance
	Unweighted int
	Disputed   []payment.Payment // that wait for evidence, the first deadline first
	Away       []away
	Missed     int              // payments of which the banks were asked, and told something new, in the last days
	Last       checkout.Finding // the newest of them
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
	if err != nil {
		return n, err
	}
	checks, err := checkout.Checks(tx, tx.Now().Add(-missedFor))
	for _, c := range checks {
		if n.Missed == 0 && len(c.Told) > 0 {
			n.Last = c.Told[0]
		}
		n.Missed += c.Found
	}
	return n, err
}

// missedFor is how long the page tells of what was missed.
const missedFor = 3 * 24 * time.Hour

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
	if n.Missed > 0 && v.Can("orders.view") {
		list = append(list, n.missed(v))
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

// missed tells of payments of which a message had been lost, and leads to the one, or to the list of them.
func (n notices) missed(v *desk.Visit) ui.Flash {
	f := ui.Flash{Tone: ui.Info, Title: v.T("home.missed", ui.Args{"n": n.Missed}), Text: v.T("home.missed.text")}
	switch {
	case n.Missed == 1:
		f.Action = &ui.Action{Label: v.T("home.missed.order", ui.Args{"number": n.Last.Number}), Href: v.Href("orders/" + n.Last.Order.String())}
	case v.Can("reports.view"):
		f.Action = &ui.Action{Label: v.T("home.missed.do"), Href: v.Href("orders/payouts/differences")}
	}
	return f
}
