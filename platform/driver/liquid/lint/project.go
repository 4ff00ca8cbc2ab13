package lint

import (
	"path"
	"strings"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// Project is the files of a theme, by their paths ("snippets/card.liquid"), checked together.
type Project struct {
	Options
	Files map[string]string
	// Stock are the files below, which are rendered and not checked.
	Stock map[string]string
	// DataOf is what a file is drawn with, nil when that is not known: a template with its page, the others with what all pages have.
	DataOf func(file string) *Shape
}

// passes is how often types are carried on from file to file: snippets render snippets.
const passes = 4

// Check finds what is probably wrong in the files.
func (p *Project) Check() []Finding {
	var list []Finding
	trees := map[string]*syntax.Template{}
	for _, files := range []map[string]string{p.Stock, p.Files} {
		for name, source := range files {
			tree, err := syntax.Parse(name, source)
			if err == nil {
				trees[name] = tree
				continue
			}
			delete(trees, name)
			if _, own := p.Files[name]; own {
				list = append(list, broken(name, err))
			}
		}
	}
	calls := newCalls(trees)
	for range passes {
		calls = p.carry(trees, calls)
	}
	for name := range p.Files {
		tree := trees[name]
		if tree == nil {
			continue
		}
		list = append(list, checkTree(p.optionsOf(name, calls), tree)...)
		if isSnippet(name) && !calls.rendered[name] {
			f := &file{tree: tree, off: disabled(tree)}
			f.report(UnusedFile, 0, "", name)
			list = append(list, f.findings...)
		}
		list = append(list, p.wasted(tree, trees)...)
	}
	return sorted(list)
}

func isSnippet(name string) bool { return strings.HasPrefix(name, "snippets/") }

func snippet(name string) string { return "snippets/" + name + ".liquid" }

// calls are what snippets are given by those that render them.
type calls struct {
	rendered map[string]bool
	labelled map[string]bool // somewhere inside a label
	given    map[string]map[string]*Shape
}

func newCalls(trees map[string]*syntax.Template) *calls {
	c := &calls{rendered: map[string]bool{}, labelled: map[string]bool{}, given: map[string]map[string]*Shape{}}
	for _, tree := range trees {
		syntax.Walk(tree.Body, func(n syntax.Node) {
			if r, ok := n.(*syntax.Render); ok {
				c.rendered[snippet(r.File)] = true
			}
		})
		p, renders := (&file{tree: tree}).flatten()
		if !renders {
			continue
		}
		_, _, inside := p.tags()
		for _, name := range inside {
			c.labelled[snippet(name)] = true
		}
	}
	return c
}

// carry finds what snippets are given, by what is known of those that render them so far.
func (p *Project) carry(trees map[string]*syntax.Template, before *calls) *calls {
	now := newCalls(trees)
	for name, tree := range trees {
		f := &file{Options: p.optionsOf(name, before), tree: tree}
		f.gives = func(r *syntax.Render, arg string, s *Shape) {
			to := snippet(r.File)
			if now.given[to] == nil {
				now.given[to] = map[string]*Shape{}
			}
			if other, ok := now.given[to][arg]; ok {
				s = agree(s, other)
			}
			now.given[to][arg] = s
		}
		f.variables()
	}
	return now
}

// optionsOf are the options for one of the files.
func (p *Project) optionsOf(name string, c *calls) Options {
	o := p.Options
	o.Data = p.DataOf(name)
	o.Variables = map[string]*Shape{}
	for name, s := range p.Variables {
		o.Variables[name] = s
	}
	if path.Dir(name) == "sections" {
		o.Variables["section"] = nil
	}
	if isSnippet(name) {
		o.Open, o.Part, o.Within = !c.rendered[name], true, c.labelled[name]
		for arg, s := range c.given[name] {
			o.Variables[arg] = s
		}
	}
	return o
}

// wasted finds arguments that the file they are given to never reads.
func (p *Project) wasted(tree *syntax.Template, trees map[string]*syntax.Template) []Finding {
	f := &file{tree: tree, off: disabled(tree)}
	f.each(func(n syntax.Node) {
		r, ok := n.(*syntax.Render)
		if !ok || trees[snippet(r.File)] == nil {
			return
		}
		read := (&file{tree: trees[snippet(r.File)]}).reads()
		for _, a := range r.Args {
			if read != nil && !read[a.Name] {
				f.report(UnusedArgument, a.At, "", a.Name, snippet(r.File))
			}
		}
	})
	return f.findings
}
