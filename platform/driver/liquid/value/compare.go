package value

import (
	"cmp"
	"strings"
)

// Equal tells whether two values are the same: numbers by what they are worth, texts by what they say, lists by their elements.
func Equal(a, b Value) bool {
	ka, kb := a.Kind(), b.Kind()
	switch {
	case ka == Blank || ka == Empty:
		return ka == kb || kb != Blank && kb != Empty && equalsNothing(ka, b)
	case kb == Blank || kb == Empty:
		return equalsNothing(kb, a)
	case a.IsText() && b.IsText():
		return a.Raw() == b.Raw()
	case ka == Int && kb == Float, ka == Float && kb == Int:
		return a.AsFloat() == b.AsFloat()
	case ka != kb:
		return false
	}
	switch ka {
	case Bool, Int:
		return a.num == b.num
	case Float:
		return a.Float() == b.Float()
	case Range:
		return *(*[2]int64)(a.ptr) == *(*[2]int64)(b.ptr)
	case Time:
		return a.Time().Equal(b.Time())
	case List:
		return equalLists(a, b)
	case Dict:
		return equalDicts(a.Dict(), b.Dict())
	}
	return a.typ == b.typ && a.ptr == b.ptr
}

// equalsNothing is == blank and == empty.
func equalsNothing(kind Kind, v Value) bool {
	switch v.Kind() {
	case Nil, Unset:
		return kind == Blank
	case Bool:
		return kind == Blank && !v.Truth()
	case Text, HTML:
		if kind == Blank {
			return strings.TrimSpace(v.Raw()) == ""
		}
		return v.num == 0
	case List, Dict:
		return v.Len() == 0
	}
	return false
}

func equalLists(a, b Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		if !Equal(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}

func equalDicts(a, b *Dictionary) bool {
	if a.Len() != b.Len() {
		return false
	}
	for i := range a.Len() {
		name, v := a.At(i)
		if w, ok := b.Get(name); !ok || !Equal(v, w) {
			return false
		}
	}
	return true
}

// Order compares two values by size: below, at or above 0. comparable is false for what has no order to each other; mismatch is
// true when both have one, but not with each other, which is a mistake of a template's author.
func Order(a, b Value) (order int, comparable, mismatch bool) {
	ka, kb := a.Kind(), b.Kind()
	number := func(k Kind) bool { return k == Int || k == Float }
	switch {
	case ka == Int && kb == Int:
		return cmp.Compare(a.Int(), b.Int()), true, false
	case number(ka) && number(kb):
		return cmp.Compare(a.AsFloat(), b.AsFloat()), true, false
	case a.IsText() && b.IsText():
		return strings.Compare(a.Raw(), b.Raw()), true, false
	case ka == Time && kb == Time:
		return a.Time().Compare(b.Time()), true, false
	}
	ordered := func(v Value) bool { return number(v.Kind()) || v.IsText() || v.Kind() == Time }
	return 0, false, ordered(a) && ordered(b)
}

// Contains tells whether a text holds another, a list an element, or a dictionary a name.
func Contains(v, what Value) bool {
	if !what.Truth() {
		return false
	}
	switch v.Kind() {
	case Text, HTML:
		return strings.Contains(v.Raw(), what.String())
	case Range:
		from, to := v.Bounds()
		n, ok := what.Int(), what.Kind() == Int
		return ok && from <= n && n <= to
	case List:
		for i := range v.Len() {
			if Equal(v.Index(i), what) {
				return true
			}
		}
	case Dict:
		_, ok := v.Dict().Get(what.String())
		return ok
	case Object:
		_, ok := v.Property(what.String())
		return ok
	}
	return false
}
