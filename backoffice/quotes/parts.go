package quotes

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/order"
)

// order leads to the order, for whoever may see it.
func (m fileModel) order(o order.ID, number string) templ.Component {
	if !m.visit.Can("orders.view") {
		return ui.TextCell(number)
	}
	return ui.LinkCell(m.orderHref(o), number)
}

// lines is an offer as it stands, with its totals.
func (m fileModel) lines(s *checkout.QuoteSheet) ui.Table {
	t := ui.Table{
		Caption: m.t("lines"), Bare: true,
		Columns: []ui.Column{
			{Title: m.t("article"), Main: true}, {Title: m.t("field.unit"), End: true}, {Title: m.t("pieces"), End: true}, {Title: m.t("total"), End: true},
		},
		Empty: ui.Empty{Icon: ui.IconPackage, Title: m.t("no_lines")},
	}
	for i, l := range s.Offer.Lines {
		unit, total := m.view().Money(l.Unit.Amount), "–"
		if i < len(s.Lines) {
			unit, total = m.view().Money(s.Lines[i].Unit), m.view().Money(s.Lines[i].Total)
		}
		t.Rows = append(t.Rows, ui.Row{ID: l.ID.String(), Name: l.Name, Cells: []templ.Component{
			ui.TwoLineCell(l.Name, joined(checkout.OptionsIn(l.Options, m.view().Locale), l.SKU)), ui.TextCell(unit), ui.TextCell(m.view().Number(l.Qty)), ui.TextCell(total),
		}})
	}
	for _, row := range s.Totals {
		key, args := row.Label()
		label := m.visit.T(key, args)
		if name := row.Note.In(m.view().Locale, m.Settings.Languages.Default); name != "" {
			label += " (" + name + ")"
		}
		t.Foot = append(t.Foot, ui.Row{Muted: row.Kind != "total", Cells: []templ.Component{
			ui.TextCell(label), ui.TextCell(""), ui.TextCell(""), ui.TextCell(m.view().Money(row.Amount)),
		}})
	}
	return t
}

// letters are those about the quote, with their fate.
func (m fileModel) letters() ui.Table {
	t := ui.Table{
		Caption: m.t("mails"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: m.t("mail"), Main: true}, {Title: m.t("state")}},
		Empty:   ui.Empty{Title: m.t("no_mails")},
	}
	for _, l := range m.Mails {
		tone := map[notify.State]ui.Tone{notify.Queued: ui.Info, notify.Sent: ui.Good, notify.Failed: ui.Bad}[l.State]
		sub := m.view().DayTime(l.CreatedAt)
		if l.Problem != "" && m.view().Words.Has(m.view().Locale, l.Problem) {
			sub += " · " + m.visit.T(l.Problem)
		}
		kind := m.visit.T("notify.kind." + string(l.Kind))
		row := ui.Row{ID: l.ID.String(), Name: kind, Cells: []templ.Component{
			ui.TwoLineCell(kind, sub), ui.BadgeCell(m.view(), ui.Badge{Label: m.visit.T("notify.state." + string(l.State)), Tone: tone, Dot: true}),
		}}
		if m.visit.Can("mails.resend") {
			row.More = []ui.Action{{Label: m.t("resend"), Icon: ui.IconRefresh, Post: m.at("/mails/" + l.ID.String())}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}
