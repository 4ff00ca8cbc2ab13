package shopsettings

import (
	"net/url"
	"slices"
	"strings"

	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"

	"echoppe.dev/backoffice/desk"
)

// sheet is a form that is being drawn: its answers, and where its words are. The label of field
// "low_at" of the sheet "stock" is "setup.stock.low_at", its help the same with "_help".
type sheet struct {
	ui.Answers
	visit *desk.Visit
	words string // "stock"
}

func (s sheet) view() ui.View { return s.visit.View }

// t is a word of the sheet.
func (s sheet) t(key string, args ...ui.Args) string {
	return s.visit.T("setup."+s.words+"."+key, args...)
}

// has tells whether the sheet has a word for key.
func (s sheet) has(key string) bool {
	return s.view().Words.Has(s.view().Locale, "setup."+s.words+"."+key)
}

// field is a field by its name, with label, help, answer and error.
func (s sheet) field(name string) ui.Field {
	f := ui.Field{Name: name, Label: s.label(name)}
	if s.has(name + "_help") {
		f.Help = s.t(name + "_help")
	}
	return s.Fill(f)
}

func (s sheet) must(name string) ui.Field {
	f := s.field(name)
	f.Required = true
	return f
}

// typed is a field of a type of HTML ("email", "tel") with what browsers complete it by.
func (s sheet) typed(name, kind, autocomplete string) ui.Field {
	f := s.field(name)
	f.Type, f.Autocomplete = kind, autocomplete
	return f
}

// choice is a field with options; their words are the field's with "." and the value.
func (s sheet) choice(name string, values ...string) ui.Field {
	f := s.field(name)
	for _, value := range values {
		o := ui.Option{Value: value, Label: s.t(name + "." + value)}
		if s.has(name + "." + value + "_help") {
			o.Help = s.t(name + "." + value + "_help")
		}
		f.Options = append(f.Options, o)
	}
	return f
}

// tick is a check box.
func (s sheet) tick(name string) ui.Field {
	f := s.field(name)
	if s.Values != nil && !s.Values.Has(name) {
		f.Value = ""
	}
	return f
}

// of is a field with these options.
func (s sheet) of(name string, options []ui.Option) ui.Field {
	f := s.field(name)
	f.Options = options
	return f
}

// texts is a text in the languages of the shop.
func (s sheet) texts(name string, locales []i18n.Locale) ui.Texts {
	t := ui.Texts{Field: s.field(name), Locales: locales, Text: i18n.Text{}, Errors: map[i18n.Locale]string{}}
	for _, l := range locales {
		t.Text[l] = s.Values.Get(name + "." + string(l))
		t.Errors[l] = s.Errors[name+"."+string(l)]
	}
	return t
}

// label is what a field is called, for the field itself and for the list of errors: "slogan.fr" and
// "display.3.rate" are known as "slogan" and "display.rate".
func (s sheet) label(name string) string {
	if part, ok := strings.CutPrefix(name, "address."); ok && s.view().Words.Has(s.view().Locale, "address.label."+part) {
		return s.view().T("address.label." + part)
	}
	if s.has(name) {
		return s.t(name)
	}
	parts := slices.DeleteFunc(strings.Split(name, "."), func(p string) bool { return strings.Trim(p, "0123456789") == "" })
	if last := len(parts) - 1; last > 0 && slices.Contains(i18n.Shipped, i18n.Locale(parts[last])) {
		return s.label(strings.Join(parts[:last], ".")) + " (" + i18n.Locale(parts[last]).Name() + ")"
	}
	if short := strings.Join(parts, "."); short != name || s.has(short) {
		return s.t(short)
	}
	return ""
}

// labels are the labels of the refused fields.
func (s sheet) labels() map[string]string {
	labels := make(map[string]string, len(s.Errors))
	for name := range s.Errors {
		if label := s.label(name); label != "" {
			labels[name] = label
		}
	}
	return labels
}

// form is the frame of the sheet's form.
func (s sheet) form(hidden map[string]string) ui.Form {
	return ui.Form{Guard: true, Problem: s.Problem, Errors: s.List(s.labels()), Hidden: hidden}
}

// frame is the page around a part of the settings; below are further steps of the way to it.
func frame(v *desk.Visit, words string, below ...ui.Crumb) officeui.Frame {
	title := v.T("setup." + words + ".title")
	crumbs := []ui.Crumb{{Label: v.T("setup.title"), Href: v.Href("settings")}, {Label: title}}
	if len(below) > 0 {
		crumbs[1].Href = v.Href("settings/" + words)
		crumbs = append(crumbs, below...)
		title = below[len(below)-1].Label
	}
	f := officeui.Frame{Header: ui.Header{Title: title, Crumbs: crumbs}}
	if key := "setup." + words + ".lead"; len(below) == 0 && v.View.Words.Has(v.View.Locale, key) {
		f.Lead = v.T(key)
	}
	return f
}

// putText writes a text into the fields of its languages.
func putText(values url.Values, name string, t i18n.Text) {
	for l, text := range t {
		values.Set(name+"."+string(l), text)
	}
}

// takeText reads the fields of a text back; languages left empty are absent.
func takeText(fields map[string]string) i18n.Text {
	t := i18n.Text{}
	for l, text := range fields {
		if text != "" && slices.Contains(i18n.Shipped, i18n.Locale(l)) {
			t[i18n.Locale(l)] = text
		}
	}
	return t
}

// languages offers languages by their own names.
func languages(list []i18n.Locale) []ui.Option {
	options := make([]ui.Option, len(list))
	for i, l := range list {
		options[i] = ui.Option{Value: string(l), Label: l.Name()}
	}
	return options
}

// yes is the value of a check box.
func yes(on bool) []string {
	if on {
		return []string{"1"}
	}
	return nil
}
