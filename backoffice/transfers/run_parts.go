package transfers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/transfer"
)

// stats are the figures of an import.
func (m *runModel) stats() []ui.Stat {
	v, n := m.visit.View, m.Run.Report.Counts
	stats := []ui.Stat{
		{Label: v.T("transfers.count.create"), Value: v.Number(n.Create)}, {Label: v.T("transfers.count.update"), Value: v.Number(n.Update)},
		{Label: v.T("transfers.count.same"), Value: v.Number(n.Same)},
	}
	errors := ui.Stat{Label: v.T("transfers.count.error"), Value: v.Number(n.Error)}
	if n.Error > 0 {
		errors.Note, errors.Tone = v.T("transfers.count.error_note"), ui.Bad
	}
	stats = append(stats, errors)
	if n.Warnings > 0 {
		stats = append(stats, ui.Stat{Label: v.T("transfers.count.warnings"), Value: v.Number(n.Warnings)})
	}
	if m.Run.State != transfer.Checked && n.Written > 0 {
		stats = append(stats, ui.Stat{Label: v.T("transfers.count.written"), Value: v.Number(n.Written)})
	}
	if n.Undone > 0 {
		stats = append(stats, ui.Stat{Label: v.T("transfers.count.undone"), Value: v.Number(n.Undone)})
	}
	return stats
}

// writes is how many articles confirming would write.
func (m *runModel) writes() int { return m.Run.Report.Counts.Create + m.Run.Report.Counts.Update }

// nothing says why confirming would write nothing.
func (m *runModel) nothing() string {
	v, n := m.visit.View, m.Run.Report.Counts
	switch {
	case n.Error == 0:
		return v.T("transfers.confirm.same")
	case n.Same == 0:
		return v.T("transfers.confirm.refused")
	}
	return v.T("transfers.confirm.nothing")
}

// columns says which columns of the file are not used.
func (m *runModel) columns() []ui.Term {
	v := m.visit.View
	var terms []ui.Term
	if len(m.Run.Report.Unknown) > 0 {
		terms = append(terms, ui.Term{Name: v.T("transfers.unknown"), Text: strings.Join(m.Run.Report.Unknown, ", ")})
	}
	if len(m.Run.Report.Ignored) > 0 {
		terms = append(terms, ui.Term{Name: v.T("transfers.ignored"), Text: strings.Join(m.Run.Report.Ignored, ", ")})
	}
	return terms
}

// full tells whether what was checked did not fit into the plan.
func (m *runModel) full() bool {
	return m.Run.State == transfer.Checked && m.Run.Report.Problem != ""
}

// problem is what made the whole run fail, or keeps it from being written.
func (m *runModel) problem() string {
	kept, _ := m.Run.Report.Args.(map[string]any)
	args := make(map[string]any, len(kept))
	for name, arg := range kept {
		if n, ok := arg.(float64); ok { // JSON knows no other number
			arg = decimal.NewFromFloat(n)
		}
		args[name] = arg
	}
	text := m.visit.View.T(m.Run.Report.Problem, args)
	if text == m.Run.Report.Problem {
		return m.visit.View.T("error.internal")
	}
	return text
}

// lines are those of the report that the chosen tab shows.
func (m *runModel) lines() []transfer.Line {
	problems, changes := m.split()
	if m.showsChanges() {
		return changes
	}
	return problems
}

func (m *runModel) split() (problems, changes []transfer.Line) {
	all := m.Run.Report.Rows
	if m.Run.State != transfer.Checked && m.Run.State != transfer.Cancelled {
		problems = append(problems, m.Run.Report.Failed...)
		problems = append(problems, m.Run.Report.Skipped...)
	}
	for _, l := range all {
		if l.Problem != "" {
			problems = append(problems, l)
		} else {
			changes = append(changes, l)
		}
	}
	return problems, changes
}

func (m *runModel) showsChanges() bool {
	problems, changes := m.split()
	return len(problems) == 0 || m.Query.Show == "changes" && len(changes) > 0
}

func (m *runModel) tabs() []ui.Tab {
	v := m.visit.View
	problems, changes := m.split()
	if len(problems) == 0 || len(changes) == 0 {
		return nil
	}
	return []ui.Tab{
		{Label: v.T("transfers.problems"), Href: v.With("show", "", "page", ""), Count: len(problems), Current: !m.showsChanges()},
		{Label: v.T("transfers.changes"), Href: v.With("show", "changes", "page", ""), Count: len(changes), Current: m.showsChanges()},
	}
}

