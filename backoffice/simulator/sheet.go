package simulator

import (
	"strconv"
	"strings"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
)

// sheet is the form that is being drawn. The label of field "codes" is "simulator.field.codes", its
// help the same with "_help".
type sheet struct {
	ui.Answers
	visit *desk.Visit
}

func (s sheet) view() ui.View { return s.visit.View }

func (s sheet) t(key string, args ...ui.Args) string { return s.visit.T("simulator."+key, args...) }

func (s sheet) has(key string) bool {
	return s.view().Words.Has(s.view().Locale, "simulator."+key)
}

func (s sheet) field(name string) ui.Field {
	return s.Fill(ui.Field{Name: name, Label: s.t("field." + name), Help: s.t("field." + name + "_help"), Autocomplete: "off"})
}

func (s sheet) of(name string, options []ui.Option) ui.Field {
	f := s.field(name)
	f.Options = options
	return f
}

// lines is the table of articles.
func (s sheet) lines() ui.Rows {
	r := ui.Rows{Name: "lines", Label: s.t("field.lines"), Help: s.t("field.lines_help"), Error: s.Errors["lines"], Blank: 1,
		AddText: s.t("add_line"), Columns: []ui.Field{{Name: "sku", Label: s.t("field.sku")}, {Name: "qty", Label: s.t("field.qty"), InputMode: "numeric"}}}
	for i := 0; s.Values.Has("lines." + strconv.Itoa(i) + ".sku"); i++ {
		at := "lines." + strconv.Itoa(i) + "."
		r.Lines = append(r.Lines, ui.Line{
			Values: map[string]string{"sku": s.Values.Get(at + "sku"), "qty": s.Values.Get(at + "qty")},
			Errors: map[string]string{"sku": s.Errors[at+"sku"], "qty": s.Errors[at+"qty"]},
		})
	}
	return r
}

// labels are those of the refused fields: "lines.1.sku" is known as "sku".
func (s sheet) labels() map[string]string {
	labels := make(map[string]string, len(s.Errors))
	for name := range s.Errors {
		labels[name] = s.t("field." + name[strings.LastIndexByte(name, '.')+1:])
	}
	return labels
}
