package liquid

import (
	"echoppe.dev/platform/driver/liquid/syntax"
)

// node prints something.
type node interface{ render(r *Run) flow }

// flow is where the drawing goes on.
type flow int

const (
	next  flow = iota
	leave      // the loop
	again      // with the next turn of the loop
	halt       // nowhere: r.err says why
)

// block is nodes in a row.
type block []entry

// entry is a node with where it stands and how many steps it costs.
type entry struct {
	node node
	at   syntax.Pos
	cost int
}

func (b block) render(r *Run) flow {
	for i := range b {
		e := &b[i]
		r.at = e.at
		if !r.tick(e.cost) {
			return halt
		}
		if f := e.node.render(r); f != next {
			return f
		}
	}
	return next
}

type textNode struct{ text string }

func (n *textNode) render(r *Run) flow {
	r.write(n.text)
	return next
}

type outputNode struct{ value expr }

func (n *outputNode) render(r *Run) flow {
	r.print(n.value.eval(r))
	return next
}

// writeNode is an output whose last filter writes.
type writeNode struct {
	value  expr
	filter *filterExpr
}

func (n *writeNode) render(r *Run) flow {
	in := n.value.eval(r)
	if !r.tick(1) {
		return halt
	}
	c := r.prepare(n.filter.args, n.filter.names)
	n.filter.filter.Write(c, in)
	r.finish()
	return next
}

type ifNode struct{ branches []branch }

type branch struct {
	test test // nil for else
	body block
}

func (n *ifNode) render(r *Run) flow {
	for i := range n.branches {
		b := &n.branches[i]
		if b.test == nil || b.test.holds(r) {
			if r.err != nil {
				return halt
			}
			return b.body.render(r)
		}
	}
	return next
}

type caseNode struct {
	value expr
	whens []when
}

type when struct {
	values []expr // nil for else
	body   block
}

func (n *caseNode) render(r *Run) flow {
	v, matched := n.value.eval(r), false
	for i := range n.whens {
		w := &n.whens[i]
		if w.values == nil {
			if !matched {
				if f := w.body.render(r); f != next {
					return f
				}
			}
			continue
		}
		for _, x := range w.values {
			if !r.same(v, x.eval(r)) {
				continue
			}
			matched = true
			if f := w.body.render(r); f != next {
				return f
			}
		}
	}
	return next
}

type breakNode struct{ to flow }

func (n *breakNode) render(*Run) flow { return n.to }

// nothingNode is what prints nothing.
type nothingNode struct{}

func (nothingNode) render(*Run) flow { return next }
