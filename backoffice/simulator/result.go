package simulator

import (
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/pricing"
)

// rows is what a buyer would see: the lines, then the totals.
func rows(s sheet, t *checkout.Trial) ui.Table {
	out := ui.Table{
		Caption: s.t("result"), Bare: true,
		Columns: []ui.Column{
			{Title: s.t("column.article"), Main: true}, {Title: s.t("column.unit"), End: true}, {Title: s.t("column.qty"), End: true},
			{Title: s.t("column.amount"), End: true},
		},
	}
	v := s.view()
	for i, l := range t.Priced.Lines {
		shown := t.Lines[i]
		unit := v.Money(shown.Unit)
		if shown.Was != nil {
			unit = s.t("instead", ui.Args{"now": shown.Unit, "was": *shown.Was})
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
func refusals(s sheet, p *pricing.Priced) []ui.Flash {
	list := make([]ui.Flash, len(p.Refusals))
	for i, r := range p.Refusals {
		list[i] = ui.Flash{Tone: ui.Info, Text: reason(s, r.Reason)}
		if r.Blocking {
			list[i].Tone, list[i].Title = ui.Warn, s.t("blocks")
		}
	}
	return list
}

// trace is every step of the calculation (CAT-05): what a shopper is told, and what only staff is.
func trace(s sheet, p *pricing.Priced) ui.Table {
	t := ui.Table{
		Caption: s.t("trace"), Bare: true, Dense: true,
		Columns: []ui.Column{
			{Title: s.t("column.step"), Fit: true}, {Title: s.t("column.reason"), Main: true},
			{Title: s.t("column.before"), End: true}, {Title: s.t("column.after"), End: true},
		},
	}
	names := make(map[string]string, len(p.Lines))
	for _, l := range p.Lines {
		names[l.ID] = l.Name
	}
	v := s.view()
	for _, e := range p.Trace {
		before, after := "", ""
		if e.Before != nil && e.After != nil {
			before, after = v.Money(*e.Before), v.Money(*e.After)
		}
		t.Rows = append(t.Rows, ui.Row{Muted: e.For == pricing.Staff, Cells: []templ.Component{
			ui.TextCell(stepName(s, e.Step)), ui.TwoLineCell(reason(s, e.Reason), names[e.Line]), ui.TextCell(before), ui.TextCell(after),
		}})
	}
	return t
}

// stepName is a step of the pipeline in words; a step of a later program by its key.
func stepName(s sheet, key string) string {
	if s.has("step." + key) {
		return s.t("step." + key)
	}
	return key
}

// reason is why an amount is there: the merchant's own name for it, with what was computed.
func reason(s sheet, r pricing.Reason) string {
	text := s.visit.T(r.Key, r.Args)
	if name := r.Name.In(s.view().Locale); name != "" && name != text {
		return name + " – " + text
	}
	return text
}
