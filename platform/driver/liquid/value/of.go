package value

import (
	"reflect"
	"slices"
	"strings"
	"time"
)

// Of makes a value of a Go value: a struct or a pointer to one, a slice, a map with text for keys, a number, a text, a time, or a
// Value. What a template cannot read is a mistake of whoever gives it, and panics.
func Of(x any) Value {
	switch x := x.(type) {
	case nil:
		return None
	case Value:
		return x
	case string:
		return OfText(x)
	case bool:
		return OfBool(x)
	case int:
		return OfInt(x)
	case int64:
		return OfInt64(x)
	case float64:
		return OfFloat(x)
	case time.Time:
		return OfTime(x)
	case *Dictionary:
		return OfDict(x)
	case Drop:
		return OfDrop(x)
	}
	return of(reflect.ValueOf(x))
}

// of is Of for what has to be looked at.
func of(v reflect.Value) Value {
	switch v.Kind() {
	case reflect.Invalid:
		return None
	case reflect.Interface:
		if v.IsNil() {
			return None
		}
		return Of(v.Elem().Interface())
	case reflect.Pointer:
		if v.IsNil() {
			return None
		}
		return readerOf(v.Type().Elem())(v.UnsafePointer())
	case reflect.Map:
		return ofMap(v)
	}
	// What stands in an interface has no address: it gets a place of its own.
	place := reflect.New(v.Type())
	place.Elem().Set(v)
	return readerOf(v.Type())(place.UnsafePointer())
}

// ofMap makes a dictionary, with its names in their order.
func ofMap(v reflect.Value) Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	d := NewDictionary(len(keys))
	for _, k := range keys {
		d.Set(k.String(), of(v.MapIndex(k)))
	}
	return OfDict(d)
}
