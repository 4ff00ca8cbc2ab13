package shopsettings

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/tax"
	"echoppe.dev/tenant/vat"
)

// readWatch adds up the sales at a distance for the page of VAT.
func readWatch(tx tenant.Tx, k *known) (err error) {
	k.distance, err = vat.Watch(tx)
	return err
}

// watchWords says where the shop stands with its sales at a distance, and what that means (LAW-04).
func watchWords(s sheet.Sheet, d vat.Distance) ui.Flash {
	args := ui.Args{"this": d.ThisYear, "last": d.LastYear, "limit": money.New(decimal.NewFromInt(tax.Threshold), money.EUR)}
	f := ui.Flash{Tone: ui.Info, Text: s.T("watch.calm", args)}
	switch {
	case d.Level == vat.Blind:
		return ui.Flash{Tone: ui.Warn, Text: s.T("watch.blind")}
	case d.Settled:
		f.Text = s.T("watch.settled", args)
	case d.Level == vat.Near:
		f.Tone, f.Text = ui.Warn, s.T("watch.near", args)
	case d.Level == vat.Over:
		args["day"] = s.View().Day(d.Since)
		args["order"] = d.By
		f.Tone, f.Text = ui.Bad, s.T("watch.over_year", args)
		if d.By != "" {
			f.Text = s.T("watch.over", args)
		}
	}
	return f
}
