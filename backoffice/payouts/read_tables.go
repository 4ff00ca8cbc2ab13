package payouts

import (
	"strconv"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/payout"
)

// notable is how many lines of a file are shown, those a person should look at first.
const notable = 300

func (m readModel) hidden() map[string]string {
	if m.Kept == "" {
		return nil
	}
	return map[string]string{"kept": m.Kept, "name": m.Name}
}

func (m readModel) modes() ui.Field {
	f := m.sheet().Must("mode")
	f.Options = []ui.Option{{Label: m.t("choose")}}
	for _, one := range m.Modes {
		f.Options = append(f.Options, ui.Option{Value: one.ID.String(), Label: m.name(one)})
	}
	return f
}

func (m readModel) layouts() ui.Field {
	f := m.sheet().Field("layout")
	for _, l := range payout.Layouts() {
		label := m.view().T(l.Key())
		if l == payout.Recognise {
			label = m.t("as_remembered")
		}
		f.Options = append(f.Options, ui.Option{Value: string(l), Label: label})
	}
	return f
}

// chosen is a file of which something stands in the form already.
func (m readModel) chosen() ui.Field {
	f := m.sheet().Field("file")
	f.Required = m.Kept == ""
	if m.Kept != "" {
		f.Help = m.t("other_file", ui.Args{"name": m.Name})
	}
	return f
}

// actions are to check, and to record what was found.
func (m readModel) actions() []ui.Action {
	check := ui.Action{Label: m.t("check"), Icon: ui.IconSearch, Look: ui.Primary}
	if m.Found == nil || m.Found.New() == 0 || m.Found.Counts[payout.Wrong] > 0 {
		return []ui.Action{check}
	}
	check.Look = ui.Secondary
	return []ui.Action{{Label: m.t("record", ui.Args{"n": m.Found.New()}), Look: ui.Primary, FormAction: m.href("/read/post")}, check}
}

// said is what there is to say of the file as a whole.
func (m readModel) said() ui.Flash {
	switch f := m.Found; {
	case f.Counts[payout.Wrong] > 0:
		return ui.Flash{Tone: ui.Bad, Text: m.t("wrong", ui.Args{"n": f.Counts[payout.Wrong]})}
	case f.New() == 0:
		return ui.Flash{Tone: ui.Info, Text: m.t("nothing_new")}
	case f.Counts[payout.Differs]+f.Counts[payout.Unknown] > 0:
		return ui.Flash{Tone: ui.Warn, Text: m.t("look_first")}
	}
	return ui.Flash{Tone: ui.Good, Text: m.t("all_found")}
}

// counts are how many lines became what.
func (m readModel) counts() []ui.Stat {
	var stats []ui.Stat
	for _, s := range payout.States() {
		if n := m.Found.Counts[s]; n > 0 {
			stats = append(stats, ui.Stat{Label: m.view().T(s.Key()), Value: m.view().Number(n)})
		}
	}
	if m.Found.Moved > 0 {
		stats = append(stats, ui.Stat{Label: m.t("moved"), Value: m.view().Number(m.Found.Moved)})
	}
	return stats
}

var tones = map[payout.State]ui.Tone{
	payout.Wrong: ui.Bad, payout.Differs: ui.Warn, payout.Unknown: ui.Warn, payout.Pending: ui.Info, payout.Neutral: ui.Neutral, payout.Matched: ui.Good, payout.Repeated: ui.Neutral,
}

// lines is what the file says, line by line.
func (m readModel) lines() ui.Table {
	t := ui.Table{Caption: m.t("lines"), Columns: []ui.Column{
		{Title: m.t("line"), Fit: true}, {Title: m.t("reference"), Main: true}, {Title: m.t("found")}, {Title: m.t("order")},
		{Title: m.t("gross"), End: true}, {Title: m.t("fee"), End: true}, {Title: m.t("net"), End: true},
	}}
	for _, l := range m.Found.Notable(notable) {
		title := ui.Title{Text: l.Reference, Sub: m.day(l.Day)}
		sums := []templ.Component{ui.TextCell("–"), ui.TextCell("–"), ui.TextCell("–")}
		if l.State != payout.Wrong {
			title.Sub = m.view().T(l.Kind.Key()) + " · " + title.Sub
			sums = []templ.Component{ui.TextCell(m.view().Money(l.Gross)), ui.TextCell(m.view().Money(l.Fee)), ui.TextCell(m.view().Money(l.Net))}
		}
		if title.Text == "" {
			title.Text = m.t("no_reference")
		}
		why := ""
		if l.Why != "" {
			why = m.view().T(l.Why, ui.Args(l.Args))
		}
		cells := []templ.Component{ui.TextCell(strconv.Itoa(l.N)), ui.TitleCell(m.view(), title),
			stateCell(m.view(), ui.Badge{Label: m.view().T(l.State.Key()), Tone: tones[l.State]}, why), m.order(l.Order.String(), l.Number)}
		t.Rows = append(t.Rows, ui.Row{Name: strconv.Itoa(l.N), Cells: append(cells, sums...)})
	}
	return t
}

// sums are the payouts the file speaks of, with what it adds to them.
func (m readModel) sums() ui.Table {
	t := ui.Table{Caption: m.t("adds"), ShowCaption: true, Columns: []ui.Column{
		{Title: m.t("payout"), Main: true}, {Title: m.t("lines"), End: true}, {Title: m.t("gross"), End: true}, {Title: m.t("fee"), End: true}, {Title: m.t("net"), End: true},
	}}
	for _, p := range m.Found.Payouts {
		t.Rows = append(t.Rows, ui.Row{Name: p.Ref, Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: p.Ref, Sub: m.day(p.PaidOn)}), ui.TextCell(m.view().Number(p.Lines)),
			ui.TextCell(m.view().Money(p.Gross)), ui.TextCell(m.view().Money(p.Fee)), ui.TextCell(m.view().Money(p.Net)),
		}})
	}
	return t
}
