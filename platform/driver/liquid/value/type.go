package value

import (
	"fmt"
	"reflect"
	"sync"
	"time"
	"unsafe"
)

// Type tells how values of one Go type are read.
type Type struct {
	kind Kind

	// Of an Object that is a struct.
	fields map[string]*Field
	names  []string     // of the fields, in their order
	goType reflect.Type // the struct
	says   bool         // it is a fmt.Stringer

	// Of a List: how an element is read, and how far it is from one to the next.
	elem   reader
	stride uintptr
}

// reader makes a value of what stands at an address.
type reader func(unsafe.Pointer) Value

// Field is a property of a struct: where it is and how it is read.
type Field struct {
	offset uintptr
	read   reader
}

// types remembers how Go types are read.
var types sync.Map // reflect.Type → *Type

// Markup is a type of Go strings that hold markup already made safe. An empty one is nil to a template, so that
// {% if product.description %} asks the question its author meant.
type Markup interface{ SafeMarkup() }

var (
	markupType   = reflect.TypeFor[Markup]()
	stringerType = reflect.TypeFor[fmt.Stringer]()
	instantType  = reflect.TypeFor[time.Time]()
	valueType    = reflect.TypeFor[Value]()
)

// structType is how a struct is read.
func structType(t reflect.Type) *Type {
	if known, ok := types.Load(t); ok {
		return known.(*Type)
	}
	made := &Type{kind: Object, fields: map[string]*Field{}, goType: t, says: reflect.PointerTo(t).Implements(stringerType)}
	made.collect(t, 0)
	known, _ := types.LoadOrStore(t, made)
	return known.(*Type)
}

// collect gathers the fields with a liquid tag; those of embedded structs count as its own.
func (t *Type) collect(s reflect.Type, base uintptr) {
	for i := range s.NumField() {
		f := s.Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct && f.Tag.Get("liquid") == "" {
			t.collect(f.Type, base+f.Offset)
			continue
		}
		name := f.Tag.Get("liquid")
		if name == "" || !f.IsExported() {
			continue
		}
		if _, ok := t.fields[name]; !ok {
			t.names = append(t.names, name)
		}
		t.fields[name] = &Field{offset: base + f.Offset, read: readerOf(f.Type)}
	}
}

// Field is the property of that name; nil where there is none.
func (t *Type) Field(name string) *Field { return t.fields[name] }

// sliceTypes remembers how slices are read.
var sliceTypes sync.Map // reflect.Type → *Type

func sliceType(t reflect.Type) *Type {
	if known, ok := sliceTypes.Load(t); ok {
		return known.(*Type)
	}
	known, _ := sliceTypes.LoadOrStore(t, &Type{kind: List, elem: readerOf(t.Elem()), stride: t.Elem().Size()})
	return known.(*Type)
}

// TypeOf is what v is read by: two values of one type share it. It is nil for nil.
func (v Value) TypeOf() *Type { return v.typ }

// Read is the property of a struct whose type is the one the field was asked from.
func (f *Field) Read(v Value) Value { return f.read(unsafe.Add(v.ptr, f.offset)) }

// Names are the properties of a struct type, in the order of its fields.
func (t *Type) Names() []string { return t.names }
