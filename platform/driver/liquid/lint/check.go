package lint

import (
	"errors"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/syntax"
)

// Options is what is known about a template besides its source.
type Options struct {
	Engine *liquid.Engine
	// Data is what the template is drawn with; nil when that is not known. Variables are names that mean something besides: globals,
	// what a file is given. Open says that there may be others, so that no variable is unknown.
	Data      *Shape
	Variables map[string]*Shape
	Open      bool
	// HasFile tells whether there is a file for {% render %} or {% section %}, by its folder and name; nil: it is not asked.
	HasFile func(folder, name string) bool
	// Untranslated are the languages that lack a key of the filter t; nil: it is not asked.
	Untranslated func(key string) []string
	// Deprecated are filters with what is to be used instead.
	Deprecated map[string]string
	// Within says that the file is rendered inside a label, and Part that it is rendered by others, which may label its fields.
	Within, Part bool
}

// file is one template being checked.
type file struct {
	Options
	tree     *syntax.Template
	off      []span
	assigned map[string]*Shape
	findings []Finding
	gives    func(r *syntax.Render, name string, s *Shape) // told of what other files are given; nil: nobody asks
}

// Check finds what is probably wrong in a template.
func Check(o Options, name, source string) []Finding {
	tree, err := syntax.Parse(name, source)
	if err != nil {
		return []Finding{broken(name, err)}
	}
	return sorted(checkTree(o, tree))
}

func checkTree(o Options, tree *syntax.Template) []Finding {
	f := &file{Options: o, tree: tree, off: disabled(tree)}
	f.filters()
	if _, err := o.Engine.Compile(tree); err != nil && !f.gone() {
		f.findings = append(f.findings, broken(tree.Name, err))
	}
	f.variables()
	f.unused()
	f.words()
	f.files()
	f.markup()
	return f.findings
}

// broken is the finding of a template that cannot be drawn.
func broken(name string, err error) Finding {
	found := Finding{Rule: Syntax, Error: true, Template: name, Place: syntax.Place{Line: 1, Column: 1}, Args: []any{err.Error()}}
	if e := (*syntax.Error)(nil); errors.As(err, &e) {
		found.Place, found.Excerpt, found.Hint, found.Args = e.Place, e.Excerpt, e.Hint, e.Args
		found.Code = e.Code
	}
	if e := (*liquid.Error)(nil); errors.As(err, &e) {
		found.Rule, found.Place, found.Excerpt, found.Hint = UnknownFilter, e.Place, e.Excerpt, e.Hint
		found.Args = []any{e.Unwrap().Error()}
	}
	return found
}

// report adds a finding at a place, unless its rule is switched off there.
func (f *file) report(r Rule, at syntax.Pos, hint string, args ...any) {
	if switchedOff(f.off, r, at) {
		return
	}
	f.findings = append(f.findings, Finding{Rule: r, Error: r == MissingFile, Template: f.tree.Name, Place: f.tree.Place(at), Excerpt: f.tree.Excerpt(at), Args: args, Hint: hint})
}

// gone tells whether a filter that is there no more has been found: the compiler would say so again.
func (f *file) gone() bool {
	for _, found := range f.findings {
		if found.Rule == DeprecatedFilter && found.Error {
			return true
		}
	}
	return false
}

// each shows all nodes of the file to see.
func (f *file) each(see func(syntax.Node)) { syntax.Walk(f.tree.Body, see) }

// eachExpr shows all expressions of the file to see.
func (f *file) eachExpr(see func(syntax.Expr)) {
	f.each(func(n syntax.Node) { syntax.WalkExprs(n, see) })
}
