package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/platform/kit/i18n"
)

// attrs are the attributes every control has in common.
func (f Field) attrs() templ.Attributes {
	a := templ.Attributes{"id": f.id(), "name": f.Name}
	if ids := f.describedBy(); ids != "" {
		a["aria-describedby"] = ids
	}
	if f.Error != "" {
		a["aria-invalid"] = "true"
	}
	set := func(name, value string) {
		if value != "" {
			a[name] = value
		}
	}
	set("placeholder", f.Placeholder)
	set("autocomplete", f.Autocomplete)
	set("inputmode", f.InputMode)
	set("min", f.Min)
	set("max", f.Max)
	set("step", f.Step)
	set("pattern", f.Pattern)
	set("lang", string(f.Lang))
	if f.MaxLen > 0 {
		a["maxlength"] = strconv.Itoa(f.MaxLen)
	}
	for name, on := range map[string]bool{
		"required": f.Required, "disabled": f.Disabled, "readonly": f.ReadOnly, "autofocus": f.Autofocus,
	} {
		if on {
			a[name] = true
		}
	}
	for name, value := range f.Attrs {
		a[name] = value
	}
	return a
}

// groupAttrs describe a fieldset, whose controls have no description of their own.
func (f Field) groupAttrs() templ.Attributes {
	a := templ.Attributes{}
	if ids := f.describedBy(); ids != "" {
		a["aria-describedby"] = ids
	}
	return a
}

func (f Field) figure(mode string) Field {
	f.Type = "text"
	if f.InputMode == "" {
		f.InputMode = mode
	}
	if f.Width == Full {
		f.Width = Narrow
	}
	if f.Autocomplete == "" {
		f.Autocomplete = "off"
	}
	return f
}

func (f Field) percent() Field {
	if f.Suffix == "" {
		f.Suffix = "%"
	}
	return f.figure("decimal")
}

func (f Field) typed(kind string) Field {
	f.Type = kind
	if f.Width == Full {
		f.Width = Narrow
	}
	return f
}

func (s Secret) field(v View) Field {
	f := s.Field
	f.Value = ""
	if s.Set {
		f.Required = false
		if f.Help == "" {
			f.Help = v.T("ui.secret_keep")
		}
	}
	return f
}

func (s Secret) placeholder(v View) string {
	if s.Set {
		return v.T("ui.secret_replace")
	}
	return ""
}

// in is the field of one language.
func (t Texts) in(l i18n.Locale, first bool) Field {
	f := t.Field
	f.Name = t.Name + "." + string(l)
	f.ID = t.id() + "-" + string(l)
	f.Value = t.Text[l]
	f.Error = t.Errors[l]
	if f.Error == "" && first {
		f.Error = t.Error
	}
	f.Lang = l
	f.Help = ""
	f.Required = t.Required && first
	f.Autofocus = t.Autofocus && first
	return f
}

func (r Rows) group() Field {
	return Field{Name: r.Name, Label: r.Label, Help: r.Help, Error: r.Error}
}

// lines are the filled rows and the blank ones after them.
// manyColumns is how many columns of a table of rows stand beside each other; where there are more, each row is
// a card whose fields have their labels.
const manyColumns = 4

func (r Rows) lines() []Line {
	return append(append([]Line(nil), r.Lines...), make([]Line, r.Blank)...)
}

func (r Rows) cell(column Field, index string, line Line) Field {
	f := column
	f.Name = r.Name + "." + index + "." + column.Name
	f.ID = fieldID(f.Name)
	f.Value = line.Values[column.Name]
	f.Error = line.Errors[column.Name]
	f.Help = line.Notes[column.Name]
	f.Required = false // a blank row is allowed; what a filled one needs is checked by the server
	return f
}

func (r Rows) addText(v View) string {
	if r.AddText == "" {
		return v.T("ui.add_row")
	}
	return r.AddText
}

func (f Form) method() string {
	if f.Get {
		return "get"
	}
	return "post"
}

func (f Form) action(v View) string {
	if f.Action == "" {
		return v.Path
	}
	return f.Action
}

func (s Save) label(v View) string {
	if s.Label == "" {
		return v.T("ui.save")
	}
	return s.Label
}

func (c Confirm) buttonClass() string {
	if c.Tone == "" || c.Tone == Bad {
		return "btn btn-danger"
	}
	return "btn btn-primary"
}

// chosen names what is ticked, as far as it fits on a line.
func (f Field) chosen(v View) string {
	const shown = 4
	var names []string
	for _, o := range f.Options {
		if o.Value != "" && f.has(o.Value) {
			names = append(names, o.Label)
		}
	}
	switch {
	case len(names) == 0:
		return v.T("ui.none")
	case len(names) > shown:
		return strings.Join(names[:shown], ", ") + " " + v.T("ui.and_more", Args{"n": len(names) - shown})
	default:
		return strings.Join(names, ", ")
	}
}
