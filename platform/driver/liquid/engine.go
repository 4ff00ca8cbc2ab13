package liquid

import (
	"maps"
	"slices"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// Options is what an engine knows beside the language.
type Options struct {
	Filters map[string]Filter
	// Globals are names of variables that Env.Globals gives, in the same order.
	Globals []string
	// Squeeze makes one line break of any run of spaces that holds one, but in a file with preformatted text, and drops the spaces
	// around a file.
	Squeeze bool
}

// Engine parses templates. It is safe for use by many goroutines.
type Engine struct {
	opts    Options
	filters []string // their names, for hints
	globals map[string]int
}

// New makes an engine.
func New(o Options) *Engine {
	e := &Engine{opts: o, filters: slices.Sorted(maps.Keys(o.Filters)), globals: map[string]int{}}
	for i, name := range o.Globals {
		e.globals[name] = i
	}
	return e
}

// HasFilter tells whether templates may call a filter of that name.
func (e *Engine) HasFilter(name string) bool { _, ok := e.opts.Filters[name]; return ok }

// Parse makes a template of a source. Errors: *syntax.Error; *Error for a filter that does not exist or is used wrongly.
func (e *Engine) Parse(name, source string) (*Template, error) {
	tree, err := syntax.Parse(name, source)
	if err != nil {
		return nil, err
	}
	return e.Compile(tree)
}

// Template is a compiled template. It is safe for use by many goroutines.
type Template struct {
	tree   *syntax.Template
	body   block
	slots  int            // how many variables it has
	slotOf map[string]int // those that have a name in the whole file
	schema string
}

// Name is what the template's author knows it by.
func (t *Template) Name() string { return t.tree.Name }

// Tree is what it was made of.
func (t *Template) Tree() *syntax.Template { return t.tree }

// Schema is the text of its {% schema %}, "" without one.
func (t *Template) Schema() string { return t.schema }
