package pricefile_test

import (
	"encoding"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricefile"
	"echoppe.dev/tenant/pricing"
)

// node is a part of the schema.
type node struct {
	Ref        string          `json:"$ref"`
	Type       string          `json:"type"`
	Enum       []string        `json:"enum"`
	Properties map[string]node `json:"properties"`
	Required   []string        `json:"required"`
	Items      *node           `json:"items"`
	Others     json.RawMessage `json:"additionalProperties"`
	Defs       map[string]node `json:"$defs"`
}

// reader compares types with the schema.
type reader struct {
	*testing.T
	root node
	used map[string]bool
}

// The documented schemas are what is read and what is given, field by field. CAT-05
func TestSchema(t *testing.T) {
	for name, tt := range map[string]struct {
		schema []byte
		of     reflect.Type
	}{
		"file":   {pricefile.Schema, reflect.TypeFor[pricefile.File]()},
		"answer": {pricefile.AnswerSchema, reflect.TypeFor[pricefile.Answer]()},
	} {
		t.Run(name, func(t *testing.T) {
			r := reader{T: t, used: map[string]bool{}}
			if err := json.Unmarshal(tt.schema, &r.root); err != nil {
				t.Fatal(err)
			}
			r.compare(name, tt.of, r.root)
			for name := range r.root.Defs {
				if !r.used[name] {
					t.Errorf("%s is described and nothing is one", name)
				}
			}
		})
	}
}

var leaves = map[reflect.Type]bool{
	reflect.TypeFor[money.Amount](): true, reflect.TypeFor[form.Values](): true, reflect.TypeFor[time.Time](): true,
	reflect.TypeFor[pricing.Args](): true,
}

func (r reader) compare(at string, typ reflect.Type, n node) {
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		first := !r.used[name]
		r.used[name] = true
		if n, ok = r.root.Defs[name]; !ok {
			r.Errorf("%s refers to %s, which is not there", at, name)
		}
		for _, other := range []string{"decimal", "currency"} { // those of an amount, which is a leaf
			r.used[other] = r.used[other] || name == "amount"
		}
		if !first {
			return
		}
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch {
	case leaves[typ], typ.Kind() == reflect.Struct && reflect.PointerTo(typ).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		if len(n.Properties) == 0 && n.Type == "" {
			r.Errorf("%s: nothing is said of a %s", at, typ)
		}
	case typ.Kind() == reflect.Struct:
		r.compareStruct(at, typ, n)
	case typ.Kind() == reflect.Slice:
		if n.Type != "array" || n.Items == nil {
			r.Errorf("%s is a list", at)
			return
		}
		r.compare(at+"[]", typ.Elem(), *n.Items)
	case typ.Kind() == reflect.Map:
		var of node
		if n.Type != "object" || json.Unmarshal(n.Others, &of) != nil {
			r.Errorf("%s is a map", at)
			return
		}
		r.compare(at+"{}", typ.Elem(), of)
	case typ.Kind() == reflect.String && len(n.Enum) > 0:
	default:
		if want := map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer", reflect.Int64: "integer"}[typ.Kind()]; n.Type != want {
			r.Errorf("%s is said to be %q, is %s", at, n.Type, want)
		}
	}
}

func (r reader) compareStruct(at string, typ reflect.Type, n node) {
	if string(n.Others) != "false" {
		r.Errorf("%s: fields that are not known are refused, and the schema allows them", at)
	}
	said := maps.Clone(n.Properties)
	if typ == reflect.TypeFor[discount.Rule]() {
		delete(said, "version") // written by its MarshalJSON
	}
	for _, f := range reflect.VisibleFields(typ) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || f.Anonymous || name == "-" {
			continue
		}
		child, ok := said[name]
		if !ok {
			r.Errorf("%s.%s is read and not described", at, name)
			continue
		}
		delete(said, name)
		r.compare(at+"."+name, f.Type, child)
	}
	for _, name := range slices.Sorted(maps.Keys(said)) {
		r.Errorf("%s.%s is described and not read", at, name)
	}
	for _, name := range n.Required {
		if _, ok := n.Properties[name]; !ok {
			r.Errorf("%s.%s is required and not described", at, name)
		}
	}
}
