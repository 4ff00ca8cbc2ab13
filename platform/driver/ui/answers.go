package ui

import (
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
)

// Answers is what stands in a form between two requests: what was typed and what
// is wrong with it. Its zero value is a form nobody has touched.
type Answers struct {
	Values  url.Values
	Errors  map[string]string // by field name, in the reader's words
	Problem string            // what is wrong with the whole; empty when fields say it all

	order []string // of Errors, as they were found
}

// Asked is a form as it is first shown, with these values in its fields.
func Asked(values url.Values) Answers { return Answers{Values: values} }

// Refused is a form that comes back: what was typed, and the words for err. A fault
// without fields is the Problem.
func Refused(v View, typed url.Values, err error) Answers {
	a := Answers{Values: typed, Errors: map[string]string{}}
	for _, f := range fault.FieldsOf(err) {
		if _, told := a.Errors[f.Name]; told {
			continue // the first thing to mend is enough
		}
		a.Errors[f.Name] = v.T(f.Key, Args(f.Args))
		a.order = append(a.order, f.Name)
	}
	if len(a.order) == 0 {
		a.Problem = v.Explain(err)
	}
	return a
}

// Fill puts the answer to f and what is wrong with it into f, by its name. A field
// that was not sent keeps the value it has.
func (a Answers) Fill(f Field) Field {
	if sent, ok := a.Values[f.Name]; ok {
		f.Values = sent
		f.Value = a.Values.Get(f.Name)
	}
	if text := a.Errors[f.Name]; text != "" {
		f.Error = text
	}
	return f
}

// List is what [Form].Errors wants: every error in the order it was found, with the
// label of its field where labels knows it.
func (a Answers) List(labels map[string]string) []FieldError {
	list := make([]FieldError, 0, len(a.order))
	for _, name := range a.order {
		list = append(list, FieldError{Field: name, Label: labelOf(labels, name), Text: a.Errors[name]})
	}
	return list
}

// labelOf finds the words for a field; the column of a table, "bands.1.price", is
// known as "bands.price" and told with the number of its row.
func labelOf(labels map[string]string, name string) string {
	if label, ok := labels[name]; ok {
		return label
	}
	table, rest, _ := strings.Cut(name, ".")
	index, column, _ := strings.Cut(rest, ".")
	label, ok := labels[table+"."+column]
	row, err := strconv.Atoi(index)
	if !ok || err != nil {
		return ""
	}
	return label + " (" + strconv.Itoa(row+1) + ")"
}
