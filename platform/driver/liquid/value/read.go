package value

import "unicode/utf8"

// Property is what .name reads, or ["name"], and whether there is such a thing. Lists and texts have size, first and last, and
// dictionaries too where they have no such name.
func (v Value) Property(name string) (Value, bool) {
	switch v.Kind() {
	case Object:
		if v.typ == dropType {
			return (*(*Drop)(v.ptr)).Property(name)
		}
		if f := v.typ.fields[name]; f != nil {
			return f.Read(v), true
		}
	case Dict:
		if x, ok := v.Dict().Get(name); ok {
			return x, true
		}
		switch name {
		case "size":
			return OfInt(v.Len()), true
		case "first":
			return v.First(), true
		}
	case List, Range:
		switch name {
		case "size":
			return OfInt(v.Len()), true
		case "first":
			return v.First(), true
		case "last":
			return v.Last(), true
		}
	case Text, HTML:
		if name == "size" {
			return OfInt(utf8.RuneCountInString(v.Raw())), true
		}
	}
	return None, false
}

// At is what [index] reads, and whether there is such a thing. Lists count from 0, and from the end with negative numbers.
func (v Value) At(index Value) (Value, bool) {
	switch index.Kind() {
	case Text, HTML:
		return v.Property(index.Raw())
	case Int:
		if v.Kind() != List && v.Kind() != Range {
			break
		}
		i, n := index.Int(), int64(v.Len())
		if i < 0 {
			i += n
		}
		if i < 0 || i >= n {
			return None, false
		}
		return v.Index(int(i)), true
	}
	if k := index.Kind(); v.Kind() == Dict && (k == Int || k == Bool || k == Float) {
		return v.Dict().Get(index.String())
	}
	return None, false
}

// Len is how many elements a list, a range or a dictionary has; 0 for all else.
func (v Value) Len() int {
	switch v.Kind() {
	case List:
		return int(v.num)
	case Range:
		from, to := v.Bounds()
		if to < from {
			return 0
		}
		if n := uint64(to) - uint64(from); n < 1<<62 {
			return int(n) + 1
		}
		return 1 << 62
	case Dict:
		return v.Dict().Len()
	}
	return 0
}

// Index is the element i, which must be there; of a dictionary the pair of name and value.
func (v Value) Index(i int) Value {
	switch v.Kind() {
	case List:
		return v.typ.elem(at(v.ptr, v.typ.stride, i))
	case Range:
		from, _ := v.Bounds()
		return OfInt64(from + int64(i))
	case Dict:
		return v.Dict().Pair(i)
	}
	return None
}

// First is the first element, nil where there is none.
func (v Value) First() Value {
	if v.Len() == 0 {
		return None
	}
	return v.Index(0)
}

// Last is the last element of a list or a range, nil where there is none.
func (v Value) Last() Value {
	if n := v.Len(); n > 0 && v.Kind() != Dict {
		return v.Index(n - 1)
	}
	return None
}

// Slice is the part of a list or a range from one element to before another, which must be there.
func (v Value) Slice(from, to int) Value {
	switch v.Kind() {
	case List:
		return Value{typ: v.typ, ptr: at(v.ptr, v.typ.stride, from), num: uint64(to - from)}
	case Range:
		first, _ := v.Bounds()
		return OfRange(first+int64(from), first+int64(to)-1)
	case Dict:
		pairs := make([]Value, 0, to-from)
		for i := from; i < to; i++ {
			pairs = append(pairs, v.Index(i))
		}
		return OfList(pairs)
	}
	return None
}

// wordSize is what a value takes in a list.
const wordSize = 24

// Size is about how many bytes a value keeps alive, as far as a template may have made them: the text, and the elements of a list with theirs.
func (v Value) Size() int {
	switch v.Kind() {
	case Text, HTML:
		return len(v.Raw())
	case List:
		if v.typ != madeType {
			return 0 // of the data
		}
		n := 0
		for i := range v.Len() {
			n += wordSize + v.Index(i).Size()
		}
		return n
	}
	return 0
}
