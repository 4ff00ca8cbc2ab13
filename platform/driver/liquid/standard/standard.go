package standard

import (
	"errors"
	"html"
	"strings"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

// makes is a filter that gives a value.
type makes = func(c *liquid.Call, in value.Value) value.Value

// Filters are all filters of this package by name.
func Filters() map[string]liquid.Filter {
	all := map[string]liquid.Filter{}
	for _, group := range []map[string]liquid.Filter{texts(), markup(), encodings(), numbers(), lists(), choosers(), dates()} {
		for name, f := range group {
			all[name] = f
		}
	}
	return all
}

// takes is a filter with that many arguments.
func takes(least, most int, f makes) liquid.Filter {
	return liquid.Filter{Make: f, Min: least, Max: most}
}

// Mistakes of a template's author.
var (
	errNumber = errors.New("a whole number is needed")
	errList   = errors.New("a list is needed")
	errZero   = errors.New("division by zero")
	errOrder  = errors.New("values of different kinds cannot be sorted")
	errSelect = errors.New("a number or a text has no properties")
	errBase64 = errors.New("this is no base64")
	errFormat = errors.New("the format of a date is too long")
	errUTF8   = errors.New("this is no text")
)

// Text is a value as plain text, with its work counted: of markup what is left without tags and entities. "" when it is too long.
func Text(c *liquid.Call, v value.Value) string {
	s := c.String(v)
	c.Work(len(s))
	if v.Kind() != value.HTML {
		return s
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = withoutTags(s)
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	return s
}

// whole is an argument as a whole number; without it otherwise.
func whole(c *liquid.Call, i int, otherwise int64) (int64, bool) {
	if i >= c.Len() {
		return otherwise, true
	}
	n, ok := c.Arg(i).Whole()
	if !ok {
		c.Fail(errNumber)
	}
	return n, ok
}
