package carriage

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
)

// actions are to check, and to write what was found.
func (m billModel) actions() []ui.Action {
	check := ui.Action{Label: m.t("check"), Icon: ui.IconSearch, Look: ui.Primary}
	if m.Bill == nil || len(m.Bill.Found) == 0 {
		return []ui.Action{check}
	}
	check.Look = ui.Secondary
	write := ui.Action{Label: m.t("write", ui.Args{"n": len(m.Bill.Found)}), Look: ui.Primary, FormAction: m.href("/bill/post")}
	return []ui.Action{write, check}
}

// wrong are the lines that cannot be taken.
func (m billModel) wrong() ui.Table {
	t := ui.Table{Caption: m.t("wrong_lines"), Bare: true, Dense: true, Columns: []ui.Column{{Title: m.t("line"), Fit: true}, {Title: m.t("why"), Main: true}}}
	for _, w := range m.Bill.Wrong {
		t.Rows = append(t.Rows, ui.Row{Name: w.Text, Cells: []templ.Component{ui.TextCell(strconv.Itoa(w.Line)), ui.TextCell(m.view().T(w.Key, ui.Args(w.Args)))}})
	}
	return t
}

// found are the parcels that would get a cost.
func (m billModel) found() ui.Table {
	t := ui.Table{Caption: m.t("found"), Bare: true, Columns: []ui.Column{
		{Title: m.t("tracking"), Main: true}, {Title: m.t("order")}, {Title: m.t("cost_before"), End: true}, {Title: m.t("cost"), End: true},
	}}
	for _, f := range m.Bill.Found {
		before := "–"
		if f.Before != nil {
			before = m.view().Money(*f.Before)
		}
		lines := make([]string, len(f.Lines))
		for i, n := range f.Lines {
			lines[i] = strconv.Itoa(n)
		}
		number := ui.TextCell(f.Number)
		if m.visit.Can("orders.view") {
			number = ui.LinkCell(m.visit.Href("orders/"+f.Order.String()), f.Number)
		}
		t.Rows = append(t.Rows, ui.Row{ID: f.Parcel.String(), Name: f.Tracking, Cells: []templ.Component{
			ui.TitleCell(m.view(), ui.Title{Text: f.Tracking, Sub: m.t("on_lines", ui.Args{"n": len(f.Lines), "lines": strings.Join(lines, ", ")})}),
			number, ui.TextCell(before), ui.TextCell(m.view().Money(f.Cost)),
		}})
	}
	return t
}
