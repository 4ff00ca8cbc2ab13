package simulator

import (
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/pricing"
)

// rows is what a buyer would see: the lines, then the totals.
func rows(s sheet.Sheet, t *checkout.Trial) ui.Table {
	out := ui.Table{
		Caption: s.T("result"), Bare: true,
		Columns: []ui.Column{
			{Title: s.T("column.article"), Main: true}, {Title: s.T("column.unit") + " " + s.T("side."+string(t.Priced.View.Side(pricing.Goods))), End: true}, {Title: s.T("column.qty"), End: true},
			{Title: s.T("column.amount"), End: true},
		},
	}
	v := s.View()
	for i, l := range t.Priced.Lines {
		shown := t.Lines[i]
		unit := v.Money(shown.Unit)
		if shown.Was != nil {
			unit = s.T("instead", ui.Args{"now": shown.Unit, "was": *shown.Was})
		}
		out.Rows = append(out.Rows, ui.Row{ID: l.ID, Name: l.Name, Cells: []templ.Component{
			ui.TwoLineCell(l.Name, join(l.SKU, shown.Says(v.Locale))), ui.TextCell(unit), ui.TextCell(v.Number(int(l.Qty))), ui.TextCell(v.Money(shown.Total)),
		}})
	}
	for _, total := range t.Totals {
		key, args := total.Label()
		label := v.T(key, args)
		if name := total.Note.In(v.Locale); name != "" {
			label += " (" + name + ")"
		}
		out.Foot = append(out.Foot, ui.Row{Muted: total.Kind != "total", Cells: []templ.Component{
			ui.TextCell(label), ui.TextCell(""), ui.TextCell(""), ui.TextCell(v.Money(total.Amount)),
		}})
	}
	return out
}

func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// refusals are what was asked for and not given.
func refusals(s sheet.Sheet, t *checkout.Trial) []ui.Flash {
	list := make([]ui.Flash, len(t.Priced.Refusals))
	for i, r := range t.Priced.Refusals {
		list[i] = ui.Flash{Tone: ui.Info, Text: desk.Reason(s.View(), r.Reason)}
		if r.Blocking {
			list[i].Tone, list[i].Title = ui.Warn, s.T("blocks")
		}
	}
	if t.Unpaid {
		list = append(list, ui.Flash{Tone: ui.Warn, Title: s.T("blocks"), Text: s.T("unpaid")})
	}
	return list
}

// trace is every step of the calculation (CAT-05): what a shopper is told, and what only staff is.
func trace(s sheet.Sheet, p *pricing.Priced) ui.Table {
	t := ui.Table{
		Caption: s.T("trace"), Bare: true, Dense: true,
		Columns: []ui.Column{
			{Title: s.T("column.step"), Fit: true}, {Title: s.T("column.reason"), Main: true},
			{Title: s.T("column.before"), End: true}, {Title: s.T("column.after"), End: true},
		},
	}
	names := make(map[string]string, len(p.Lines))
	for _, l := range p.Lines {
		names[l.ID] = l.Name
	}
	v := s.View()
	for _, e := range p.Trace {
		before, after := "", ""
		if e.Before != nil && e.After != nil {
			before, after = v.Money(*e.Before), onSide(s, *e.After, e.Side)
		}
		t.Rows = append(t.Rows, ui.Row{Muted: e.For == pricing.Staff, Cells: []templ.Component{
			ui.TextCell(stepName(s, e.Step)), ui.TwoLineCell(desk.Reason(s.View(), e.Reason), names[e.Line]), ui.TextCell(before), ui.TextCell(after),
		}})
	}
	return t
}

// onSide is an amount and, where the step knows one, the side of the tax it is on: steps of one cart differ in it.
func onSide(s sheet.Sheet, a money.Amount, side pricing.Side) string {
	if side == "" {
		return s.View().Money(a)
	}
	return s.View().Money(a) + " " + s.T("side."+string(side))
}

// stepName is a step of the pipeline in words; a step of a later program by its key.
func stepName(s sheet.Sheet, key string) string {
	if s.Has("step." + key) {
		return s.T("step." + key)
	}
	return key
}
