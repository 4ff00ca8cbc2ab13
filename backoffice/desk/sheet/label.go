package sheet

import (
	"maps"
	"slices"
	"strings"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
)

// Label is what a field is called, for the field itself and for the list of errors; "" when nobody knows.
// "address.city" has the word that addresses have everywhere, "slogan.fr" is known as "slogan", told with
// its language, "display.3.rate" as "display.rate", or as "rate", or as "display".
func (s Sheet) Label(name string) string {
	if label := s.own(name); label != "" {
		return label
	}
	if key := "address.label." + strings.TrimPrefix(name, "address."); strings.HasPrefix(name, "address.") && s.View().Words.Has(s.View().Locale, key) {
		return s.View().T(key)
	}
	parts := slices.DeleteFunc(strings.Split(name, "."), func(p string) bool { return strings.Trim(p, "0123456789") == "" })
	last := len(parts) - 1
	if last < 0 {
		return ""
	}
	if l := i18n.Locale(parts[last]); last > 0 && slices.Contains(i18n.Shipped, l) {
		return s.Label(strings.Join(parts[:last], ".")) + " (" + l.Name() + ")"
	}
	for _, short := range []string{strings.Join(parts, "."), parts[last], parts[0]} {
		if label := s.own(short); label != "" {
			return label
		}
	}
	return ""
}

// own is the label that the sheet has under just this name.
func (s Sheet) own(name string) string {
	if label := s.Known[name]; label != "" {
		return label
	}
	return s.maybe(s.word(name))
}

// Form is the frame around the form, with its errors by their labels.
func (s Sheet) Form(hidden map[string]string) ui.Form {
	labels := maps.Clone(s.Known)
	if labels == nil {
		labels = make(map[string]string, len(s.Errors))
	}
	for name := range s.Errors {
		if table, _, _ := strings.Cut(name, "."); s.Known[table] != "" {
			continue // a table of a schema, whose rows are told with their numbers
		}
		if label := s.Label(name); label != "" {
			labels[name] = label
		}
	}
	return ui.Form{Guard: true, Problem: s.Problem, Errors: s.List(labels), Hidden: hidden}
}

// Search is Form for a form whose answers are in the address of the page.
func (s Sheet) Search(hidden map[string]string) ui.Form {
	f := s.Action("", hidden)
	f.Get = true
	return f
}

// Action is Form for a page with several forms: it says where it goes, and whoever leaves the page is not
// asked about it.
func (s Sheet) Action(to string, hidden map[string]string) ui.Form {
	f := s.Form(hidden)
	f.Action, f.Guard = to, false
	return f
}
