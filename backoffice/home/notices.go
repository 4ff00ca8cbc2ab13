package home

import (
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/vat"
)

// notices are what of the rules of the sale needs the merchant: sales at a distance near or beyond the
// threshold (LAW-04), articles whose delivery cannot be computed (ART-13).
type notices struct {
	Distance   vat.Distance
	Unweighted int
}

func readNotices(tx tenant.Tx) (n notices, err error) {
	if n.Distance, err = vat.Watch(tx); err != nil {
		return n, err
	}
	n.Unweighted, err = shipping.Unweighted(tx)
	return n, err
}

// flashes are the notices in words, for those who can do something about them.
func (n notices) flashes(v *desk.Visit) []ui.Flash {
	var list []ui.Flash
	if !v.Can("settings.edit") {
		return nil
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
