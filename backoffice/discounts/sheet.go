package discounts

import (
	"strconv"
	"strings"

	"echoppe.dev/backoffice/desk"
	officeui "echoppe.dev/backoffice/ui"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
)

// sheet is a form that is being drawn. The label of field "rate" is "discounts.field.rate", its help
// the same with "_help".
type sheet struct {
	ui.Answers
	visit *desk.Visit
}

func (s sheet) view() ui.View { return s.visit.View }

func (s sheet) t(key string, args ...ui.Args) string { return s.visit.T("discounts."+key, args...) }

func (s sheet) has(key string) bool {
	return s.view().Words.Has(s.view().Locale, "discounts."+key)
}

// field is a field by its name, with label, help, answer and error.
func (s sheet) field(name string) ui.Field {
	f := ui.Field{Name: name, Label: s.t("field." + name)}
	if s.has("field." + name + "_help") {
		f.Help = s.t("field." + name + "_help")
	}
	return s.Fill(f)
}

func (s sheet) suffixed(name, suffix string) ui.Field {
	f := s.field(name)
	f.Suffix = suffix
	return f
}

// choice is a field with options, whose words are the field's with "." and the value; "none" for "".
func (s sheet) choice(name string, values ...string) ui.Field {
	f := s.field(name)
	for _, value := range values {
		word := value
		if word == "" {
			word = "none"
		}
		o := ui.Option{Value: value, Label: s.t("field." + name + "." + word)}
		if s.has("field." + name + "." + word + "_help") {
			o.Help = s.t("field." + name + "." + word + "_help")
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

func (s sheet) texts(name string, locales []i18n.Locale) ui.Texts {
	t := ui.Texts{Field: s.field(name), Locales: locales, Text: i18n.Text{}, Errors: map[i18n.Locale]string{}}
	t.Required = true
	for _, l := range locales {
		t.Text[l] = s.Values.Get(name + "." + string(l))
		t.Errors[l] = s.Errors[name+"."+string(l)]
	}
	return t
}

// rows is a table to fill in.
func (s sheet) rows(name string, columns ...ui.Field) ui.Rows {
	r := ui.Rows{Name: name, Label: s.t("field." + name), Help: s.t("field." + name + "_help"), Error: s.Errors[name],
		Columns: columns, Blank: 2, AddText: s.t("field." + name + ".add")}
	for i := 0; s.Values.Has(name + "." + strconv.Itoa(i) + "." + columns[0].Name); i++ {
		line := ui.Line{Values: map[string]string{}, Errors: map[string]string{}}
		for _, c := range columns {
			cell := name + "." + strconv.Itoa(i) + "." + c.Name
			line.Values[c.Name], line.Errors[c.Name] = s.Values.Get(cell), s.Errors[cell]
		}
		r.Lines = append(r.Lines, line)
	}
	return r
}

// labels are those of the refused fields: "tiers.1.from" is known as "tiers.from", "name.fr" as "name".
func (s sheet) labels() map[string]string {
	labels := make(map[string]string, len(s.Errors))
	for name := range s.Errors {
		var parts []string
		for part := range strings.SplitSeq(name, ".") {
			if strings.Trim(part, "0123456789") != "" {
				parts = append(parts, part)
			}
		}
		short := strings.Join(parts, ".")
		switch {
		case s.has("field." + short):
			labels[name] = s.t("field." + short)
		case s.has("field." + parts[0]):
			labels[name] = s.t("field." + parts[0])
		}
	}
	return labels
}

func (s sheet) form(hidden map[string]string) ui.Form {
	return ui.Form{Guard: true, Problem: s.Problem, Errors: s.List(s.labels()), Hidden: hidden}
}

// frame is the page around a part of the desk; below are further steps of the way to it.
func frame(v *desk.Visit, below ...ui.Crumb) officeui.Frame {
	title := v.T("discounts.title")
	if len(below) == 0 {
		return officeui.Frame{Header: ui.Header{Title: title, Lead: v.T("discounts.lead")}}
	}
	crumbs := append([]ui.Crumb{{Label: title, Href: v.Href("discounts")}}, below...)
	return officeui.Frame{Header: ui.Header{Title: below[len(below)-1].Label, Crumbs: crumbs}}
}
