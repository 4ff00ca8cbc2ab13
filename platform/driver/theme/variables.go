package theme

import (
	"reflect"
	"sync"
)

// fields remembers which fields of a struct are variables, by type.
var fields sync.Map // reflect.Type → []variable

type variable struct {
	name  string
	index []int
}

// variables makes a template's globals from the fields of data that have a liquid
// tag; those of embedded structs count as its own. The map is new and has room for the
// engine's additions.
func variables(data any) map[string]any {
	v := reflect.ValueOf(data)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return map[string]any{}
	}
	list := fieldsOf(v.Type())
	globals := make(map[string]any, len(list)+4)
	for _, f := range list {
		globals[f.name] = wrap(v.FieldByIndex(f.index)).Interface()
	}
	return globals
}

func fieldsOf(t reflect.Type) []variable {
	if known, ok := fields.Load(t); ok {
		return known.([]variable)
	}
	list := collect(t, nil)
	fields.Store(t, list)
	return list
}

func collect(t reflect.Type, at []int) (list []variable) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), at...), i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			list = append(list, collect(f.Type, index)...)
		} else if name := f.Tag.Get("liquid"); name != "" && f.IsExported() {
			list = append(list, variable{name, index})
		}
	}
	return list
}
