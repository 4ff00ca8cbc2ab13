package operator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
)

// fact is one thing an entry changed, in the words that are stored.
type fact struct{ name, was, is string }

// String is the fact as it is stored: "plan: free → large".
func (f fact) String() string { return arrow(f.name+": ", f.was, f.is) }

func arrow(name, was, is string) string {
	if was == "" {
		return name + is
	}
	return name + was + " → " + is
}

// changes lists what an entry changed, in the order of the names.
func changes(e audit.Entry) []fact {
	before, after := facts(e.Before), facts(e.After)
	names := map[string]bool{}
	for name := range before {
		names[name] = true
	}
	for name := range after {
		names[name] = true
	}
	var out []fact
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if f := (fact{name, before[name], after[name]}); f.was != f.is {
			out = append(out, f)
		}
	}
	return out
}

// facts is a document with its values as text; what is empty is left out.
func facts(doc json.RawMessage) map[string]string {
	var values map[string]any
	if json.Unmarshal(doc, &values) != nil {
		return nil
	}
	out := map[string]string{}
	for name, value := range values {
		if text := fmt.Sprint(value); value != nil && text != "" {
			out[name] = text
		}
	}
	return out
}

// closedSets are the facts whose values have words, with what their keys begin with. Plans have their
// words in their table.
var closedSets = map[string]string{
	"state": "operator.state.", "mode": "operator.mode.", "canonical": "operator.canonical.",
	"role": "operator.member.", "open": "operator.signup.", "terminal": "operator.terminal.", "request": "wanted.state.",
}

// journalWords says facts in the language of a view.
type journalWords struct {
	view  ui.View
	plans map[plan.Code]string
}

// cell shows facts in words, and under them as they are stored: that is what logs and queries have.
func (w journalWords) cell(list []fact) templ.Component {
	if len(list) == 0 {
		return ui.TextCell("")
	}
	said, stored := make([]string, len(list)), make([]string, len(list))
	for i, f := range list {
		name := wordOr(w.view, "operator.change."+f.name, f.name) + w.view.T("ui.colon")
		said[i], stored[i] = arrow(name, w.value(f.name, f.was), w.value(f.name, f.is)), f.String()
	}
	return ui.TwoLineCell(strings.Join(said, ", "), strings.Join(stored, ", "))
}

func (w journalWords) value(name, stored string) string {
	if title := w.plans[plan.Code(stored)]; name == "plan" && title != "" {
		return title
	}
	prefix := closedSets[name]
	if prefix == "" || stored == "" {
		return stored
	}
	if on, known := map[string]string{"true": "open", "false": "closed"}[stored]; known && name == "open" {
		stored = on
	}
	return wordOr(w.view, prefix+stored, stored)
}

// wordOr is the words of a key, or the other text when there are none: the journal and the queue
// also keep what an older or a newer release wrote.
func wordOr(v ui.View, key, other string) string {
	if text := v.T(key); text != key {
		return text
	}
	return other
}

func planNames(v ui.View, plans []plan.Plan) map[plan.Code]string {
	names := make(map[plan.Code]string, len(plans))
	for _, p := range plans {
		names[p.Code] = p.Names.In(v.Locale)
	}
	return names
}
