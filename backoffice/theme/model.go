package theme

import (
	"fmt"
	"slices"

	"github.com/a-h/templ"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/liquid/lint"
	"echoppe.dev/platform/driver/ui"
)

// shown bounds a list nobody reads to its end.
const shown = 200

// model is the form, with what was found.
type model struct {
	visit   *desk.Visit
	Answers ui.Answers
	Looked  bool
	Name    string
	Found   []lint.Finding
}

func (m model) view() ui.View { return m.visit.View }

func (m model) t(key string, args ...ui.Args) string { return m.visit.T("themes."+key, args...) }

func (m model) form() ui.Form {
	f := sheet.New(m.visit, "themes", m.Answers).Form(nil)
	f.Files, f.Action = true, m.visit.Href(here)
	return f
}

func (m model) field() ui.Field { return sheet.New(m.visit, "themes", m.Answers).Field("file") }

// result is what came of it, in a sentence.
func (m model) result() ui.Flash {
	errors := 0
	for _, f := range m.Found {
		if f.Error {
			errors++
		}
	}
	switch {
	case len(m.Found) == 0:
		return ui.Flash{Tone: ui.Good, Text: m.t("nothing", ui.Args{"name": m.Name})}
	case errors > 0:
		return ui.Flash{Tone: ui.Bad, Text: m.t("errors", ui.Args{"name": m.Name, "n": errors})}
	}
	return ui.Flash{Tone: ui.Warn, Text: m.t("warnings", ui.Args{"name": m.Name, "n": len(m.Found)})}
}

// table lists what was found, what cannot be drawn first.
func (m model) table() ui.Table {
	t := ui.Table{Caption: m.t("found"), Columns: []ui.Column{{Title: m.t("place")}, {Title: m.t("what"), Main: true}, {Title: m.t("kind")}}}
	found := slices.Clone(m.Found)
	slices.SortStableFunc(found, func(a, b lint.Finding) int { return rank(a) - rank(b) })
	for i, f := range found[:min(len(found), shown)] {
		badge := ui.Badge{Label: m.t("warning"), Tone: ui.Warn}
		if f.Error {
			badge = ui.Badge{Label: m.t("error"), Tone: ui.Bad}
		}
		t.Rows = append(t.Rows, ui.Row{ID: fmt.Sprint(i), Cells: []templ.Component{
			ui.TextCell(fmt.Sprintf("%s:%d:%d", f.Template, f.Place.Line, f.Place.Column)), ui.TwoLineCell(m.say(f), f.Excerpt), ui.BadgeCell(m.view(), badge)}})
	}
	return t
}

func rank(f lint.Finding) int {
	if f.Error {
		return 0
	}
	return 1
}

// say is a finding in the reader's language.
func (m model) say(f lint.Finding) string {
	args := ui.Args{}
	for i, name := range []string{"a", "b"} {
		if i < len(f.Args) {
			args[name] = fmt.Sprint(f.Args[i])
		}
	}
	text := m.t("rule."+string(f.Rule), args)
	if f.Rule == lint.Syntax && f.Code != "" {
		text = m.t("syntax."+string(f.Code), args)
	}
	if f.Hint != "" {
		text += " " + m.t("hint", ui.Args{"hint": f.Hint})
	}
	return text
}
