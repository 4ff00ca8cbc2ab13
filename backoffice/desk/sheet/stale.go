package sheet

import (
	"github.com/a-h/templ"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
)

// Difference is a field whose stored value is not the one that was typed, because somebody else was faster.
type Difference struct{ Label, Typed, Stored string }

// Differences shows them; words is where "title", "field", "typed" and "stored" are.
func Differences(v *desk.Visit, words string, list []Difference) ui.Table {
	t := ui.Table{
		Caption: v.T(words + ".title"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: v.T(words + ".field"), Main: true}, {Title: v.T(words + ".typed")}, {Title: v.T(words + ".stored")}},
	}
	for _, d := range list {
		t.Rows = append(t.Rows, ui.Row{Name: d.Label, Cells: []templ.Component{ui.TextCell(d.Label), ui.TextCell(d.Typed), ui.TextCell(d.Stored)}})
	}
	return t
}
