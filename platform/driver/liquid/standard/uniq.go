package standard

import (
	"slices"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

func uniq(c *liquid.Call, in value.Value) value.Value {
	list, ok := elements(c, in)
	if !ok {
		return value.None
	}
	keys, ok := keysOf(c, list)
	if !ok {
		return value.None
	}
	seen := newSeen(len(list))
	var kept []value.Value
	for i, x := range list {
		fresh, ok := seen.add(c, keys[i])
		if !ok {
			return value.None
		}
		if fresh {
			kept = append(kept, x)
		}
	}
	return value.OfList(kept)
}

// seen remembers values: texts and whole numbers in a table, others in a row.
type seen struct {
	texts   map[string]bool
	numbers map[int64]bool
	others  []value.Value
}

func newSeen(n int) *seen {
	return &seen{texts: make(map[string]bool, n), numbers: map[int64]bool{}}
}

// add tells whether a value was not there yet. ok is false when the budget is used up.
func (s *seen) add(c *liquid.Call, v value.Value) (fresh, ok bool) {
	switch {
	case v.IsText():
		fresh = !s.texts[v.Raw()]
		s.texts[v.Raw()] = true
		return fresh, c.Work(len(v.Raw()))
	case v.Kind() == value.Int:
		fresh = !s.numbers[v.Int()]
		s.numbers[v.Int()] = true
		return fresh, true
	}
	if !c.Room(len(s.others)) {
		return false, false
	}
	if slices.ContainsFunc(s.others, func(o value.Value) bool { return c.Same(o, v) }) {
		return false, true
	}
	s.others = append(s.others, v)
	return true, true
}
