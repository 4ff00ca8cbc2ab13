package pricefile

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
)

// What can be wrong at a place of a file.
const (
	keyUnknownField = "price_file.unknown_field"
	keyTwice        = "price_file.twice"
	keyAmount       = "price_file.amount"   // text
	keyNumber       = "price_file.number"   // text
	keyCurrency     = "price_file.currency" // text
	keyTime         = "price_file.time"     // text
	keyShape        = "price_file.shape"    // problem
	keyDeep         = "price_file.deep"
)

const (
	// maxDepth is how deep a file may be, three times as deep as one is.
	maxDepth = 40
	// maxTold is how much of what stands at a place is repeated.
	maxTold = 40
)

// places reads a file beside the types it is read into, and notes what is wrong by its place. The decoder
// itself names no place for a value that refuses its text, and takes the last of two fields of one name.
type places struct {
	form.Checker
	n int // problems noted
}

func (p *places) refuse(at, key string, args fault.Args) {
	p.n++
	p.Refuse(at, key, args)
}

// walk looks at a value, which is valid JSON, that is to become one of a type; nil is any.
func (p *places) walk(at string, value []byte, typ reflect.Type, depth int) {
	if depth > maxDepth {
		p.refuse(at, keyDeep, nil)
		return
	}
	for typ != nil && typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	before, fields := p.n, fieldsOf(typ)
	switch value[0] {
	case '{':
		p.object(at, value, depth, func(name string) (reflect.Type, bool) {
			if fields != nil {
				of, known := fields[name]
				return of, known
			}
			return elem(typ, reflect.Map), true
		})
	case '[':
		var list []json.RawMessage
		_ = json.Unmarshal(value, &list) // it is a list
		for i, one := range list {
			p.walk(at+"."+strconv.Itoa(i), one, elem(typ, reflect.Slice), depth+1)
		}
	}
	if typ == nil || before != p.n || looked(value, typ, fields) {
		return
	}
	if err := json.Unmarshal(value, reflect.New(typ).Interface()); err != nil {
		p.wrong(at, value, typ, err)
	}
}

// looked tells whether all there is to a value was seen in its parts.
func looked(value []byte, typ reflect.Type, fields map[string]reflect.Type) bool {
	switch {
	case reflect.PointerTo(typ).Implements(reflect.TypeFor[json.Unmarshaler]()):
		return false
	case value[0] == '{':
		return fields != nil || typ.Kind() == reflect.Map
	default:
		return value[0] == '[' && typ.Kind() == reflect.Slice
	}
}

// object looks at the fields of an object; of says which type one has, and whether it is known.
func (p *places) object(at string, value []byte, depth int, of func(string) (reflect.Type, bool)) {
	if at != "" {
		at += "."
	}
	d := json.NewDecoder(bytes.NewReader(value))
	_, _ = d.Token() // as it is an object, nothing here fails
	seen := map[string]bool{}
	for d.More() {
		var one json.RawMessage
		key, _ := d.Token()
		name, _ := key.(string)
		_ = d.Decode(&one)
		typ, known := of(name)
		switch {
		case seen[name]:
			p.refuse(at+name, keyTwice, nil)
		case !known:
			p.refuse(at+name, keyUnknownField, nil)
		default:
			p.walk(at+name, one, typ, depth+1)
		}
		seen[name] = true
	}
}

// wrong notes a value its type refuses, with what was expected.
func (p *places) wrong(at string, value []byte, typ reflect.Type, err error) {
	text := string(value)
	if letters := []rune(text); len(letters) > maxTold {
		text = string(letters[:maxTold]) + "…"
	}
	said := fault.Args{"text": text}
	switch typ {
	case reflect.TypeFor[money.Amount](), reflect.TypeFor[figure]():
		p.refuse(at, keyAmount, said)
	case reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[money.Rate]():
		p.refuse(at, keyNumber, said)
	case reflect.TypeFor[money.Currency]():
		p.refuse(at, keyCurrency, said)
	case reflect.TypeFor[time.Time]():
		p.refuse(at, keyTime, said)
	default:
		if fault.KindOf(err) != fault.Internal {
			p.refuse(at, fault.KeyOf(err), fault.ArgsOf(err))
			return
		}
		p.refuse(at, keyShape, fault.Args{"problem": strings.TrimPrefix(err.Error(), "json: ")})
	}
}

// fieldsOf are the fields an object of a type has, nil where they have no names.
func fieldsOf(typ reflect.Type) map[string]reflect.Type {
	if typ == reflect.TypeFor[money.Amount]() {
		typ = reflect.TypeFor[amountFields]()
	}
	if typ == nil || typ.Kind() != reflect.Struct {
		return nil
	}
	var fields map[string]reflect.Type
	for _, f := range reflect.VisibleFields(typ) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" || f.Anonymous {
			continue
		}
		if fields == nil {
			fields = map[string]reflect.Type{}
		}
		fields[name] = f.Type
	}
	if typ == reflect.TypeFor[discount.Rule]() {
		fields["version"] = reflect.TypeFor[int]() // written by its MarshalJSON
	}
	return fields
}

// elem is the type of what a list or a map of a type holds, nil when it is none.
func elem(typ reflect.Type, kind reflect.Kind) reflect.Type {
	if typ == nil || typ.Kind() != kind {
		return nil
	}
	return typ.Elem()
}

// amountFields are those money.Amount is read from.
type amountFields struct {
	Amount   figure         `json:"amount"`
	Currency money.Currency `json:"currency"`
}

// figure is the number of an amount.
type figure struct{}

// UnmarshalJSON refuses what money.Amount would refuse as its number.
func (*figure) UnmarshalJSON(text []byte) error {
	var a money.Amount
	return json.Unmarshal([]byte(`{"amount":`+string(text)+`,"currency":"EUR"}`), &a)
}

var _ json.Unmarshaler = (*figure)(nil)
