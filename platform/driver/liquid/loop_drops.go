package liquid

import "echoppe.dev/platform/driver/liquid/value"

// loopField is a property of forloop.
type loopField int

const (
	loopIndex loopField = iota
	loopIndex0
	loopRindex
	loopRindex0
	loopFirst
	loopLast
	loopLength
	loopName
)

var loopFields = map[string]loopField{"index": loopIndex, "index0": loopIndex0, "rindex": loopRindex, "rindex0": loopRindex0,
	"first": loopFirst, "last": loopLast, "length": loopLength, "name": loopName}

func (l loop) field(f loopField) value.Value {
	switch f {
	case loopIndex:
		return value.OfInt(l.index + 1)
	case loopIndex0:
		return value.OfInt(l.index)
	case loopRindex:
		return value.OfInt(l.length - l.index)
	case loopRindex0:
		return value.OfInt(l.length - l.index - 1)
	case loopFirst:
		return value.OfBool(l.index == 0)
	case loopLast:
		return value.OfBool(l.index == l.length-1)
	case loopLength:
		return value.OfInt(l.length)
	default:
		return value.OfText(l.name)
	}
}

// Property makes a loop something a variable can hold, as it was at that moment.
func (l loop) Property(name string) (value.Value, bool) {
	f, ok := loopFields[name]
	if !ok {
		return value.None, false
	}
	return l.field(f), true
}

// tableRow is tablerowloop.
type tableRow struct{ index, length, cols int }

// Property is a property of tablerowloop.
func (t *tableRow) Property(name string) (value.Value, bool) {
	col := t.index % t.cols
	switch name {
	case "col":
		return value.OfInt(col + 1), true
	case "col0":
		return value.OfInt(col), true
	case "col_first":
		return value.OfBool(col == 0), true
	case "col_last":
		return value.OfBool(col == t.cols-1), true
	case "row":
		return value.OfInt(t.index/t.cols + 1), true
	}
	return loop{index: t.index, length: t.length}.Property(name)
}
