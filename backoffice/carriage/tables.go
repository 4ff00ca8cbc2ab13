package carriage

import (
	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/shipment"
)

func (m reportModel) header() ui.Header {
	h := ui.Header{Title: m.t("title"), Lead: m.t("lead"), Crumbs: m.crumbs()}
	if m.visit.Can("orders.ship") {
		h.Actions = append(h.Actions, ui.Action{Label: m.t("bill"), Href: m.href("/bill"), Icon: ui.IconFileImport})
	}
	if m.visit.Can("reports.export") && len(m.Found.Rows) > 0 {
		to := m.href("/file")
		if q := m.view().Query.Encode(); q != "" {
			to += "?" + q
		}
		h.Actions = append(h.Actions, ui.Action{Label: m.t("file"), Href: to, Icon: ui.IconDownload, Download: true})
	}
	return h
}

func (m reportModel) periods() ui.Field {
	f := ui.Field{Name: "period", Label: m.t("period"), Value: m.Query.name()}
	for _, p := range periods {
		f.Options = append(f.Options, ui.Option{Value: p, Label: m.t("period." + p)})
	}
	return f
}

func (m reportModel) filter() ui.Filter {
	return ui.Filter{NoSearch: true, Fields: 3, Open: m.Refused != nil, Clear: m.href("")}
}

// cards are the sums of each currency.
func (m reportModel) cards() []ui.Stat {
	var stats []ui.Stat
	for _, s := range m.Found.Totals() {
		margin := ui.Stat{Label: m.t("margin"), Value: m.view().Money(s.Margin()), Note: m.share(s.Figures), Tone: ui.Good}
		if s.Margin().IsNegative() {
			margin.Tone = ui.Bad
		}
		stats = append(stats, margin,
			ui.Stat{Label: m.t("billed"), Value: m.view().Money(s.Billed), Note: m.t("orders", ui.Args{"n": s.Known})},
			ui.Stat{Label: m.t("cost"), Value: m.view().Money(s.Cost), Note: m.t("parcels_of", ui.Args{"n": s.Parcels})})
	}
	return stats
}

func (m reportModel) table() ui.Table {
	t := ui.Table{
		Caption: m.t("by_mode"),
		Columns: []ui.Column{
			{Title: m.t("mode"), Main: true}, {Title: m.t("orders_column"), End: true}, {Title: m.t("parcels"), End: true},
			{Title: m.t("billed"), End: true}, {Title: m.t("cost"), End: true}, {Title: m.t("margin"), End: true}, {Title: m.t("share"), End: true},
			{Title: m.t("missing"), End: true},
		},
		Empty: ui.Empty{Icon: ui.IconTruck, Title: m.t("none"), Text: m.t("none_text"),
			Actions: []ui.Action{{Label: m.t("to_ship"), Href: m.visit.Href("orders?state=to_ship"), Look: ui.Primary}}},
	}
	for _, s := range m.Found.Rows {
		t.Rows = append(t.Rows, m.row(s, ui.Title{Text: m.mode(s.Mode), Sub: m.place(s.Place)}))
	}
	if len(m.Found.Rows) > 1 {
		for _, s := range m.Found.Totals() {
			t.Foot = append(t.Foot, m.row(s, ui.Title{Text: m.t("total"), Sub: s.Currency.Code()}))
		}
	}
	return t
}

func (m reportModel) row(s shipment.Sum, title ui.Title) ui.Row {
	billed, cost, margin, share := "–", "–", "–", "–"
	if s.Known > 0 {
		billed, cost, margin, share = m.view().Money(s.Billed), m.view().Money(s.Cost), m.view().Money(s.Margin()), m.share(s.Figures)
	}
	missing := ui.TextCell("–")
	if n := s.Missing(); n > 0 {
		missing = ui.TwoLineCell(m.t("orders", ui.Args{"n": n}), m.t("open", ui.Args{"amount": s.Open}))
	}
	if s.Margin().IsNegative() {
		title.Badges = append(title.Badges, ui.Badge{Label: m.t("loss"), Tone: ui.Bad})
	}
	return ui.Row{Name: title.Text, Cells: []templ.Component{
		ui.TitleCell(m.view(), title), ui.TextCell(m.view().Number(s.Orders)), ui.TextCell(m.view().Number(s.Parcels)),
		ui.TextCell(billed), ui.TextCell(cost), ui.TextCell(margin), ui.TextCell(share), missing,
	}}
}

// trades are single orders; those that wait show what was billed and no margin.
func (m reportModel) trades(caption string, list []shipment.Trade, known bool) ui.Table {
	t := ui.Table{Caption: caption, Bare: true, Columns: []ui.Column{
		{Title: m.t("order"), Main: true}, {Title: m.t("mode")}, {Title: m.t("billed"), End: true},
	}}
	if known {
		t.Columns = append(t.Columns, ui.Column{Title: m.t("cost"), End: true}, ui.Column{Title: m.t("margin"), End: true})
	}
	for _, one := range list {
		title := ui.Title{Text: one.Number, Sub: m.view().Day(one.PlacedAt)}
		if m.visit.Can("orders.view") {
			title.Href = m.visit.Href("orders/" + one.Order.String())
		}
		cells := []templ.Component{ui.TitleCell(m.view(), title), ui.TwoLineCell(m.mode(one.Mode), m.place(one.Place)), ui.TextCell(m.view().Money(one.Billed))}
		if known {
			cells = append(cells, ui.TextCell(m.view().Money(one.Cost)), ui.TextCell(m.view().Money(one.Margin())))
		}
		t.Rows = append(t.Rows, ui.Row{Name: one.Number, Cells: cells})
	}
	return t
}
