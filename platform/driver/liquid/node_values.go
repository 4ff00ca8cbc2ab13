package liquid

import (
	"echoppe.dev/platform/driver/liquid/value"
)

type assignNode struct {
	slot  int
	value expr
}

func (n *assignNode) render(r *Run) flow {
	r.hold(n.slot, n.value.eval(r))
	return next
}

// hold writes a variable of the file, and counts what it holds.
func (r *Run) hold(slot int, v value.Value) {
	at := r.frame.base + slot
	r.held += r.size(v) - r.size(r.stack[at])
	r.stack[at] = v
	if r.held > r.limits.Memory {
		r.over(BudgetMemory, r.limits.Memory)
	}
}

// captureNode writes what its body prints into a variable: as HTML, since it was escaped on its way.
type captureNode struct {
	slot int
	body block
}

func (n *captureNode) render(r *Run) flow {
	start := len(r.out)
	f := n.body.render(r)
	if !r.tick((len(r.out) - start) / stepBytes) {
		return halt
	}
	s := string(r.out[start:])
	r.out = r.out[:start]
	if r.env.Plain {
		r.hold(n.slot, value.OfText(s))
	} else {
		r.hold(n.slot, value.OfHTML(s))
	}
	return f
}

type counterNode struct {
	slot int
	by   int64
}

func (n *counterNode) render(r *Run) flow {
	v := &r.stack[r.frame.base+n.slot]
	var now int64
	if v.IsSet() {
		now = v.Int()
	}
	*v = value.OfInt64(now + n.by)
	if n.by < 0 {
		now--
	}
	r.writeInt(now)
	return next
}

type cycleNode struct {
	group  expr   // nil without
	key    string // what it goes by without
	values []expr
}

func (n *cycleNode) render(r *Run) flow {
	key := n.key
	if n.group != nil {
		key = "\x00" + r.text(n.group.eval(r))
	}
	if r.frame.cycles == nil {
		r.frame.cycles = map[string]int{}
	}
	i, known := r.frame.cycles[key]
	if !known {
		if r.held += len(key); r.held > r.limits.Memory {
			r.over(BudgetMemory, r.limits.Memory)
			return halt
		}
	}
	if i < len(n.values) {
		r.print(n.values[i].eval(r))
	}
	if i++; i >= len(n.values) {
		i = 0
	}
	r.frame.cycles[key] = i
	return next
}

type ifChangedNode struct{ body block }

func (n *ifChangedNode) render(r *Run) flow {
	start := len(r.out)
	if f := n.body.render(r); f != next {
		return f
	}
	if !r.tick((len(r.out) - start) / stepBytes) {
		return halt
	}
	if string(r.out[start:]) == r.frame.changed {
		r.out = r.out[:start]
	} else {
		r.frame.changed = string(r.out[start:])
	}
	return next
}

type styleNode struct{ body block }

func (n *styleNode) render(r *Run) flow {
	r.write("<style>")
	f := n.body.render(r)
	r.write("</style>")
	return f
}
