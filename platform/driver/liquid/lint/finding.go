package lint

import (
	"cmp"
	"fmt"
	"slices"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// Rule is what a finding is about.
type Rule string

// The rules, with what Finding.Args are.
const (
	Syntax             Rule = "syntax"              // the message; those of Finding.Code where there is one
	UnknownFilter      Rule = "unknown-filter"      // the message of the compiler
	MissingFile        Rule = "missing-file"        // file
	UnknownVariable    Rule = "unknown-variable"    // name
	UnknownProperty    Rule = "unknown-property"    // name
	UnusedVariable     Rule = "unused-variable"     // name
	UnusedArgument     Rule = "unused-argument"     // name, file
	UnusedFile         Rule = "unused-file"         // file
	MissingTranslation Rule = "missing-translation" // key, languages
	DeprecatedFilter   Rule = "deprecated-filter"   // name
	ImageAlt           Rule = "image-alt"
	FieldLabel         Rule = "field-label" // element
)

// Rules are all of them.
func Rules() []Rule {
	return []Rule{Syntax, UnknownFilter, MissingFile, UnknownVariable, UnknownProperty, UnusedVariable, UnusedArgument, UnusedFile,
		MissingTranslation, DeprecatedFilter, ImageAlt, FieldLabel}
}

var says = map[Rule]string{
	Syntax: "%s", UnknownFilter: "%s", MissingFile: "there is no file %q", UnknownVariable: "there is no variable %q", UnknownProperty: "there is no property %q",
	UnusedVariable: "%q is never read", UnusedArgument: "%q is never read in %s", UnusedFile: "%s is rendered by no file",
	MissingTranslation: "%q is not translated: %s", DeprecatedFilter: "the filter %q is deprecated", ImageAlt: "an img needs an alt attribute, an empty one for a picture that says nothing new",
	FieldLabel: "the %s needs a label",
}

// Finding is something that is probably wrong.
type Finding struct {
	Rule     Rule         `json:"rule"`
	Error    bool         `json:"error"` // the file cannot be drawn; else a warning
	Template string       `json:"template"`
	Place    syntax.Place `json:"place"`
	Excerpt  string       `json:"excerpt,omitempty"`
	Code     syntax.Code  `json:"code,omitempty"` // of Syntax: the parser's, whose arguments are Args
	Args     []any        `json:"args,omitempty"`
	Hint     string       `json:"hint,omitempty"` // what was probably meant, or is to be used
}

// Message is the finding in English, without its place.
func (f Finding) Message() string {
	if f.Code != "" {
		return (&syntax.Error{Code: f.Code, Args: f.Args}).Message()
	}
	text := says[f.Rule]
	if len(f.Args) > 0 {
		text = fmt.Sprintf(text, f.Args...)
	}
	return text
}

func (f Finding) String() string {
	text := fmt.Sprintf("%s:%d:%d: %s", f.Template, f.Place.Line, f.Place.Column, f.Message())
	if f.Hint != "" {
		text += fmt.Sprintf(" (did you mean %q?)", f.Hint)
	}
	return text
}

// sorted puts findings into the order of files and places.
func sorted(list []Finding) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Template, b.Template), cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Place.Column, b.Place.Column), cmp.Compare(a.Rule, b.Rule))
	})
	return list
}
