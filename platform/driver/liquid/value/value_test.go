package value_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"echoppe.dev/platform/driver/liquid/value"
)

type markup string

func (markup) SafeMarkup() {}

type base struct {
	ID int64 `liquid:"id"`
}

type tree struct {
	base
	Name     string            `liquid:"name"`
	Safe     markup            `liquid:"safe"`
	Up       *tree             `liquid:"up"`
	Down     []*tree           `liquid:"down"`
	Flat     []base            `liquid:"flat"`
	Words    map[string]string `liquid:"words"`
	Any      any               `liquid:"any"`
	At       time.Time         `liquid:"at"`
	When     *time.Time        `liquid:"when"`
	Small    uint8             `liquid:"small"`
	Half     float32           `liquid:"half"`
	On       bool              `liquid:"on"`
	Lost     string
	unwanted string
}

// String is what it prints.
func (t *tree) String() string { return "tree " + t.Name }

var day = time.Date(2026, 3, 1, 9, 5, 0, 0, time.UTC)

// TestOf reads a struct as a template does.
func TestOf(t *testing.T) {
	leaf := &tree{base: base{7}, Name: "leaf", unwanted: "x"}
	root := &tree{base: base{1}, Name: "root", Safe: "<b>", Up: leaf, Down: []*tree{leaf, nil}, Flat: []base{{1}, {2}, {3}}, Words: map[string]string{"b": "2", "a": "1"},
		Any: []int{4, 5}, At: day, When: &day, Small: 9, Half: .5, On: true}
	v := value.Of(root)
	for path, want := range map[string]string{
		"name": "root", "id": "1", "safe": "<b>", "up.name": "leaf", "up.id": "7", "up.up": "", "up.safe": "", "up.when": "", "down.0.name": "leaf", "down.1": "", "down.1.name": "",
		"down.size": "2", "down.first.id": "7", "flat.2.id": "3", "flat.-1.id": "3", "flat.3": "", "words.a": "1", "words.size": "2", "words.first.0": "a", "any.1": "5", "at": "2026-03-01 09:05:00 +0000",
		"when": "2026-03-01 09:05:00 +0000", "small": "9", "half": "0.5", "on": "true", "Lost": "", "unwanted": "", "nope": "", "name.size": "4", "up": "tree leaf", "flat.0": "",
	} {
		at := v
		for _, name := range strings.Split(path, ".") {
			var n int64
			if _, err := fmt.Sscan(name, &n); err == nil {
				at, _ = at.At(value.OfInt64(n))
			} else {
				at, _ = at.Property(name)
			}
		}
		if got := at.String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if got, ok := v.Go().(*tree); !ok || got != root {
		t.Errorf("it was made of %T", v.Go())
	}
	if v.TypeOf() != value.Of(leaf).TypeOf() {
		t.Error("two values of one type are read in two ways")
	}
	if k := value.Of(*leaf).Kind(); k != value.Object {
		t.Errorf("a struct that is no pointer is of kind %d", k)
	}
	for _, x := range []any{nil, (*tree)(nil), value.None} {
		if !value.Of(x).IsNil() {
			t.Errorf("%#v is something", x)
		}
	}
}

// TestEqual compares as the reference implementation does.
func TestEqual(t *testing.T) {
	list := func(v ...value.Value) value.Value { return value.OfList(v) }
	one, half, text := value.OfInt(1), value.OfFloat(.5), value.OfText("1")
	for _, c := range []struct {
		a, b value.Value
		same bool
	}{
		{one, value.OfFloat(1), true}, {one, text, false}, {text, value.OfHTML("1"), true}, {value.None, value.None, true}, {value.None, value.False, false},
		{value.EmptyValue, list(), true}, {value.EmptyValue, value.OfText(""), true}, {value.EmptyValue, value.None, false}, {value.BlankValue, value.None, true},
		{value.BlankValue, value.OfText(" \n"), true}, {value.BlankValue, value.False, true}, {value.BlankValue, one, false}, {value.BlankValue, value.EmptyValue, false},
		{list(one, text), list(value.OfFloat(1), text), true}, {list(one), list(one, one), false}, {list(half), list(one), false}, {value.OfRange(1, 3), value.OfRange(1, 3), true},
		{value.OfRange(1, 3), value.OfRange(1, 4), false}, {value.OfTime(day), value.OfTime(day.In(time.FixedZone("x", 3600))), true},
	} {
		if value.Equal(c.a, c.b) != c.same || value.Equal(c.b, c.a) != c.same {
			t.Errorf("%q == %q is not %t", c.a, c.b, c.same)
		}
	}
}

// TestNumber reads as much of a text as is a number.
func TestNumber(t *testing.T) {
	for text, want := range map[string]string{"12": "12", " -3 ": "-3", "2.50": "2.5", "12 pieces": "12", "1.5 kg": "1", "x": "0", "": "0", "+4": "4", "1e3": "1", "Infinity": "0",
		"99999999999999999999": "1.0e+20", strings.Repeat("9", 5000): "Infinity", ".5": "0", "5.": "5"} {
		if got := value.OfText(text).Number().String(); got != want {
			t.Errorf("%.40q is %s, want %s", text, got, want)
		}
	}
	for f, want := range map[float64]string{1: "1.0", .1: "0.1", 1e15: "1000000000000000.0", 1e16: "1.0e+16", 1e-5: "1.0e-05", math.NaN(): "NaN", math.Inf(-1): "-Infinity"} {
		if got := value.OfFloat(f).String(); got != want {
			t.Errorf("%v prints %s, want %s", f, got, want)
		}
	}
}

// TestEscape: once is enough, and nothing of the text is left that means something in markup.
func TestEscape(t *testing.T) {
	holds := func(s string) bool {
		once := value.Escape(value.OfText(s))
		return once.Kind() == value.HTML && value.Escape(once).Raw() == once.Raw() && !strings.ContainsAny(once.Raw(), `<>"'`)
	}
	if err := quick.Check(holds, nil); err != nil {
		t.Error(err)
	}
}

// TestAppendWithin: what is too long is given up in time, however often a list holds it.
func TestAppendWithin(t *testing.T) {
	long := value.OfText(strings.Repeat("x", 1000))
	list := make([]value.Value, 1<<20)
	for i := range list {
		list[i] = long
	}
	for _, v := range []value.Value{value.OfList(list), value.OfList([]value.Value{value.OfList(list)}), value.Of(map[string]value.Value{"a": value.OfList(list)})} {
		if b, fits := v.AppendWithin(nil, 10_000); fits || cap(b) > 40_000 {
			t.Errorf("%d bytes were made, fits %t", len(b), fits)
		}
		if b, fits := v.AppendJSON(nil, 10_000); fits || cap(b) > 40_000 {
			t.Errorf("%d bytes of JSON were made, fits %t", len(b), fits)
		}
	}
	if b, fits := value.OfList([]value.Value{long, value.OfInt(1)}).AppendWithin([]byte("a"), 1002); !fits || len(b) != 1002 {
		t.Errorf("%d bytes, fits %t", len(b), fits)
	}
}

func TestAppendJSON(t *testing.T) {
	d := value.NewDictionary(2)
	d.Set("b", value.OfText("</script>\u2028"))
	d.Set("a", value.OfList([]value.Value{value.None, value.True, value.OfInt(-1), value.OfFloat(2.5), value.OfFloat(math.NaN()), value.OfRange(1, 2), value.OfTime(day), value.BlankValue}))
	for want, v := range map[string]value.Value{
		`{"b":"\u003c/script\u003e\u2028","a":[null,true,-1,2.5,null,[1,2],"2026-03-01T09:05:00Z",null]}`: value.OfDict(d),
		`{"id":3}`: value.Of(base{3}),
		`[]`:       value.OfList(nil),
	} {
		if got, fits := v.AppendJSON(nil, 1000); string(got) != want || !fits {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
