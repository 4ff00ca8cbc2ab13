package sheet

import (
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
)

// Sheet is a form that is being drawn.
type Sheet struct {
	ui.Answers
	Visit *desk.Visit
	// Known are the labels of fields that the words of the sheet do not know, by their names or, for tables
	// of a schema, by that of the table.
	Known map[string]string

	words string
}

// New begins a form with these answers, whose words are below words: "discounts", "setup.stock".
func New(v *desk.Visit, words string, a ui.Answers) Sheet {
	return Sheet{Answers: a, Visit: v, words: words + "."}
}

// View is how pages are drawn for the visitor.
func (s Sheet) View() ui.View { return s.Visit.View }

// T is a word of the sheet.
func (s Sheet) T(key string, args ...ui.Args) string { return s.Visit.T(s.words+key, args...) }

// Has tells whether the sheet has a word.
func (s Sheet) Has(key string) bool { return s.View().Words.Has(s.View().Locale, s.words+key) }

// maybe is a word of the sheet, "" when it has none.
func (s Sheet) maybe(key string) string {
	if !s.Has(key) {
		return ""
	}
	return s.T(key)
}

// word is where the words of a field are.
func (s Sheet) word(name string) string {
	if s.Has("field." + name) {
		return "field." + name
	}
	return name
}

// Field is a field by its name.
func (s Sheet) Field(name string) ui.Field {
	return s.Fill(ui.Field{Name: name, Label: s.Label(name), Help: s.maybe(s.word(name) + "_help")})
}

// Must is a field that must be filled in.
func (s Sheet) Must(name string) ui.Field {
	f := s.Field(name)
	f.Required = true
	return f
}

// Typed is a field of a type of HTML ("email", "tel") with what browsers complete it by.
func (s Sheet) Typed(name, kind, autocomplete string) ui.Field {
	f := s.Field(name)
	f.Type, f.Autocomplete = kind, autocomplete
	return f
}

// Suffixed is a field with its unit inside the box.
func (s Sheet) Suffixed(name, unit string) ui.Field {
	f := s.Field(name)
	f.Suffix = unit
	return f
}

// Of is a field with these options, of which any number may be chosen already.
func (s Sheet) Of(name string, options []ui.Option) ui.Field {
	f := s.Field(name)
	f.Options = options
	return f
}

// Choice is a field with options of its own words; that of the empty value is "none".
func (s Sheet) Choice(name string, values ...string) ui.Field {
	options := make([]ui.Option, len(values))
	for i, value := range values {
		key := s.word(name) + "."
		if key += value; value == "" {
			key += "none"
		}
		options[i] = ui.Option{Value: value, Label: s.T(key), Help: s.maybe(key + "_help")}
	}
	return s.Of(name, options)
}

// Texts is a text in several languages.
func (s Sheet) Texts(name string, locales []i18n.Locale) ui.Texts {
	t := ui.Texts{Field: s.Field(name), Locales: locales, Text: i18n.Text{}, Errors: map[i18n.Locale]string{}}
	for _, l := range locales {
		in := name + "." + string(l)
		t.Text[l], t.Errors[l] = s.Values.Get(in), s.Errors[in]
	}
	return t
}

// MustTexts is a text that must be there in one of them.
func (s Sheet) MustTexts(name string, locales []i18n.Locale) ui.Texts {
	t := s.Texts(name, locales)
	t.Required = true
	return t
}
