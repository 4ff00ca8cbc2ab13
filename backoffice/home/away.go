package home

import (
	"time"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// away is a mode whose bank does not answer, or did not until lately (PGW-45): one notice, however many orders it met.
type away struct {
	Mode    payment.Mode
	StandIn *payment.Mode // nil when none takes over
}

// For how long the notice stands: after the bank has answered again, and after the last order that asked it.
const (
	toldAfter = 24 * time.Hour
	toldSince = 7 * 24 * time.Hour
)

func readAway(tx tenant.Tx) ([]away, error) {
	modes, err := payment.ListModes(tx)
	if err != nil {
		return nil, err
	}
	var list []away
	for _, m := range modes {
		o, now := m.Outage, tx.Now()
		if !m.Active || !o.Grave() || o.Going() && now.Sub(o.Last) > toldSince || !o.Going() && now.Sub(o.Ended) > toldAfter {
			continue
		}
		a := away{Mode: m}
		for i := range modes {
			if modes[i].ID == m.Scope.StandIn && modes[i].Active {
				a.StandIn = &modes[i]
			}
		}
		list = append(list, a)
	}
	return list, nil
}

func (a away) flash(v *desk.Visit) ui.Flash {
	o, name := a.Mode.Outage, a.Mode.Names.In(v.View.Locale)
	var f ui.Flash
	if o.Going() {
		f = ui.Flash{Tone: ui.Bad, Title: v.T("home.bank_away", ui.Args{"name": name}),
			Text: v.T("home.bank_away.since", ui.Args{"n": o.Failures, "at": v.View.DayTime(o.First)}) + " "}
		if a.StandIn != nil {
			f.Text += v.T("home.bank_away.led", ui.Args{"other": a.StandIn.Names.In(v.View.Locale)})
		} else {
			f.Text += v.T("home.bank_away.stuck")
		}
	} else {
		f = ui.Flash{Tone: ui.Warn, Title: v.T("home.bank_was_away", ui.Args{"name": name}),
			Text: v.T("home.bank_was_away.text", ui.Args{"n": o.Failures, "from": v.View.DayTime(o.First), "to": v.View.DayTime(o.Ended)})}
	}
	if v.Can("settings.payment") {
		f.Action = &ui.Action{Label: v.T("home.bank_away.do"), Href: v.Href("settings/payment/" + a.Mode.ID.String())}
	}
	return f
}
