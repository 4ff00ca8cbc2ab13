package liquid

import (
	"fmt"
	"sync/atomic"

	"echoppe.dev/platform/driver/liquid/value"
)

// expr has a value.
type expr interface{ eval(r *Run) value.Value }

type literal struct{ v value.Value }

func (e literal) eval(*Run) value.Value { return e.v }

// local is the variable of a loop, or one that is always written before it is read.
type local struct{ slot int }

func (e local) eval(r *Run) value.Value { return r.stack[r.frame.base+e.slot] }

// variable is a name of the file: what was written to it, or a counter, a global or a property of the data.
type variable struct {
	name    string
	slot    int
	counter int // -1 without
	global  int // -1 without
	prop    property
}

func (e *variable) eval(r *Run) value.Value {
	if v := r.stack[r.frame.base+e.slot]; v.IsSet() {
		return v
	}
	if e.counter >= 0 {
		if v := r.stack[r.frame.base+e.counter]; v.IsSet() {
			return v
		}
	}
	if e.global >= 0 && e.global < len(r.env.Globals) {
		return r.env.Globals[e.global]
	}
	v, ok := e.prop.of(r.env.Data)
	if !ok && r.env.Strict {
		r.fail(fmt.Errorf("there is no variable %q", e.name))
	}
	return v
}

// property reads a property by its name, and remembers where it was in values of the type it read last.
type property struct {
	name string
	last atomic.Pointer[place]
}

type place struct {
	typ   *value.Type
	field *value.Field
}

func (p *property) of(v value.Value) (value.Value, bool) {
	t := v.TypeOf()
	if at := p.last.Load(); at != nil && at.typ == t {
		return at.field.Read(v), true
	}
	if t != nil {
		if f := t.Field(p.name); f != nil {
			p.last.Store(&place{t, f})
			return f.Read(v), true
		}
	}
	return v.Property(p.name)
}

// path goes from a value on into it.
type path struct {
	root  expr
	steps []step
}

type step struct {
	prop  *property
	index expr // nil for prop
}

func (e *path) eval(r *Run) value.Value {
	v := e.root.eval(r)
	for i := range e.steps {
		if n := len(v.Raw()); n > free && !r.tick(n/stepBytes) { // its size is counted
			return value.None
		}
		s := &e.steps[i]
		var ok bool
		if s.index == nil {
			v, ok = s.prop.of(v)
			if !ok && r.env.Strict && v.IsNil() {
				r.fail(fmt.Errorf("there is no property %q", s.prop.name))
			}
			continue
		}
		index := s.index.eval(r)
		v, _ = v.At(index)
	}
	return v
}

// named is [expression]: the variable of that name.
type named struct {
	name  expr
	slots map[string]int // of the file
}

func (e *named) eval(r *Run) value.Value {
	name := r.text(e.name.eval(r))
	if slot, ok := e.slots[name]; ok {
		if v := r.stack[r.frame.base+slot]; v.IsSet() {
			return v
		}
	}
	v, _ := r.env.Data.Property(name)
	return v
}

// loopPath is forloop.name, or that of a loop so many around it.
type loopPath struct {
	out   int
	field loopField
}

func (e loopPath) eval(r *Run) value.Value {
	i := len(r.loops) - 1 - e.out
	if i < r.frame.loops {
		return value.None
	}
	return r.loops[i].field(e.field)
}

// loopValue is forloop itself.
type loopValue struct{ out int }

func (e loopValue) eval(r *Run) value.Value {
	i := len(r.loops) - 1 - e.out
	if i < r.frame.loops {
		return value.None
	}
	return value.OfDrop(r.loops[i])
}

type rangeExpr struct{ from, to expr }

func (e *rangeExpr) eval(r *Run) value.Value {
	return value.OfRange(e.from.eval(r).Truncated(), e.to.eval(r).Truncated())
}

// piped is a value that goes through filters.
type piped struct {
	value   expr
	filters []*filterExpr
}

func (e *piped) eval(r *Run) value.Value {
	v := e.value.eval(r)
	for _, f := range e.filters {
		v = f.apply(r, v)
	}
	return v
}

// filterExpr is a filter with its arguments.
type filterExpr struct {
	filter Filter
	args   []expr
	names  []string
	script bool // it stands in a script element
}

func (f *filterExpr) apply(r *Run, in value.Value) (out value.Value) {
	if !r.tick(1) {
		return value.None
	}
	if f.filter.Make != nil {
		c := r.prepare(f.args, f.names)
		c.script = f.script
		out = f.filter.Make(c, in)
		r.finish()
		return out
	}
	start := len(r.out)
	c := r.prepare(f.args, f.names)
	f.filter.Write(c, in)
	r.finish()
	out = value.OfHTML(string(r.out[start:]))
	r.out = r.out[:start]
	return out
}

// prepare evaluates arguments. Filters call no filters, so that one Call is enough.
func (r *Run) prepare(args []expr, names []string) *Call {
	r.args = r.args[:0]
	for _, a := range args {
		r.args = append(r.args, a.eval(r))
	}
	r.call = Call{run: r, args: r.args, names: names}
	return &r.call
}

func (r *Run) finish() { clear(r.args) }