// linesAPage is how many lines of the report stand on a page.
const linesAPage = 50

func (m *runModel) table() ui.Table {
	v := m.visit.View
	t := ui.Table{Caption: v.T("transfers.changes"), Dense: true, Columns: []ui.Column{
		{Title: v.T("transfers.article"), Main: true}, {Title: v.T("transfers.row"), End: true}, {Title: v.T("transfers.column")},
	}}
	if m.showsChanges() {
		t.Columns = append(t.Columns, ui.Column{Title: v.T("transfers.before")}, ui.Column{Title: v.T("transfers.after")})
	} else {
		t.Caption = v.T("transfers.problems")
		t.Columns = append(t.Columns, ui.Column{Title: v.T("transfers.problem")})
	}
	all := m.lines()
	first := min((max(m.Query.Page, 1)-1)*linesAPage, len(all))
	for _, l := range all[first:min(first+linesAPage, len(all))] {
		t.Rows = append(t.Rows, m.row(l))
	}
	return t
}

func (m *runModel) row(l transfer.Line) ui.Row {
	v := m.visit.View
	name := l.Code
	if name == "" {
		name = l.SKU
	}
	title := ui.Title{Text: name, Badges: []ui.Badge{actionBadge(v, l.Action)}}
	if l.SKU != "" && l.SKU != name {
		title.Sub = l.SKU
	}
	r := ui.Row{Name: name, Cells: []templ.Component{ui.TitleCell(v, title), ui.TextCell(rowNumber(l.Row)), ui.TextCell(l.Column)}}
	if m.showsChanges() {
		r.Cells = append(r.Cells, longCell(shorten(l.Before)), longCell(shorten(l.After)))
		return r
	}
	return ui.Row{Name: name, Cells: append(r.Cells, ui.TextCell(explain(v, l)))}
}

func rowNumber(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func actionBadge(v ui.View, a transfer.Action) ui.Badge {
	tones := map[transfer.Action]ui.Tone{transfer.Create: ui.Good, transfer.Update: ui.Info, transfer.Refused: ui.Bad, transfer.Warning: ui.Warn, transfer.Same: ui.Neutral}
	return ui.Badge{Label: v.T("transfers.action." + string(a)), Tone: tones[a]}
}

func explain(v ui.View, l transfer.Line) string {
	text := v.T(l.Problem, ui.Args(l.Args))
	if text == l.Problem {
		return v.Explain(fault.New(fault.Malformed, l.Problem))
	}
	return text
}

// maxCell is how much of a text a cell shows; the report file has all of it.
const maxCell = 160

func shorten(text string) string {
	runes := []rune(text)
	if len(runes) <= maxCell {
		return text
	}
	return string(runes[:maxCell]) + "…"
}

// piece is how much of a word stays together.
const piece = 12

// pieces cuts text where a line may break.
func pieces(text string) []string {
	var cut []string
	for part := range slices.Chunk([]rune(text), piece) {
		cut = append(cut, string(part))
	}
	return cut
}

func (m *runModel) pages() ui.Pages {
	number, total := max(m.Query.Page, 1), len(m.lines())
	from := (number-1)*linesAPage + 1
	return ui.Pages{Number: number, Last: max(1, (total+linesAPage-1)/linesAPage), From: from, To: min(from+linesAPage-1, total), Total: total}
}

func (m *runModel) pictureTable() ui.Table {
	v := m.visit.View
	t := ui.Table{Caption: v.T("transfers.pictures.failed"), Dense: true, Columns: []ui.Column{{Title: v.T("transfers.pictures.address"), Main: true}, {Title: v.T("transfers.problem")}}}
	for _, pic := range m.Failed {
		t.Rows = append(t.Rows, ui.Row{Name: pic.SourceURL, Cells: []templ.Component{
			longCell(shorten(pic.SourceURL)), ui.TextCell(v.Explain(fault.New(fault.Upstream, pic.Problem))),
		}})
	}
	return t
}

func (m *runModel) confirmUndo() ui.Confirm {
	v := m.visit.View
	return ui.Confirm{
		ID: "undo", Title: v.T("transfers.undo_ask"), Text: v.T("transfers.undo_means"), Post: m.path("/undo"),
		Label: v.T("transfers.undo"), Cancel: m.path(""),
	}
}
