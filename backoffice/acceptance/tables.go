package acceptance

import (
	"github.com/a-h/templ"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/payment/analysis"
)

func (m model) header() ui.Header {
	h := ui.Header{Title: m.t("title"), Lead: m.t("lead"),
		Crumbs: []ui.Crumb{{Label: m.visit.T("office.nav.orders"), Href: m.visit.Href("orders")}, {Label: m.t("title")}}}
	if m.visit.Can("reports.export") && len(m.Found.Rows) > 0 {
		to := m.visit.Href(base + "/file")
		if q := m.view().Query.Encode(); q != "" {
			to += "?" + q
		}
		h.Actions = append(h.Actions, ui.Action{Label: m.t("file"), Href: to, Icon: ui.IconDownload, Download: true})
	}
	return h
}

func (m model) periods() ui.Field {
	f := ui.Field{Name: "period", Label: m.t("period"), Value: m.Query.name()}
	for _, p := range periods {
		label := m.t("period.own")
		if n := days[p]; n > 0 {
			label = m.t("period.days", ui.Args{"n": n})
		}
		f.Options = append(f.Options, ui.Option{Value: p, Label: label})
	}
	return f
}

func (m model) filter() ui.Filter {
	return ui.Filter{NoSearch: true, Fields: 3, Open: m.Refused != nil, Clear: m.visit.Href(base)}
}

func (m model) percent(n decimal.Decimal, ok bool) string {
	if !ok {
		return "–"
	}
	return m.view().Percent(n)
}

// cards are the figures of one currency.
func (m model) cards(row analysis.Row) []ui.Stat {
	f := row.Figures
	cost := ui.Stat{Label: m.t("per_hundred"), Value: "–", Note: m.t("no_contract")}
	if n, ok := f.PerHundred(); ok {
		cost.Value, cost.Note = m.view().Money(n), m.t("fees_of", ui.Args{"fees": f.Fees, "amount": f.FeesOf})
	}
	return []ui.Stat{
		{Label: m.t("rate"), Value: m.percent(f.Rate()), Note: m.t("rate_of", ui.Args{"accepted": f.Accepted, "decided": f.Accepted + f.Refused})},
		{Label: m.t("taken"), Value: m.view().Money(f.Taken), Note: m.t("attempts_of", ui.Args{"n": f.Attempts})},
		{Label: m.t("abandoned"), Value: m.view().Number(f.Abandoned), Note: m.percent(f.LeftRate())},
		{Label: m.t("took"), Value: m.took(f.Took)},
		{Label: m.t("refunded"), Value: m.view().Money(f.Refunded), Note: m.t("payments_of", ui.Args{"n": f.Returned})},
		{Label: m.t("disputes"), Value: m.percent(f.DisputeRate()), Note: m.t("disputes_of", ui.Args{"n": f.Disputed, "lost": f.Lost})},
		cost,
	}
}

func (m model) table(by analysis.By) ui.Table {
	t := ui.Table{Caption: m.t("by." + string(by)), Bare: true, Columns: []ui.Column{
		{Title: m.t("name." + string(by)), Main: true}, {Title: m.t("rate"), End: true}, {Title: m.t("taken"), End: true},
		{Title: m.t("abandoned"), End: true}, {Title: m.t("disputes"), End: true}, {Title: m.t("took"), End: true}, {Title: m.t("per_hundred"), End: true},
	}}
	for _, row := range m.Found.Rows[by] {
		f := row.Figures
		cost, back := "–", ""
		if n, ok := f.PerHundred(); ok {
			cost = m.view().Money(n)
		}
		if f.Returned > 0 {
			back = m.t("refunded_of", ui.Args{"amount": f.Refunded})
		}
		title := ui.Title{Text: m.name(by, row), Sub: m.t("attempts_of", ui.Args{"n": f.Attempts})}
		t.Rows = append(t.Rows, ui.Row{Name: title.Text, Cells: []templ.Component{
			ui.TitleCell(m.view(), title), ui.TwoLineCell(m.percent(f.Rate()), m.t("decided_of", ui.Args{"accepted": f.Accepted, "refused": f.Refused})),
			ui.TwoLineCell(m.view().Money(f.Taken), back), ui.TextCell(m.view().Number(f.Abandoned)), ui.TextCell(m.percent(f.DisputeRate())),
			ui.TextCell(m.took(f.Took)), ui.TextCell(cost),
		}})
	}
	return t
}

// whys are the attempts that came to nothing, by reason.
func (m model) whys() ui.Table {
	t := ui.Table{Caption: m.t("whys"), Bare: true, Columns: []ui.Column{
		{Title: m.t("reason"), Main: true}, {Title: m.t("outcome")}, {Title: m.t("attempts"), End: true}, {Title: m.t("asked"), End: true},
	}}
	for _, w := range m.Found.Whys {
		outcome := m.t("refused")
		if w.Left {
			outcome = m.t("abandoned")
		}
		t.Rows = append(t.Rows, ui.Row{Name: m.why(w), Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: m.why(w)}), ui.TextCell(outcome), ui.TextCell(m.view().Number(w.Attempts)), ui.TextCell(m.view().Money(w.Amount)),
		}})
	}
	return t
}

// none is what stands there while nobody has paid.
func (m model) none() ui.Table {
	return ui.Table{Caption: m.t("by.mode"), Columns: []ui.Column{{Title: m.t("name.mode"), Main: true}},
		Empty: ui.Empty{Icon: ui.IconCreditCard, Title: m.t("none"), Text: m.t("none_text"),
			Actions: []ui.Action{{Label: m.t("to_modes"), Href: m.visit.Href("settings/payment"), Look: ui.Primary}}}}
}
