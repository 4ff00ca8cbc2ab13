package lint

import (
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"echoppe.dev/platform/driver/liquid/value"
)

// Shape is what is known of a value without having it. nil is a value of which nothing is known.
type Shape struct {
	kind   value.Kind
	fields func() map[string]*Shape // of an Object
	elem   func() *Shape            // of a List
}

var (
	textShape   = &Shape{kind: value.Text}
	numberShape = &Shape{kind: value.Int}
	boolShape   = &Shape{kind: value.Bool}
	timeShape   = &Shape{kind: value.Time}
	rangeShape  = &Shape{kind: value.Range}
)

// ListOf is a list of such values.
func ListOf(s *Shape) *Shape { return &Shape{kind: value.List, elem: func() *Shape { return s }} }

// ObjectOf is an object with such properties.
func ObjectOf(fields map[string]*Shape) *Shape {
	return &Shape{kind: value.Object, fields: func() map[string]*Shape { return fields }}
}

var shapes sync.Map // reflect.Type → *Shape

// ShapeOf is the shape of values of a Go type, as package value reads them. What holds itself is looked at when it is asked for.
func ShapeOf(t reflect.Type) *Shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*Shape)
	}
	made := shapeOf(t)
	shapes.Store(t, made)
	return made
}

func shapeOf(t reflect.Type) *Shape {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return timeShape
	case t == reflect.TypeFor[value.Value]():
		return nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		return ShapeOf(t.Elem())
	case reflect.String:
		return textShape
	case reflect.Bool:
		return boolShape
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Float32, reflect.Float64:
		return numberShape
	case reflect.Slice:
		return &Shape{kind: value.List, elem: sync.OnceValue(func() *Shape { return ShapeOf(t.Elem()) })}
	case reflect.Struct:
		return &Shape{kind: value.Object, fields: sync.OnceValue(func() map[string]*Shape {
			fields := map[string]*Shape{}
			collect(t, fields)
			return fields
		})}
	}
	return nil
}

// collect gathers the fields with a liquid tag; those of embedded structs count as its own.
func collect(t reflect.Type, fields map[string]*Shape) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("liquid")
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct && tag == "":
			collect(f.Type, fields)
		case tag != "" && f.IsExported():
			fields[tag] = ShapeOf(f.Type)
		}
	}
}

// Merge adds the properties of an object to others; of one that is of several kinds nothing is known.
func (s *Shape) Merge(into map[string]*Shape) {
	if s == nil || s.fields == nil {
		return
	}
	for name, p := range s.fields() {
		if other, ok := into[name]; ok {
			p = agree(p, other)
		}
		into[name] = p
	}
}

// names are the properties an object has, in order.
func (s *Shape) names() []string {
	if s == nil || s.fields == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(s.fields()))
}

// property is what .name gives; ok is false when there is no such thing for sure.
func (s *Shape) property(name string) (_ *Shape, ok bool) {
	if s == nil {
		return nil, true
	}
	switch s.kind {
	case value.Object:
		p, ok := s.fields()[name]
		return p, ok
	case value.List, value.Range:
		switch name {
		case "size":
			return numberShape, true
		case "first", "last":
			return s.element(), true
		}
		return nil, false
	case value.Text:
		return numberShape, name == "size"
	}
	return nil, false
}

// element is what a list holds.
func (s *Shape) element() *Shape {
	switch {
	case s == nil:
		return nil
	case s.kind == value.Range:
		return numberShape
	case s.elem == nil:
		return nil
	}
	return s.elem()
}

// agree is the shape of what is sometimes one and sometimes another.
func agree(a, b *Shape) *Shape {
	if a == b {
		return a
	}
	return nil
}
