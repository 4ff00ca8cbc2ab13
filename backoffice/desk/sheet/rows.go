package sheet

import (
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/platform/driver/ui"
)

// Rows is a table to fill in: r with the lines that stand in the form, and with the words of the sheet where
// it has none of its own (label and help as of a field, the button's "_add", columns as "tiers.from"). The
// first column is in every row.
func (s Sheet) Rows(r ui.Rows) ui.Rows {
	word := s.word(r.Name)
	r.Label, r.Error = s.Label(r.Name), s.Errors[r.Name]
	if r.Help == "" {
		r.Help = s.maybe(word + "_help")
	}
	if r.AddText == "" {
		r.AddText = s.maybe(word + "_add")
	}
	for i, c := range r.Columns {
		if c.Label == "" {
			r.Columns[i].Label = s.Label(r.Name + "." + c.Name)
		}
	}
	for i := 0; s.Values.Has(Cell(r.Name, i, r.Columns[0].Name)); i++ {
		line := ui.Line{Values: map[string]string{}, Errors: map[string]string{}}
		for _, c := range r.Columns {
			cell := Cell(r.Name, i, c.Name)
			line.Values[c.Name], line.Errors[c.Name] = s.Values.Get(cell), s.Errors[cell]
		}
		r.Lines = append(r.Lines, line)
	}
	return r
}

// Cell is the name of a field of a table.
func Cell(table string, row int, column string) string {
	return table + "." + strconv.Itoa(row) + "." + column
}

// PutRow writes a row of a table into the fields of a form.
func PutRow(values url.Values, table string, row int, cells map[string]string) {
	for column, text := range cells {
		values.Set(Cell(table, row, column), text)
	}
}

// DropRows forgets a table in what was sent.
func DropRows(sent url.Values, table string) {
	for name := range sent {
		if strings.HasPrefix(name, table+".") {
			delete(sent, name)
		}
	}
}
