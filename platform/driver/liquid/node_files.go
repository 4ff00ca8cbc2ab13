package liquid

import (
	"errors"
	"sync/atomic"

	"echoppe.dev/platform/driver/liquid/value"
)

var errNoFiles = errors.New("there are no other files here")

type renderNode struct {
	file  string
	with  expr // nil without
	each  bool
	as    string
	args  []namedExpr
	known atomic.Pointer[link]
}

type namedExpr struct {
	name  string
	value expr
}

// link remembers where a file has the variables it is given.
type link struct {
	t    *Template
	args []int // -1 for one it never reads
	as   int
	loop int
}

func (n *renderNode) link(t *Template) *link {
	if l := n.known.Load(); l != nil && l.t == t {
		return l
	}
	slot := func(name string) int {
		if i, ok := t.slotOf[name]; ok {
			return i
		}
		return -1
	}
	l := &link{t: t, as: slot(n.as), loop: slot("forloop")}
	for _, a := range n.args {
		l.args = append(l.args, slot(a.name))
	}
	n.known.Store(l)
	return l
}

func (n *renderNode) render(r *Run) flow {
	if r.env.Files == nil {
		r.fail(errNoFiles)
		return halt
	}
	t, err := r.env.Files.Snippet(n.file)
	if err != nil {
		r.fail(err)
		return halt
	}
	l := n.link(t)
	with := value.None
	if n.with != nil {
		with = n.with.eval(r)
	}
	if !n.each || with.Kind() != value.List && with.Kind() != value.Range {
		return n.once(r, l, with, loop{})
	}
	for i := range with.Len() {
		if f := n.once(r, l, with.Index(i), loop{index: i, length: with.Len(), name: n.file}); f == halt {
			return halt
		}
	}
	return next
}

// once draws the file.
func (n *renderNode) once(r *Run, l *link, with value.Value, turn loop) flow {
	base := r.push(l.t)
	for i, a := range n.args {
		if slot := l.args[i]; slot >= 0 {
			r.stack[base+slot] = a.value.eval(r)
		}
	}
	if n.with != nil && l.as >= 0 {
		r.stack[base+l.as] = with
	}
	if turn.length > 0 && l.loop >= 0 {
		r.stack[base+l.loop] = value.OfDrop(turn)
	}
	return r.inner(l.t, base)
}

// inner draws a file whose variables were pushed, inside another.
func (r *Run) inner(t *Template, base int) flow {
	outer, held, at := r.frame, r.held, r.at
	r.depth++
	r.calls++
	defer func() { r.depth-- }()
	switch {
	case r.depth > r.limits.Depth:
		r.over(BudgetDepth, r.limits.Depth)
	case r.calls > r.limits.Calls:
		r.over(BudgetCalls, r.limits.Calls)
	}
	if r.err != nil {
		return halt
	}
	r.frame = frame{t: t, base: base, loops: len(r.loops)}
	f := t.body.render(r)
	r.stack, r.frame, r.held, r.at, r.loops = r.stack[:base], outer, held, at, r.loops[:r.frame.loops]
	if f == halt || r.err != nil {
		return halt
	}
	return next // a break in a file leaves no loop outside it
}

type sectionNode struct{ file string }

func (n *sectionNode) render(r *Run) flow {
	if r.env.Files == nil {
		r.fail(errNoFiles)
		return halt
	}
	t, section, err := r.env.Files.Section(n.file)
	if err != nil {
		r.fail(err)
		return halt
	}
	base := r.push(t)
	if slot, ok := t.slotOf["section"]; ok {
		r.stack[base+slot] = section
	}
	return r.inner(t, base)
}
