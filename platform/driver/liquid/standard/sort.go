package standard

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

// ordering compares two values; ok is false when they cannot be.
type ordering func(c *liquid.Call, a, b value.Value) (n int, ok bool)

// order is by size, nil last.
func order(c *liquid.Call, a, b value.Value) (int, bool) {
	if a.IsNil() || b.IsNil() {
		return cmp.Compare(b2i(a.IsNil()), b2i(b.IsNil())), true
	}
	n, comparable, _ := value.Order(a, b)
	return n, comparable && c.Work(min(len(a.Raw()), len(b.Raw())))
}

// natural is by the letters, large or small, nil last.
func natural(c *liquid.Call, a, b value.Value) (int, bool) {
	if a.IsNil() || b.IsNil() {
		return cmp.Compare(b2i(a.IsNil()), b2i(b.IsNil())), true
	}
	s, t := c.String(a), c.String(b)
	return compareFold(s, t), c.Work(min(len(s), len(t)))
}

// compareFold compares as if all letters were small.
func compareFold(s, t string) int {
	for s != "" && t != "" {
		a, n := utf8.DecodeRuneInString(s)
		b, m := utf8.DecodeRuneInString(t)
		if order := cmp.Compare(unicode.ToLower(a), unicode.ToLower(b)); order != 0 {
			return order
		}
		s, t = s[n:], t[m:]
	}
	return cmp.Compare(len(s), len(t))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sortBy sorts a list, by a property when one is named.
func sortBy(compare ordering) makes {
	return func(c *liquid.Call, in value.Value) value.Value {
		list, ok := elements(c, in)
		if !ok || !c.Work(len(list)*64) {
			return value.None
		}
		keys, ok := keysOf(c, list)
		if !ok {
			return value.None
		}
		at := make([]int, len(list))
		for i := range at {
			at[i] = i
		}
		fits := true
		slices.SortStableFunc(at, func(i, j int) int {
			if !fits {
				return 0
			}
			var n int
			n, fits = compare(c, keys[i], keys[j])
			return n
		})
		if !fits {
			return c.Fail(errOrder)
		}
		sorted := make([]value.Value, len(list))
		for i, from := range at {
			sorted[i] = list[from]
		}
		return value.OfList(sorted)
	}
}

// keysOf are the properties of elements that the first argument names, or the elements themselves.
func keysOf(c *liquid.Call, list []value.Value) ([]value.Value, bool) {
	if c.Arg(0).IsNil() {
		return list, true
	}
	keys := make([]value.Value, len(list))
	for i, x := range list {
		v, how := fetch(c, x, c.Arg(0))
		if how == wrong {
			c.Fail(errSelect)
			return nil, false
		}
		keys[i] = v
	}
	return keys, true
}
