package theme

import (
	"errors"
	"fmt"

	"github.com/osteele/liquid/expressions"
)

// Limit names what a template used up.
type Limit string

// The limits of a render.
const (
	NoLimit     Limit = ""
	LimitTime   Limit = "time"
	LimitLoops  Limit = "loops"
	LimitOutput Limit = "output"
	LimitDepth  Limit = "depth"
	LimitText   Limit = "text"
)

// Error is a mistake in a template or a limit it ran into, with the place for its
// author.
type Error struct {
	Template string // path in the theme, "snippets/card.liquid"
	Line     int    // 0 when unknown
	Limit    Limit  // NoLimit for a plain mistake
	cause    error
}

func (e *Error) Error() string {
	place := e.Template
	if e.Line > 0 {
		place = fmt.Sprintf("%s:%d", e.Template, e.Line)
	}
	return fmt.Sprintf("theme %s: %v", place, e.cause)
}

// Unwrap returns what went wrong.
func (e *Error) Unwrap() error { return e.cause }

// limitError is raised inside a render; at the top it becomes an Error with a place.
type limitError struct {
	limit Limit
	text  string
}

func (e *limitError) Error() string { return e.text }

func overLimit(l Limit, format string, args ...any) error {
	return &limitError{limit: l, text: fmt.Sprintf(format, args...)}
}

// located is the library's error: it knows where it happened.
type located interface {
	error
	Path() string
	LineNumber() int
	Cause() error
}

// asError gives err its place in the theme's files. The library counts lines of the
// rewritten source; s knows the author's.
func (s *set) asError(template string, err error) *Error {
	out := &Error{Template: template, cause: err}
	if already := (*Error)(nil); errors.As(err, &already) {
		return already
	}
	if at := located(nil); errors.As(err, &at) {
		if at.Path() != "" {
			out.Template = at.Path()
		}
		out.Line = s.authorLine(out.Template, at.LineNumber())
		if at.Cause() != nil {
			out.cause = rootCause(at)
		}
	}
	if l := (*limitError)(nil); errors.As(out.cause, &l) {
		out.Limit, out.cause = l.limit, l
	}
	return out
}

// rootCause unpacks the library's nested errors, which repeat each other's text and
// do not all say what they wrap.
func rootCause(err error) error {
	for {
		switch e := err.(type) { //nolint:errorlint // one layer at a time is the point
		case expressions.FilterError:
			var l *limitError
			if !errors.As(e.Err, &l) {
				return err // it names the filter
			}
			err = e.Err
		case located:
			if e.Cause() == nil {
				return err
			}
			err = e.Cause()
		default:
			return err
		}
	}
}
