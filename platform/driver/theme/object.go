package theme

import (
	"fmt"
	"reflect"
	"sync"
	"time"

	"github.com/osteele/liquid/values"
)

// object is a struct of the data as the templates see it, and list a slice of it.
// The library could read structs by itself, but boxes a copy of every field each time
// it is asked for; an object remembers what it was asked for, for the length of one
// render.
//
// Both are one pointer wide, so that they fit into an interface without an allocation,
// and are no pointers themselves, so that the library prints them through String.
type (
	object struct{ d *objectData }
	list   struct{ d *listData }
)

type objectData struct {
	v    reflect.Value // an addressable struct, unless it came out of an interface
	info *shape
	memo []values.Value
}

type listData struct {
	v    reflect.Value
	memo []any
}

// shape is what templates may ask of a struct type.
type shape struct{ fields map[string]int }

var (
	shapes sync.Map // reflect.Type → *shape

	timeType  = reflect.TypeFor[time.Time]()
	nothing   = values.ValueOf(nil)
	undefined = values.ValueOf(map[string]any{}).PropertyValue(values.ValueOf("-"))
)

func shapeOf(t reflect.Type) *shape {
	if known, ok := shapes.Load(t); ok {
		return known.(*shape)
	}
	s := &shape{fields: map[string]int{}}
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get("liquid"); name != "" && t.Field(i).IsExported() {
			s.fields[name] = i
		}
	}
	shapes.Store(t, s)
	return s
}

// wrap makes a value of the language of a field, an element or a variable.
func wrap(v reflect.Value) values.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nothing
		}
		if v.Elem().Kind() == reflect.Struct && v.Type().Elem() != timeType {
			return newObject(v.Elem())
		}
	case reflect.Struct:
		if v.Type() != timeType {
			return newObject(v)
		}
	case reflect.Slice:
		return list{&listData{v: v, memo: make([]any, v.Len())}}
	case reflect.Interface:
		if v.IsNil() {
			return nothing
		}
	}
	return values.ValueOf(v.Interface()) // HTML turns itself into a safe text here
}

func newObject(v reflect.Value) values.Value {
	info := shapeOf(v.Type())
	return object{&objectData{v: v, info: info, memo: make([]values.Value, v.NumField())}}
}

// unwrap gives a filter the Go value back.
func unwrap(v any) any {
	switch v := v.(type) {
	case object:
		if v.d.v.CanAddr() {
			return v.d.v.Addr().Interface()
		}
		return v.d.v.Interface()
	case list:
		return v.d.v.Interface()
	default:
		return v
	}
}

func (o object) PropertyValue(name values.Value) values.Value {
	key, ok := name.Interface().(string)
	if !ok {
		return undefined
	}
	i, ok := o.d.info.fields[key]
	if !ok {
		return undefined
	}
	if o.d.memo[i] == nil {
		o.d.memo[i] = wrap(o.d.v.Field(i))
	}
	return o.d.memo[i]
}

func (o object) IndexValue(name values.Value) values.Value { return o.PropertyValue(name) }
func (o object) Interface() any                            { return o }
func (o object) Test() bool                                { return true }
func (o object) Equal(other values.Value) bool             { return other.Interface() == any(o) }
func (o object) Less(values.Value) bool                    { return false }
func (o object) Int() int                                  { panic(values.TypeError("an object is no number")) }

func (o object) Contains(name values.Value) bool {
	key, _ := name.Interface().(string)
	_, ok := o.d.info.fields[key]
	return ok
}

// String prints what the struct says of itself, and nothing for one that says nothing.
func (o object) String() string {
	if s, ok := unwrap(o).(fmt.Stringer); ok {
		return s.String()
	}
	return ""
}

// Len and Index make a list something to loop over.
func (l list) Len() int { return len(l.d.memo) }

// Index is the element i as a variable holds it.
func (l list) Index(i int) any {
	if l.d.memo[i] == nil {
		l.d.memo[i] = wrap(l.d.v.Index(i)).Interface()
	}
	return l.d.memo[i]
}

func (l list) PropertyValue(name values.Value) values.Value {
	switch name.Interface() {
	case "size":
		return values.ValueOf(l.Len())
	case "first":
		return l.at(0)
	case "last":
		return l.at(l.Len() - 1)
	default:
		return undefined
	}
}

func (l list) IndexValue(index values.Value) values.Value {
	i, ok := index.Interface().(int)
	if ok && i < 0 {
		i += l.Len()
	}
	if !ok || i < 0 || i >= l.Len() {
		return undefined
	}
	return l.at(i)
}

func (l list) at(i int) values.Value {
	if i < 0 || i >= l.Len() {
		return nothing
	}
	return values.ValueOf(l.Index(i))
}

func (l list) Contains(what values.Value) bool {
	for i := range l.Len() {
		if values.Equal(l.Index(i), what.Interface()) {
			return true
		}
	}
	return false
}

func (l list) Interface() any                { return l }
func (l list) Test() bool                    { return true }
func (l list) Equal(other values.Value) bool { return other.Interface() == any(l) }
func (l list) Less(values.Value) bool        { return false }
func (l list) Int() int                      { panic(values.TypeError("a list is no number")) }
func (l list) String() string                { return "" }

var (
	_ values.Value = object{}
	_ values.Value = list{}
	_ fmt.Stringer = object{}
)
