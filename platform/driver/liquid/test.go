package liquid

import (
	"errors"

	"echoppe.dev/platform/driver/liquid/value"
)

// test holds or does not.
type test interface{ holds(r *Run) bool }

type truth struct{ value expr }

func (t truth) holds(r *Run) bool { return t.value.eval(r).Truth() }

type not struct{ test test }

func (t not) holds(r *Run) bool { return !t.test.holds(r) }

type both struct{ left, right test }

func (t both) holds(r *Run) bool { return t.left.holds(r) && t.right.holds(r) }

type either struct{ left, right test }

func (t either) holds(r *Run) bool { return t.left.holds(r) || t.right.holds(r) }

type equal struct {
	left, right expr
	not         bool
}

func (t equal) holds(r *Run) bool {
	same := r.same(t.left.eval(r), t.right.eval(r))
	return same != t.not && r.err == nil
}

type contains struct{ left, right expr }

func (t contains) holds(r *Run) bool {
	v, what := t.left.eval(r), t.right.eval(r)
	switch {
	case !what.Truth():
		return false
	case v.Kind() == value.List:
		return r.among(v, what)
	case !v.IsText() && !what.IsText():
		return value.Contains(v, what)
	}
	return r.tick(len(v.Raw())/stepBytes) && value.Contains(v, value.OfText(r.text(what)))
}

// among tells whether a list has such an element.
func (r *Run) among(list, what value.Value) bool {
	for i := range list.Len() {
		if !r.tick(1) {
			return false
		}
		if r.same(list.Index(i), what) {
			return true
		}
	}
	return false
}

var errOrder = errors.New("a number cannot be compared with a text")

type ordered struct {
	left, right      expr
	less, same, more bool // which orders hold
}

func (t ordered) holds(r *Run) bool {
	a, b := t.left.eval(r), t.right.eval(r)
	if n := min(len(a.Raw()), len(b.Raw())); n > free && !r.tick(n/stepBytes) {
		return false
	}
	order, comparable, mismatch := value.Order(a, b)
	switch {
	case mismatch:
		r.fail(errOrder)
		return false
	case !comparable:
		return false
	case order < 0:
		return t.less
	case order > 0:
		return t.more
	}
	return t.same
}
