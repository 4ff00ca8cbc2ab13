package standard

import (
	"strings"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

func choosers() map[string]liquid.Filter {
	return map[string]liquid.Filter{
		"where": takes(1, 2, where), "reject": takes(1, 2, reject), "find": takes(1, 2, find), "find_index": takes(1, 2, findIndex), "has": takes(1, 2, has),
	}
}

// how fetch went.
type how int

const (
	there   how = iota // it has such a property, or could have
	wrong              // a number or a text that was asked for a name it cannot have
	without            // a thing without properties
)

// fetch is item[key], as the reference implementation reads it: of a text the part that is key, of a whole number its bit.
func fetch(c *liquid.Call, item, key value.Value) (value.Value, how) {
	switch item.Kind() {
	case value.Dict, value.Object:
		if !key.IsText() {
			return value.None, there
		}
		v, _ := item.Property(key.Raw())
		return v, there
	case value.Text, value.HTML:
		if key.IsNil() {
			return value.None, without
		}
		if !key.IsText() {
			return value.None, wrong
		}
		if c.Work(len(item.Raw())) && strings.Contains(item.Raw(), key.Raw()) {
			return key, there
		}
		return value.None, there
	case value.Int:
		if key.Kind() != value.Int {
			return value.None, wrong
		}
		if bit := key.Int(); bit >= 0 && bit < 63 {
			return value.OfInt64(item.Int() >> bit & 1), there
		}
		return value.OfInt(0), there
	}
	return value.None, without
}

// choose goes over elements and says of each whether it matches, until see says no. ok is false when there is nothing to say: the
// budget is used up, an element has no properties, or the author made a mistake.
func choose(c *liquid.Call, in value.Value, see func(i int, x value.Value, match bool) bool) (ok bool) {
	list, ok := elements(c, in)
	if !ok {
		return false
	}
	want := c.Arg(1)
	for i, x := range list {
		v, how := fetch(c, x, c.Arg(0))
		switch how {
		case wrong:
			c.Fail(errSelect)
			return false
		case without:
			return false
		}
		match := v.Truth()
		if !want.IsNil() {
			match = c.Same(v, want)
		}
		if !see(i, x, match) {
			break
		}
	}
	return true
}

// keep gives the elements that match, or those that do not.
func keep(c *liquid.Call, in value.Value, matching bool) value.Value {
	var kept []value.Value
	ok := choose(c, in, func(_ int, x value.Value, match bool) bool {
		if match == matching {
			kept = append(kept, x)
		}
		return true
	})
	if !ok {
		return value.None
	}
	return value.OfList(kept)
}

func where(c *liquid.Call, in value.Value) value.Value { return keep(c, in, true) }

func reject(c *liquid.Call, in value.Value) value.Value { return keep(c, in, false) }

// first is the first element that matches.
func first(c *liquid.Call, in value.Value) (at int, found value.Value, ok bool) {
	at = -1
	ok = choose(c, in, func(i int, x value.Value, match bool) bool {
		if match {
			at, found = i, x
		}
		return !match
	})
	return at, found, ok
}

func find(c *liquid.Call, in value.Value) value.Value {
	_, found, _ := first(c, in)
	return found
}

func findIndex(c *liquid.Call, in value.Value) value.Value {
	if at, _, ok := first(c, in); ok && at >= 0 {
		return value.OfInt(at)
	}
	return value.None
}

func has(c *liquid.Call, in value.Value) value.Value {
	at, _, ok := first(c, in)
	if !ok {
		return value.None
	}
	return value.OfBool(at >= 0)
}
