package viewtest

import (
	"reflect"

	"echoppe.dev/storefront/view"
)

// Taint puts probe after every text reachable from data, a pointer, except texts that
// are declared to be markup (view.HTML). Texts the theme looks up as keys would no
// longer be found, so those whose field name is in keep stay as they are.
func Taint(data any, probe string, keep func(structName, field string) bool) {
	t := tainter{probe: probe, keep: keep, seen: map[uintptr]bool{}}
	t.walk(reflect.ValueOf(data), "", "")
}

type tainter struct {
	probe string
	keep  func(structName, field string) bool
	seen  map[uintptr]bool
}

var htmlType = reflect.TypeFor[view.HTML]()

func (t tainter) walk(v reflect.Value, structName, field string) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || t.seen[v.Pointer()] {
			return
		}
		t.seen[v.Pointer()] = true
		t.walk(v.Elem(), structName, field)
	case reflect.Interface:
		if m, ok := v.Interface().(map[string]any); ok {
			t.document(m)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				t.walk(v.Field(i), v.Type().Name(), v.Type().Field(i).Name)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			t.walk(v.Index(i), structName, field)
		}
	case reflect.String:
		if v.Type() != htmlType && !t.keep(structName, field) {
			v.SetString(v.String() + t.probe)
		}
	}
}

// document taints the texts of a JSON-LD document.
func (t tainter) document(m map[string]any) {
	for k, v := range m {
		switch v := v.(type) {
		case string:
			m[k] = v + t.probe
		case map[string]any:
			t.document(v)
		}
	}
}
