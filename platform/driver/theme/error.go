package theme

import (
	"errors"
	"fmt"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/syntax"
)

// Error is a mistake in a file of a theme, or a budget it used up, with the place for its
// author.
type Error struct {
	Template string // path in the theme, "snippets/card.liquid"
	Line     int    // from 1; 0 when unknown
	Column   int
	Excerpt  string        // the line
	Hint     string        // what was probably meant
	Budget   liquid.Budget // NoBudget for a plain mistake
	cause    error
}

func (e *Error) Error() string {
	if e.Line > 0 { // the cause says where
		return "theme " + e.cause.Error()
	}
	return fmt.Sprintf("theme %s: %v", e.Template, e.cause)
}

// Unwrap returns what went wrong.
func (e *Error) Unwrap() error { return e.cause }

// asError gives err its place in the theme's files.
func asError(template string, err error) *Error {
	if already := (*Error)(nil); errors.As(err, &already) {
		return already
	}
	out := &Error{Template: template, cause: err}
	if e := (*syntax.Error)(nil); errors.As(err, &e) {
		out.Template, out.Line, out.Column, out.Excerpt, out.Hint = e.Name, e.Place.Line, e.Place.Column, e.Excerpt, e.Hint
	}
	if e := (*liquid.Error)(nil); errors.As(err, &e) {
		out.Template, out.Line, out.Column, out.Excerpt, out.Hint, out.Budget = e.Template, e.Place.Line, e.Place.Column, e.Excerpt, e.Hint, e.Budget
	}
	return out
}
