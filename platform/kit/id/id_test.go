package id_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm/schema"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
)

type order struct{ ID id.Of[order] }

type customer struct{}

const text = "0190163d-8694-739b-aea5-966c26f8ad91"

func Example() {
	type ID = id.Of[order]

	i, err := id.Parse[order]("0190163d-8694-739b-aea5-966c26f8ad91")
	fmt.Println(i, i.Time().Format(time.DateOnly), err)
	fmt.Println(ID{}.IsZero())
	// Output:
	// 0190163d-8694-739b-aea5-966c26f8ad91 2024-06-14 <nil>
	// true
}

func TestNew_SortsByTheTimeItWasMade(t *testing.T) {
	before := time.Now().Truncate(time.Millisecond)
	last := id.New[order]()
	for range 10_000 {
		next := id.New[order]()
		if next.Compare(last) <= 0 || next.String() <= last.String() {
			t.Fatalf("%s does not sort after %s", next, last)
		}
		last = next
	}
	if at := last.Time(); at.Before(before) || at.After(time.Now()) {
		t.Errorf("made at %v", at)
	}
}

func TestParse_OnlyTheCanonicalForm(t *testing.T) {
	for _, bad := range []string{
		"", "x", "0190163d8694739baea5966c26f8ad91", "{" + text + "}", "urn:uuid:" + text,
		text + " ", strings.Replace(text, "a", "g", 1), strings.Repeat("-", 36),
	} {
		if got, err := id.Parse[order](bad); !errors.Is(err, id.ErrMalformed) || !got.IsZero() {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
	}
	if !fault.Is(id.ErrMalformed, fault.NotFound) {
		t.Error("a mangled link must be a page that does not exist")
	}
}

func TestOf_DifferentThingsDoNotConvert(t *testing.T) {
	a, b := reflect.TypeFor[id.Of[order]](), reflect.TypeFor[id.Of[customer]]()
	if a.ConvertibleTo(b) {
		t.Error("the id of an order converts into that of a customer")
	}
	if a.Size() != 16 {
		t.Errorf("an id takes %d bytes", a.Size())
	}
}

func TestOf_JSON(t *testing.T) {
	type doc struct {
		A id.Of[order]
		M map[id.Of[order]]int
	}
	i := id.MustParse[order](text)
	b, err := json.Marshal(doc{A: i, M: map[id.Of[order]]int{i: 1}})
	if want := `{"A":"` + text + `","M":{"` + text + `":1}}`; err != nil || string(b) != want {
		t.Fatalf("%s, %v", b, err)
	}
	var got doc
	if err := json.Unmarshal(b, &got); err != nil || got.A != i || got.M[i] != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if err := json.Unmarshal([]byte(`{"A":""}`), &got); err != nil || !got.A.IsZero() {
		t.Errorf("empty: %v, %v", got.A, err)
	}
	if err := json.Unmarshal([]byte(`{"A":"x"}`), &got); !errors.Is(err, id.ErrMalformed) {
		t.Errorf("malformed: %v", err)
	}
}

func TestOf_SQL(t *testing.T) {
	i := id.MustParse[order](text)
	v, err := i.Value()
	if v != text || err != nil {
		t.Errorf("value %v, %v", v, err)
	}
	if v, err := (id.Of[order]{}).Value(); v != nil || err != nil {
		t.Errorf("zero value %v, %v", v, err)
	}
	raw := make([]byte, 16)
	raw[0] = 1
	for _, src := range []any{text, []byte(text), raw} {
		var got id.Of[order]
		if err := got.Scan(src); err != nil || got.IsZero() {
			t.Errorf("scan %T: %v, %v", src, got, err)
		}
	}
	got := i
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Errorf("scan NULL: %v, %v", got, err)
	}
	if err := got.Scan(7); err == nil {
		t.Error("scanned a number")
	}
}

func TestOf_GormField(t *testing.T) {
	type row struct {
		ID     id.Of[order] `gorm:"primaryKey"`
		Parent id.Of[order]
	}
	s, err := schema.Parse(&row{}, &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"id", "parent"} {
		f := s.FieldsByDBName[name]
		if f == nil || f.DataType != "uuid" {
			t.Errorf("column %s: %+v", name, f)
		}
	}
	if len(s.DBNames) != 2 {
		t.Errorf("columns %v", s.DBNames)
	}
}
