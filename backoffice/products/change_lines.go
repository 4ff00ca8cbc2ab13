package products

import (
	"context"
	"strings"

	"github.com/a-h/templ"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/transfer"
)

// orderFunc is one of the orders an Editor takes.
type orderFunc func(context.Context, *tenant.Shop, tenant.Actor, transfer.ID) error

// linesAPage is how many lines of a report stand on a page.
const linesAPage = 50

// split parts what is wrong from what differs.
func (m *changeRun) split() (problems, changes []transfer.Line) {
	if m.Run.State != transfer.Checked && m.Run.State != transfer.Cancelled {
		problems = append(problems, m.Run.Report.Failed...)
		problems = append(problems, m.Run.Report.Skipped...)
	}
	for _, l := range m.Run.Report.Rows {
		if l.Problem != "" {
			problems = append(problems, l)
		} else {
			changes = append(changes, l)
		}
	}
	return problems, changes
}

func (m *changeRun) showsProblems() bool {
	problems, changes := m.split()
	return len(problems) > 0 && (m.Query.Show == "problems" || len(changes) == 0)
}

func (m *changeRun) lines() []transfer.Line {
	problems, changes := m.split()
	if m.showsProblems() {
		return problems
	}
	return changes
}

// page are the lines shown.
func (m *changeRun) page() []transfer.Line {
	all := m.lines()
	first := min((max(m.Query.Page, 1)-1)*linesAPage, len(all))
	return all[first:min(first+linesAPage, len(all))]
}

func (m *changeRun) pages() ui.Pages {
	number, total := max(m.Query.Page, 1), len(m.lines())
	from := (number-1)*linesAPage + 1
	return ui.Pages{Number: number, Last: max(1, (total+linesAPage-1)/linesAPage), From: from, To: min(from+linesAPage-1, total), Total: total}
}

func (m *changeRun) tabs() []ui.Tab {
	v := m.visit.View
	problems, changes := m.split()
	if len(problems) == 0 || len(changes) == 0 {
		return nil
	}
	return []ui.Tab{
		{Label: v.T("products.changes.lines"), Href: v.With("show", "", "page", ""), Current: !m.showsProblems()},
		{Label: v.T("products.changes.problems"), Href: v.With("show", "problems", "page", ""), Current: m.showsProblems()},
	}
}

// stats are the figures of a change.
func (m *changeRun) stats() []ui.Stat {
	v, n := m.visit.View, m.Run.Report.Counts
	stats := []ui.Stat{{Label: v.T("products.changes.count.update"), Value: v.Number(n.Update)}, {Label: v.T("products.changes.count.same"), Value: v.Number(n.Same)}}
	refused := ui.Stat{Label: v.T("products.changes.count.refused"), Value: v.Number(n.Error)}
	if n.Error > 0 {
		refused.Tone, refused.Note = ui.Warn, v.T("products.changes.count.refused_note")
	}
	stats = append(stats, refused)
	if m.Run.State != transfer.Checked && n.Written > 0 {
		stats = append(stats, ui.Stat{Label: v.T("products.changes.count.written"), Value: v.Number(n.Written)})
	}
	if n.Undone+n.Kept > 0 {
		stats = append(stats, ui.Stat{Label: v.T("products.changes.count.undone"), Value: v.Number(n.Undone)})
	}
	if n.Kept > 0 {
		stats = append(stats, ui.Stat{Label: v.T("products.changes.count.kept"), Value: v.Number(n.Kept), Note: v.T("products.changes.count.kept_note")})
	}
	return stats
}

// table is a page of what differs, or of what is wrong.
func (m *changeRun) table() ui.Table {
	v := m.visit.View
	t := ui.Table{Caption: v.T("products.changes.lines"), Dense: true, Columns: []ui.Column{{Title: v.T("products.changes.article"), Main: true}}}
	if m.showsProblems() {
		t.Caption = v.T("products.changes.problems")
		t.Columns = append(t.Columns, ui.Column{Title: v.T("products.changes.problem")})
	} else {
		t.Columns = append(t.Columns, ui.Column{Title: v.T("products.changes.what")},
			ui.Column{Title: v.T("products.changes.before"), End: true}, ui.Column{Title: v.T("products.changes.after"), End: true})
	}
	for _, l := range m.page() {
		r := ui.Row{Name: l.Code, Cells: []templ.Component{ui.TitleCell(v, m.title(l))}}
		if l.Problem != "" {
			r.Cells = append(r.Cells, ui.TextCell(explainLine(v, l)))
		} else {
			r.Cells = append(r.Cells, ui.TextCell(v.T("products.changes.field."+l.Column)), ui.TextCell(m.value(l.Column, l.Before)), ui.TextCell(m.value(l.Column, l.After)))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func (m *changeRun) title(l transfer.Line) ui.Title {
	t := ui.Title{Text: l.Code, Sub: l.SKU}
	if card, ok := m.Names[l.Code]; ok {
		t.Text, t.Href = card.Name, m.visit.Href("products/"+card.ID.String())
	}
	if t.Text == "" {
		t.Text = m.visit.T("products.changes.gone")
	}
	return t
}

func explainLine(v ui.View, l transfer.Line) string {
	args := make(ui.Args, len(l.Args))
	for name, arg := range l.Args {
		if n, ok := arg.(float64); ok { // JSON knows no other number
			arg = decimal.NewFromFloat(n)
		}
		args[name] = arg
	}
	if text := v.T(l.Problem, args); text != l.Problem {
		return text
	}
	return v.Explain(fault.New(fault.Malformed, l.Problem))
}

// value writes what a line says for the reader.
func (m *changeRun) value(column, text string) string {
	v := m.visit.View
	switch column {
	case "price", "compare_at":
		if n, err := decimal.NewFromString(text); err == nil {
			return v.Money(money.New(n, m.Settings.Rules().Currency))
		}
		return "–"
	case "rule":
		return ruleText(v, text)
	case "state":
		return v.T("products.state." + text)
	case "tax_class":
		return m.class(text)
	case "family":
		return v.T("products.changes.family." + text)
	default:
		return text
	}
}

// ruleText writes the amounts of a price rule ("9.5; 10: 9") with the decimal sign of the reader.
func ruleText(v ui.View, text string) string {
	parts := strings.Split(text, "; ")
	for i, part := range parts {
		from, price, tier := strings.Cut(part, ": ")
		if !tier {
			from, price = "", part
		}
		if n, err := decimal.NewFromString(price); err == nil {
			price = i18n.FormatInput(v.Locale, n, leastDigits)
		}
		if parts[i] = price; tier {
			parts[i] = from + ": " + price
		}
	}
	return strings.Join(parts, "; ")
}

func (m *changeRun) class(code string) string {
	for _, o := range classChoices(m.visit.View, m.Settings) {
		if o.Value == code {
			return o.Label
		}
	}
	return code
}
