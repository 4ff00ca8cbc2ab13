package ui

import (
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/form"
)

// Drawn says how a [form.Schema] is shown.
type Drawn struct {
	Answers  Answers
	Stored   form.Values // only asked which secrets are set
	Currency string      // beside amounts: "EUR"
}

// schemaField translates one field of a schema.
func schemaField(v View, d Drawn, f form.Field) Field {
	field := Field{
		Name: f.Name, Label: v.T(f.Label), Required: f.Required, MaxLen: f.Max,
		Value: f.Default, Options: schemaOptions(v, f),
	}
	if f.Help != "" {
		field.Help = v.T(f.Help)
	}
	if f.Kind == form.Money {
		field.Suffix = d.Currency
	}
	if d.Answers.Values != nil {
		field.Value = "" // a box that was unticked is absent, and is not its default
	}
	return d.Answers.Fill(field)
}

func schemaOptions(v View, f form.Field) []Option {
	if f.Kind == form.Countries {
		countries := address.Countries(v.Locale)
		options := make([]Option, len(countries))
		for i, c := range countries {
			options[i] = Option{Value: c.Code, Label: c.Name}
		}
		return options
	}
	var options []Option
	if f.Kind == form.Select && !f.Required {
		options = append(options, Option{Label: v.T("ui.none")})
	}
	for _, o := range f.Options {
		options = append(options, Option{Value: o.Value, Label: v.T(o.Label)})
	}
	return options
}

// spareRows wait at the end of a table for browsers without scripts.
const spareRows = 2

func schemaRows(v View, d Drawn, f form.Field) Rows {
	rows := Rows{Name: f.Name, Label: v.T(f.Label), Error: d.Answers.Errors[f.Name], Blank: spareRows}
	if f.Help != "" {
		rows.Help = v.T(f.Help)
	}
	for _, column := range f.Columns {
		c := schemaField(v, Drawn{Currency: d.Currency}, column)
		c.Value = column.Default
		switch column.Kind {
		case form.Money, form.Decimal, form.Number:
			c = c.figure("decimal")
		case form.Percent:
			c = c.percent()
		case form.Date:
			c = c.typed("date")
		case form.Checkbox:
			c.Options = []Option{{Label: v.T("ui.no")}, {Value: "true", Label: v.T("ui.yes")}}
		case form.Text, form.Textarea, form.Select, form.Rows, form.Secret, form.Countries:
			// a line of text or a choice, which the row draws as it is
		}
		c.Width = Full
		rows.Columns = append(rows.Columns, c)
	}
	rows.Lines = sentLines(d.Answers, f)
	return rows
}

// sentLines gathers "table.3.column" into rows, up to the highest number in use, so
// that an error keeps the number its row was sent with.
func sentLines(a Answers, f form.Field) []Line {
	limit := f.Max
	if limit == 0 {
		limit = form.DefaultRows
	}
	var lines []Line
	for name, values := range a.Values {
		rest, ok := strings.CutPrefix(name, f.Name+".")
		index, column, dotted := strings.Cut(rest, ".")
		i, err := strconv.Atoi(index)
		if !ok || !dotted || err != nil || i < 0 || i >= limit || strings.Join(values, "") == "" {
			continue
		}
		for len(lines) <= i {
			lines = append(lines, Line{Values: map[string]string{}, Errors: map[string]string{}})
		}
		lines[i].Values[column] = values[0]
	}
	for i := range lines {
		for _, column := range f.Columns {
			name := f.Name + "." + strconv.Itoa(i) + "." + column.Name
			if text := a.Errors[name]; text != "" {
				lines[i].Errors[column.Name] = text
			}
		}
	}
	return lines
}

// SchemaLabels are the words for the fields of a schema, for [Answers.List].
func SchemaLabels(v View, s form.Schema) map[string]string {
	labels := map[string]string{}
	for _, f := range s.Fields {
		labels[f.Name] = v.T(f.Label)
		for _, column := range f.Columns {
			labels[f.Name+"."+column.Name] = v.T(f.Label) + ", " + v.T(column.Label)
		}
	}
	return labels
}
