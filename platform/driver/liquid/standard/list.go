package standard

import (
	"slices"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

func lists() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"join":    takes(0, 1, joinList),
		"first":   takes(0, 0, func(_ *liquid.Call, in value.Value) value.Value { return in.First() }),
		"last":    takes(0, 0, func(_ *liquid.Call, in value.Value) value.Value { return in.Last() }),
		"reverse": takes(0, 0, reverse), "concat": takes(1, 1, concat), "sort": takes(0, 1, sortBy(order)), "sort_natural": takes(0, 1, sortBy(natural)),
		"uniq": takes(0, 1, uniq), "compact": takes(0, 1, compact), "map": takes(1, 1, mapList), "sum": takes(0, 1, sum),
		"default": {Make: fallback, Max: 1, Named: []string{"allow_false"}},
	}
}

// elements are the elements of a list and of the lists in it; of a dictionary itself, of nil nothing, of all else that. ok is false
// when the budget is used up.
func elements(c *liquid.Call, in value.Value) (list []value.Value, ok bool) {
	switch in.Kind() {
	case value.Nil:
		return nil, true
	case value.List, value.Range:
	default:
		return []value.Value{in}, true
	}
	if !c.Room(in.Len()) {
		return nil, false
	}
	list = make([]value.Value, 0, in.Len())
	for i := range in.Len() {
		x := in.Index(i)
		if x.Kind() != value.List {
			list = append(list, x)
			continue
		}
		inner, ok := elements(c, x)
		if !ok || !c.Room(len(list)+len(inner)) {
			return nil, false
		}
		list = append(list, inner...)
	}
	return list, true
}

func joinList(c *liquid.Call, in value.Value) value.Value {
	list, ok := elements(c, in)
	if !ok {
		return value.None
	}
	glue := value.OfText(" ")
	if c.Len() > 0 {
		glue = c.Arg(0)
	}
	markup := glue.Kind() == value.HTML || slices.ContainsFunc(list, func(v value.Value) bool { return v.Kind() == value.HTML })
	between := piece(c, glue, markup)
	var b []byte
	for i, x := range list {
		if i > 0 {
			b = append(b, between...)
		}
		s := piece(c, x, markup)
		if len(b)+len(s) > c.Limits().Text || !c.Work(len(s)) {
			c.Fits(len(b) + len(s))
			return value.None
		}
		b = append(b, s...)
	}
	if markup {
		return value.OfHTML(string(b))
	}
	return value.OfText(string(b))
}

// piece is a part of a text, escaped when the whole is markup.
func piece(c *liquid.Call, v value.Value, markup bool) string {
	if markup {
		return escaped(c, v).Raw()
	}
	return c.String(v)
}

func reverse(c *liquid.Call, in value.Value) value.Value {
	list, ok := elements(c, in)
	if !ok {
		return value.None
	}
	slices.Reverse(list)
	return value.OfList(list)
}

func concat(c *liquid.Call, in value.Value) value.Value {
	other := c.Arg(0)
	if other.Kind() != value.List {
		return c.Fail(errList)
	}
	list, ok := elements(c, in)
	if !ok || !c.Room(len(list)+other.Len()) {
		return value.None
	}
	for i := range other.Len() {
		list = append(list, other.Index(i))
	}
	return value.OfList(list)
}

func compact(c *liquid.Call, in value.Value) value.Value {
	list, ok := elements(c, in)
	if !ok {
		return value.None
	}
	keys, ok := keysOf(c, list)
	if !ok {
		return value.None
	}
	var kept []value.Value
	for i, x := range list {
		if !keys[i].IsNil() {
			kept = append(kept, x)
		}
	}
	return value.OfList(kept)
}

func mapList(c *liquid.Call, in value.Value) value.Value {
	list, ok := elements(c, in)
	if !ok {
		return value.None
	}
	values := make([]value.Value, len(list))
	for i, x := range list {
		v, how := fetch(c, x, c.Arg(0))
		if how == wrong {
			return c.Fail(errSelect)
		}
		values[i] = v
	}
	return value.OfList(values)
}

func sum(c *liquid.Call, in value.Value) value.Value {
	list, ok := elements(c, in)
	if !ok {
		return value.None
	}
	keys, ok := keysOf(c, list)
	if !ok {
		return value.None
	}
	total := value.OfInt(0)
	for _, k := range keys {
		total = add(total, k.Number())
	}
	return total
}

func add(a, b value.Value) value.Value {
	if a.Kind() == value.Int && b.Kind() == value.Int {
		if n, ok := addition.whole(a.Int(), b.Int()); ok {
			return value.OfInt64(n)
		}
	}
	if !ordinary(a) || !ordinary(b) {
		return value.OfFloat(a.AsFloat() + b.AsFloat())
	}
	f, _ := a.Decimal().Add(b.Decimal()).Float64()
	return value.OfFloat(f)
}

// fallback is the argument where there is nothing: nil, false and what is empty.
func fallback(c *liquid.Call, in value.Value) value.Value {
	if allow, ok := c.Named("allow_false"); ok && allow.Truth() && in.Kind() == value.Bool {
		return in
	}
	empty := in.Kind() != value.Empty && in.Kind() != value.Blank && value.Equal(value.EmptyValue, in)
	if !in.Truth() || empty || in.Kind() == value.Empty {
		return c.Arg(0)
	}
	return in
}
