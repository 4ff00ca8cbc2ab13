package liquid

import (
	"errors"

	"echoppe.dev/platform/driver/liquid/value"
)

type forNode struct {
	slot          int
	over          expr
	name          string // forloop.name
	key           string // what another loop goes on by; "" when none does
	reversed      bool
	limit, offset expr // nil without
	continued     bool
	body, none    block
}

var (
	errLimit  = errors.New("limit is no whole number")
	errOffset = errors.New("offset is no whole number")
	errCols   = errors.New("cols is no whole number")
)

// window is the part of a list of n elements that limit and offset leave: from, and how many.
func (r *Run) window(n int, limit, offset expr) (from, count int, ok bool) {
	count = n
	if offset != nil {
		if from, ok = r.whole(offset, 0, errOffset); !ok {
			return 0, 0, false
		}
		from = min(max(from, 0), n)
		count = n - from
	}
	if limit != nil {
		most, ok := r.whole(limit, count, errLimit)
		if !ok {
			return 0, 0, false
		}
		count = min(count, max(most, 0))
	}
	return from, count, true
}

// whole evaluates a parameter of a loop; nil is otherwise.
func (r *Run) whole(e expr, otherwise int, mistake error) (int, bool) {
	v := e.eval(r)
	if v.IsNil() {
		return otherwise, true
	}
	i, ok := v.Whole()
	if !ok && v.Kind() == value.Float {
		i, ok = v.Truncated(), true
	}
	if !ok {
		r.fail(mistake)
	}
	return int(i), ok
}

// looped is what a loop goes over: a text is a list of itself, and what is no list is an empty one.
func looped(v value.Value) value.Value {
	if v.IsText() && v.Raw() != "" {
		return value.OfList([]value.Value{v})
	}
	return v
}

func (n *forNode) render(r *Run) flow {
	list := looped(n.over.eval(r))
	total := list.Len()
	from, count, ok := r.window(total, n.limit, n.offset)
	if !ok {
		return halt
	}
	if n.continued {
		from = min(r.frame.continues[n.key], total)
		if count = total - from; n.limit != nil {
			if _, count, ok = r.window(count, n.limit, nil); !ok {
				return halt
			}
		}
	}
	if n.key != "" {
		if r.frame.continues == nil {
			r.frame.continues = map[string]int{}
		}
		r.frame.continues[n.key] = from + count
	}
	if count == 0 {
		return n.none.render(r)
	}
	depth := len(r.loops)
	r.loops = append(r.loops, loop{length: count, name: n.name})
	f := n.turns(r, list, from, count)
	r.loops = r.loops[:depth]
	r.stack[r.frame.base+n.slot] = value.UnsetValue
	return f
}

func (n *forNode) turns(r *Run, list value.Value, from, count int) flow {
	slot, depth := r.frame.base+n.slot, len(r.loops)-1
	for i := range count {
		if !r.tick(1) {
			return halt
		}
		r.loops[depth].index = i
		at := from + i
		if n.reversed {
			at = from + count - 1 - i
		}
		r.stack[slot] = list.Index(at)
		switch n.body.render(r) {
		case leave:
			return next
		case halt:
			return halt
		}
	}
	return next
}

type tableRowNode struct {
	slot                int
	over                expr
	cols, limit, offset expr
	table               int // the variable that tablerowloop is
	body                block
}

func (n *tableRowNode) render(r *Run) flow {
	list := looped(n.over.eval(r))
	from, count, ok := r.window(list.Len(), n.limit, n.offset)
	if !ok {
		return halt
	}
	cols := count
	if n.cols != nil {
		if cols, ok = r.whole(n.cols, count, errCols); !ok {
			return halt
		}
		cols = max(cols, 1)
	}
	base := r.frame.base
	row := &tableRow{length: count, cols: cols}
	r.stack[base+n.table] = value.OfDrop(row)
	r.write("<tr class=\"row1\">\n")
	f := n.cells(r, row, list.Slice(from, from+count))
	r.write("</tr>\n")
	r.stack[base+n.slot], r.stack[base+n.table] = value.UnsetValue, value.UnsetValue
	return f
}

func (n *tableRowNode) cells(r *Run, row *tableRow, list value.Value) flow {
	for i := range row.length {
		if !r.tick(1) {
			return halt
		}
		row.index = i
		r.stack[r.frame.base+n.slot] = list.Index(i)
		r.write(`<td class="col`)
		r.writeInt(int64(i%row.cols) + 1)
		r.write(`">`)
		f := n.body.render(r)
		r.write("</td>")
		switch {
		case f == halt:
			return halt
		case f == leave:
			return next
		case i%row.cols == row.cols-1 && i < row.length-1:
			r.write("</tr>\n<tr class=\"row")
			r.writeInt(int64(i/row.cols) + 2)
			r.write(`">`)
		}
	}
	return next
}
