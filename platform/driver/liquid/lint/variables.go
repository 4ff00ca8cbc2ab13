package lint

import (
	"maps"
	"slices"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// names are what names mean inside a block, and around it.
type names struct {
	own    map[string]*Shape
	around *names
}

func (n *names) find(name string) (*Shape, bool) {
	for ; n != nil; n = n.around {
		if s, ok := n.own[name]; ok {
			return s, true
		}
	}
	return nil, false
}

// variables finds names and properties that mean nothing.
func (f *file) variables() {
	f.assigned = map[string]*Shape{}
	f.each(func(n syntax.Node) {
		switch n := n.(type) {
		case *syntax.Assign:
			f.assigned[n.Name] = nil
		case *syntax.Capture:
			f.assigned[n.Name] = nil
		case *syntax.Counter:
			f.assigned[n.Name] = numberShape
		}
	})
	f.typeAssigned()
	f.body(f.tree.Body, nil)
}

// typeAssigned finds what assigned variables are, where each assignment is of the same.
func (f *file) typeAssigned() {
	found := map[string]*Shape{}
	mixed := map[string]bool{}
	bound := f.bound()
	f.each(func(n syntax.Node) {
		a, ok := n.(*syntax.Assign)
		if !ok {
			return
		}
		var s *Shape
		if p, ok := a.Value.Value.(*syntax.Path); ok && len(a.Value.Filters) == 0 && !bound[p.Name] {
			s = f.quiet(p, nil)
		}
		if before, ok := found[a.Name]; ok && before != s || s == nil || f.named(a.Name) {
			mixed[a.Name] = true
		}
		found[a.Name] = s
	})
	for name, s := range found {
		if !mixed[name] {
			f.assigned[name] = s
		}
	}
}

// bound are the names that mean something of their own inside a block of the file.
func (f *file) bound() map[string]bool {
	names := map[string]bool{"forloop": true, "tablerowloop": true, "form": true, "paginate": true}
	f.each(func(n syntax.Node) {
		switch n := n.(type) {
		case *syntax.For:
			names[n.Name] = true
		case *syntax.TableRow:
			names[n.Name] = true
		}
	})
	return names
}

// named tells whether a name means something before the file assigns to it.
func (f *file) named(name string) bool {
	if _, ok := f.Variables[name]; ok {
		return true
	}
	return slices.Contains(f.Data.names(), name)
}

func (f *file) body(body []syntax.Node, in *names) {
	for _, n := range body {
		f.node(n, in)
	}
}

func (f *file) node(n syntax.Node, in *names) {
	syntax.WalkExprs(n, func(e syntax.Expr) {
		if p, ok := e.(*syntax.Path); ok {
			f.path(p, in)
		}
	})
	switch n := n.(type) {
	case *syntax.If:
		for _, b := range n.Branches {
			f.body(b.Body, in)
		}
	case *syntax.Case:
		for _, w := range n.Whens {
			f.body(w.Body, in)
		}
	case *syntax.For:
		f.body(n.Body, &names{map[string]*Shape{n.Name: f.shape(n.Over, in).element(), "forloop": nil}, in})
		f.body(n.Else, in)
	case *syntax.TableRow:
		f.body(n.Body, &names{map[string]*Shape{n.Name: f.shape(n.Over, in).element(), "tablerowloop": nil}, in})
	case *syntax.Form:
		f.body(n.Body, &names{map[string]*Shape{"form": nil}, in})
	case *syntax.Paginate:
		f.body(n.Body, &names{map[string]*Shape{"paginate": nil}, in})
	case *syntax.Capture:
		f.body(n.Body, in)
	case *syntax.IfChanged:
		f.body(n.Body, in)
	case *syntax.Style:
		f.body(n.Body, in)
	case *syntax.Render:
		f.given(n, in)
	}
}

// given tells what another file is given.
func (f *file) given(n *syntax.Render, in *names) {
	if f.gives == nil {
		return
	}
	for _, a := range n.Args {
		f.gives(n, a.Name, f.shape(a.Value, in))
	}
	if n.With == nil {
		return
	}
	s := f.shape(n.With, in)
	if n.For {
		f.gives(n, "forloop", nil)
		s = s.element()
	}
	f.gives(n, n.As, s)
}

// shape is what an expression gives.
func (f *file) shape(e syntax.Expr, in *names) *Shape {
	switch e := e.(type) {
	case *syntax.Path:
		return f.quiet(e, in)
	case *syntax.Range:
		return rangeShape
	case *syntax.Literal:
		switch e.Kind {
		case syntax.TextLiteral:
			return textShape
		case syntax.IntLiteral, syntax.FloatLiteral:
			return numberShape
		case syntax.BoolLiteral:
			return boolShape
		}
	}
	return nil
}

// quiet is what a path gives, without findings.
func (f *file) quiet(p *syntax.Path, in *names) *Shape {
	n := len(f.findings)
	s := f.path(p, in)
	f.findings = f.findings[:n]
	return s
}

// path finds what is wrong in a path, and what it gives.
func (f *file) path(p *syntax.Path, in *names) *Shape {
	if p.Root != nil {
		return nil
	}
	s, ok := f.root(p.Name, in)
	if !ok {
		f.report(UnknownVariable, p.At, syntax.Suggest(p.Name, f.known(in)), p.Name)
		return nil
	}
	for _, step := range p.Steps {
		if step.Index != nil {
			s = s.element()
			continue
		}
		next, ok := s.property(step.Name)
		if !ok {
			f.report(UnknownProperty, step.At, syntax.Suggest(step.Name, s.names()), step.Name)
			return nil
		}
		s = next
	}
	return s
}

// root is what a name means.
func (f *file) root(name string, in *names) (*Shape, bool) {
	if s, ok := in.find(name); ok {
		return s, true
	}
	if s, ok := f.assigned[name]; ok {
		return s, true
	}
	if s, ok := f.Variables[name]; ok {
		return s, true
	}
	if f.Data != nil {
		if s, ok := f.Data.property(name); ok {
			return s, true
		}
	}
	return nil, f.Open || f.Data == nil
}

// known are the names that mean something.
func (f *file) known(in *names) []string {
	all := slices.Concat(slices.Collect(maps.Keys(f.assigned)), slices.Collect(maps.Keys(f.Variables)), f.Data.names())
	for ; in != nil; in = in.around {
		all = slices.AppendSeq(all, maps.Keys(in.own))
	}
	return all
}
