package value

import (
	"math"
	"time"
	"unsafe"
)

// Kind is what a value is.
type Kind uint8

// The kinds.
const (
	Nil Kind = iota
	Bool
	Int
	Float
	Text  // plain text: escaped where it is printed
	HTML  // markup, printed as it is
	List  // a slice of anything
	Range // whole numbers in a row
	Dict  // names in an order, with values
	Object
	Time
	Blank // equal to what says nothing
	Empty // equal to what holds nothing
	Unset // a variable nobody has written yet; templates never see it
)

// Value is one value. The zero Value is nil.
type Value struct {
	typ *Type          // nil for Nil
	ptr unsafe.Pointer // what typ says; nil for numbers
	num uint64         // a truth value, a number or its bits; the length of a text or a list
}

// Types of values that are no Go types of their own.
var (
	boolType  = &Type{kind: Bool}
	intType   = &Type{kind: Int}
	floatType = &Type{kind: Float}
	textType  = &Type{kind: Text}
	htmlType  = &Type{kind: HTML}
	rangeType = &Type{kind: Range}
	dictType  = &Type{kind: Dict}
	timeType  = &Type{kind: Time}
	blankType = &Type{kind: Blank}
	emptyType = &Type{kind: Empty}
	unsetType = &Type{kind: Unset}
	dropType  = &Type{kind: Object}
	madeType  = &Type{kind: List, elem: readValue, stride: unsafe.Sizeof(Value{})} // a []Value
)

// Values without content.
var (
	None       = Value{}
	BlankValue = Value{typ: blankType}
	EmptyValue = Value{typ: emptyType}
	UnsetValue = Value{typ: unsetType}
	True       = Value{typ: boolType, num: 1}
	False      = Value{typ: boolType}
)

// OfBool is a truth value.
func OfBool(b bool) Value {
	if b {
		return True
	}
	return False
}

// OfInt is a whole number.
func OfInt(i int) Value { return Value{typ: intType, num: uint64(i)} }

// OfInt64 is a whole number.
func OfInt64(i int64) Value { return Value{typ: intType, num: uint64(i)} }

// OfFloat is a number.
func OfFloat(f float64) Value { return Value{typ: floatType, num: math.Float64bits(f)} }

// OfText is plain text.
func OfText(s string) Value {
	return Value{typ: textType, ptr: unsafe.Pointer(unsafe.StringData(s)), num: uint64(len(s))}
}

// OfHTML is markup somebody has made safe.
func OfHTML(s string) Value {
	return Value{typ: htmlType, ptr: unsafe.Pointer(unsafe.StringData(s)), num: uint64(len(s))}
}

// OfList is a list of values; it must not be written to afterwards.
func OfList(l []Value) Value {
	return Value{typ: madeType, ptr: unsafe.Pointer(unsafe.SliceData(l)), num: uint64(len(l))}
}

// OfRange is the numbers from a to b, none when b is less.
func OfRange(a, b int64) Value {
	return Value{typ: rangeType, ptr: unsafe.Pointer(&[2]int64{a, b})}
}

// OfDict is a dictionary.
func OfDict(d *Dictionary) Value { return Value{typ: dictType, ptr: unsafe.Pointer(d)} }

// OfTime is an instant.
func OfTime(t time.Time) Value { return Value{typ: timeType, ptr: unsafe.Pointer(&t)} }

// OfDrop is an object that answers for its properties itself.
func OfDrop(d Drop) Value { return Value{typ: dropType, ptr: unsafe.Pointer(&d)} }

// Drop is an object with properties of its own making.
type Drop interface {
	// Property is a property, and whether there is one of that name.
	Property(name string) (Value, bool)
}

// Kind is what the value is.
func (v Value) Kind() Kind {
	if v.typ == nil {
		return Nil
	}
	return v.typ.kind
}

// IsNil tells whether it is nothing.
func (v Value) IsNil() bool { return v.typ == nil }

// IsSet tells whether somebody has written it.
func (v Value) IsSet() bool { return v.typ != unsetType }

// Truth tells whether it counts as true: all but nil and false do.
func (v Value) Truth() bool { return v.typ != nil && (v.typ != boolType || v.num != 0) }

// Int is the number of an Int.
func (v Value) Int() int64 { return int64(v.num) }

// Float is the number of a Float.
func (v Value) Float() float64 { return math.Float64frombits(v.num) }

// IsText tells whether it is text or markup.
func (v Value) IsText() bool { k := v.Kind(); return k == Text || k == HTML }

// Raw is the text of a Text or the markup of an HTML, "" for anything else.
func (v Value) Raw() string {
	if !v.IsText() || v.num == 0 {
		return ""
	}
	return unsafe.String((*byte)(v.ptr), int(v.num))
}

// Bounds are those of a Range.
func (v Value) Bounds() (from, to int64) {
	b := (*[2]int64)(v.ptr)
	return b[0], b[1]
}

// Time is the instant of a Time.
func (v Value) Time() time.Time { return *(*time.Time)(v.ptr) }

// Dict is the dictionary of a Dict.
func (v Value) Dict() *Dictionary { return (*Dictionary)(v.ptr) }
