package liquid

import (
	"fmt"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// Error is a mistake met while drawing, or a budget that was used up, with its place. Mistakes met while parsing are
// *syntax.Error.
type Error struct {
	Template string // as its author knows it
	Place    syntax.Place
	Excerpt  string // the line it stands on
	Hint     string // what was probably meant; "" when nobody can guess
	Budget   Budget // NoBudget for a mistake
	Limit    int    // of the budget
	cause    error
}

func (e *Error) Error() string {
	at := fmt.Sprintf("%s:%d:%d: ", e.Template, e.Place.Line, e.Place.Column)
	if e.Budget != NoBudget {
		return at + fmt.Sprintf("over its budget of %s (%d)", e.Budget, e.Limit)
	}
	if e.Hint != "" {
		return at + fmt.Sprintf("%v; did you mean %q?", e.cause, e.Hint)
	}
	return at + e.cause.Error()
}

// errorAt is an error of a template at a place of it.
func errorAt(t *syntax.Template, at syntax.Pos) *Error {
	return &Error{Template: t.Name, Place: t.Place(at), Excerpt: t.Excerpt(at)}
}

// Unwrap is what went wrong.
func (e *Error) Unwrap() error { return e.cause }
