package syntax

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Code names a kind of mistake, for whoever tells it in another language.
type Code string

// The kinds of mistakes, with what their arguments are.
const (
	Unclosed     Code = "unclosed"      // what: the block or markup that is not closed
	UnknownTag   Code = "unknown_tag"   // tag
	Stray        Code = "stray"         // tag, which has no place here; in: the block it stands in, "" for none
	Unexpected   Code = "unexpected"    // found
	Missing      Code = "missing"       // what
	BadName      Code = "bad_name"      // found, which is no name
	BadNumber    Code = "bad_number"    // found
	TooDeep      Code = "too_deep"      // max
	TooLong      Code = "too_long"      // max, in bytes
	NoArguments  Code = "no_arguments"  // tag, which takes none
	BadComment   Code = "bad_comment"   // a line of an inline comment without its #
	BadOperator  Code = "bad_operator"  // found
	BadParameter Code = "bad_parameter" // found, tag
)

var says = map[Code]string{
	Unclosed: "%[1]s is not closed", UnknownTag: "there is no tag %[1]q", Stray: "%[1]q has no place here", Unexpected: "%[1]q was not expected here",
	Missing: "%[1]s is missing", BadName: "%[1]q is no name", BadNumber: "%[1]q is no number", TooDeep: "more than %[1]v levels inside each other",
	TooLong: "longer than %[1]v bytes", NoArguments: "%[1]q takes no arguments", BadComment: "each line of an inline comment begins with #",
	BadOperator: "there is no operator %[1]q", BadParameter: "%[2]q takes no parameter %[1]q",
}

// Error is a mistake in a source.
type Error struct {
	Name    string // of the template
	Place   Place
	Excerpt string // the line it stands on
	Code    Code
	Args    []any
	Hint    string // what was probably meant; "" when nobody can guess
}

// Message is the mistake in English, without its place and hint.
func (e *Error) Message() string {
	text := says[e.Code]
	if strings.Contains(text, "%") {
		text = fmt.Sprintf(text, e.Args...)
	}
	if i := strings.Index(text, "%!(EXTRA"); i >= 0 {
		text = text[:i]
	}
	return text
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d:%d: %s", e.Name, e.Place.Line, e.Place.Column, e.Message())
	if e.Hint != "" {
		fmt.Fprintf(&b, "; did you mean %q?", e.Hint)
	}
	return b.String()
}

func newError(t *Template, at Pos, code Code, args ...any) *Error {
	return &Error{Name: t.Name, Place: t.Place(at), Excerpt: excerpt(t.Source, at), Code: code, Args: args}
}

// Codes are all kinds of mistakes.
func Codes() []Code { return slices.Sorted(maps.Keys(says)) }
