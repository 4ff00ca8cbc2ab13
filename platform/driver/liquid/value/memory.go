package value

import (
	"fmt"
	"reflect"
	"sync"
	"time"
	"unsafe"
)

// readerOf says how what stands at an address becomes a value. What a type holds is looked at when a value of it is read first, as
// types may hold themselves.
func readerOf(t reflect.Type) reader {
	switch {
	case t == valueType:
		return readValue
	case t == instantType:
		return func(p unsafe.Pointer) Value { return Value{typ: timeType, ptr: p} }
	case t.Kind() == reflect.String && t.Implements(markupType):
		return readHTML
	}
	switch t.Kind() {
	case reflect.String:
		return readText
	case reflect.Bool:
		return func(p unsafe.Pointer) Value { return OfBool(*(*bool)(p)) }
	case reflect.Int, reflect.Int64:
		return func(p unsafe.Pointer) Value { return OfInt64(*(*int64)(p)) }
	case reflect.Int32:
		return func(p unsafe.Pointer) Value { return OfInt64(int64(*(*int32)(p))) }
	case reflect.Int16:
		return func(p unsafe.Pointer) Value { return OfInt64(int64(*(*int16)(p))) }
	case reflect.Int8:
		return func(p unsafe.Pointer) Value { return OfInt64(int64(*(*int8)(p))) }
	case reflect.Uint8:
		return func(p unsafe.Pointer) Value { return OfInt64(int64(*(*uint8)(p))) }
	case reflect.Uint16:
		return func(p unsafe.Pointer) Value { return OfInt64(int64(*(*uint16)(p))) }
	case reflect.Uint32:
		return func(p unsafe.Pointer) Value { return OfInt64(int64(*(*uint32)(p))) }
	case reflect.Float64:
		return func(p unsafe.Pointer) Value { return OfFloat(*(*float64)(p)) }
	case reflect.Float32:
		return func(p unsafe.Pointer) Value { return OfFloat(float64(*(*float32)(p))) }
	case reflect.Struct:
		return readStruct(t)
	case reflect.Pointer:
		return readPointer(t.Elem())
	case reflect.Slice:
		return readSlice(t)
	case reflect.Interface, reflect.Map:
		return func(p unsafe.Pointer) Value { return of(reflect.NewAt(t, p).Elem()) }
	default:
		panic(fmt.Sprintf("value: templates cannot read a %s", t))
	}
}

func readValue(p unsafe.Pointer) Value { return *(*Value)(p) }

func readText(p unsafe.Pointer) Value { return OfText(*(*string)(p)) }

func readHTML(p unsafe.Pointer) Value {
	if s := *(*string)(p); s != "" {
		return OfHTML(s)
	}
	return None
}

func readStruct(t reflect.Type) reader {
	typ := sync.OnceValue(func() *Type { return structType(t) })
	return func(p unsafe.Pointer) Value { return Value{typ: typ(), ptr: p} }
}

func readPointer(t reflect.Type) reader {
	if t == instantType || t.Kind() != reflect.Struct {
		inner := readerOf(t)
		return func(p unsafe.Pointer) Value {
			if at := *(*unsafe.Pointer)(p); at != nil {
				return inner(at)
			}
			return None
		}
	}
	typ := sync.OnceValue(func() *Type { return structType(t) })
	return func(p unsafe.Pointer) Value {
		if at := *(*unsafe.Pointer)(p); at != nil {
			return Value{typ: typ(), ptr: at}
		}
		return None
	}
}

// slice is a slice in memory, whatever it is of.
type slice struct {
	data     unsafe.Pointer
	len, cap int
}

func readSlice(t reflect.Type) reader {
	typ := sync.OnceValue(func() *Type { return sliceType(t) })
	return func(p unsafe.Pointer) Value {
		s := (*slice)(p)
		return Value{typ: typ(), ptr: s.data, num: uint64(s.len)}
	}
}

// Go is the Go value a struct was made of, as a pointer to it, for filters that know the type; the time of a Time, and nil of all else.
func (v Value) Go() any {
	switch {
	case v.typ == nil:
		return nil
	case v.typ == dropType:
		return *(*Drop)(v.ptr)
	case v.typ.goType != nil:
		return reflect.NewAt(v.typ.goType, v.ptr).Interface()
	case v.typ == timeType:
		return *(*time.Time)(v.ptr)
	}
	return nil
}

// at is the address of element i.
func at(p unsafe.Pointer, stride uintptr, i int) unsafe.Pointer {
	return unsafe.Add(p, stride*uintptr(i))
}
