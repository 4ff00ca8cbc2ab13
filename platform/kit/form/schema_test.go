package form_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
)

// scale is the configuration of a shipping method that charges by weight.
var scale = form.Schema{Fields: []form.Field{
	{Name: "title", Label: "l", Kind: form.Text, Required: true, Max: 20},
	{Name: "note", Label: "l", Kind: form.Textarea},
	{Name: "days", Label: "l", Kind: form.Number, Least: "1", Most: "30", Default: "3"},
	{Name: "factor", Label: "l", Kind: form.Decimal, Least: "-1"},
	{Name: "fee", Label: "l", Kind: form.Money},
	{Name: "discount", Label: "l", Kind: form.Percent, Most: "100", Places: 2},
	{Name: "rounding", Label: "l", Kind: form.Select, Options: []form.Option{{Value: "up"}, {Value: "down"}}},
	{Name: "tracked", Label: "l", Kind: form.Checkbox},
	{Name: "since", Label: "l", Kind: form.Date},
	{Name: "countries", Label: "l", Kind: form.Countries},
	{Name: "key", Label: "l", Kind: form.Secret, Required: true},
	{Name: "steps", Label: "l", Kind: form.Rows, Max: 3, Columns: []form.Field{
		{Name: "up_to", Label: "l", Kind: form.Decimal, Required: true},
		{Name: "price", Label: "l", Kind: form.Money, Required: true},
	}},
}}

func sent(pairs ...string) url.Values {
	in := url.Values{"title": {"Post"}, "key": {"k"}}
	for i := 0; i < len(pairs); i += 2 {
		in.Add(pairs[i], pairs[i+1])
	}
	return in
}

func ExampleSchema_Check() {
	v, err := scale.Check(url.Values{
		"title": {"Post"}, "key": {"k"}, "fee": {"4,90"},
		"steps.0.up_to": {"5"}, "steps.0.price": {"6.50"},
		"steps.1.up_to": {""}, "steps.1.price": {""},
	})
	stored, _ := json.Marshal(v)
	fmt.Println(string(stored), err)
	fmt.Println(v.Rows("steps")[0].Money("price", money.EUR))
	// Output:
	// {"fee":"4.9","key":"k","steps":[{"price":"6.5","up_to":"5"}],"title":"Post"} <nil>
	// 6.50
}

func TestCheck_ReadsEveryKind(t *testing.T) {
	v, err := scale.Revise("fr", sent(
		"note", "a\r\nb", "days", "7", "factor", "-0,5", "fee", "1 234,50", "discount", "5,25", "rounding", "up",
		"tracked", "on", "since", "2026-03-05", "countries", "FR", "countries", "BE", "countries", "FR",
		"steps.10.up_to", "10", "steps.10.price", "9", "steps.2.up_to", "5", "steps.2.price", "6,50", "ignored", "x",
	), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := v.Money("fee", money.EUR).String(); got != "1234.50" {
		t.Errorf("fee %s", got)
	}
	if v.Text("note") != "a\nb" || v.Int("days") != 7 || !v.Bool("tracked") || v.Text("rounding") != "up" || v.Has("ignored") {
		t.Errorf("%+v", v)
	}
	if got := v.Decimal("factor"); !got.Equal(decimal.New(-5, -1)) {
		t.Errorf("factor %s", got)
	}
	if got := v.Rate("discount"); !got.Equal(money.MustRate("5.25")) {
		t.Errorf("discount %s", got)
	}
	if got := v.Date("since"); got != time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC) {
		t.Errorf("since %s", got)
	}
	if diff := cmp.Diff([]string{"BE", "FR"}, v.List("countries")); diff != "" {
		t.Error(diff)
	}
	rows := v.Rows("steps")
	if len(rows) != 2 || rows[0].Text("up_to") != "5" || rows[1].Text("up_to") != "10" {
		t.Errorf("rows %v", rows)
	}
}

func TestCheck_NamesEveryFieldThatIsWrong(t *testing.T) {
	_, err := scale.Check(url.Values{
		"title": {strings.Repeat("x", 21)}, "days": {"31"}, "factor": {"x"}, "fee": {"-1"}, "discount": {"1.234"},
		"rounding": {"sideways"}, "since": {"tomorrow"}, "countries": {"FR", "ZZ"}, "note": {"\x00"},
		"steps.0.up_to": {"5"}, "steps.4.price": {"x"}, "steps.4.up_to": {"0"},
	})
	want := map[string]string{
		"title": form.KeyTooLong, "days": form.KeyTooLarge, "factor": form.KeyNumber, "fee": form.KeyTooSmall,
		"discount": form.KeyDecimals, "rounding": form.KeyChoice, "since": form.KeyDate, "countries": form.KeyCountry,
		"note": form.KeyText, "key": form.KeyRequired, "steps.0.price": form.KeyRequired, "steps.4.price": form.KeyNumber,
	}
	if diff := cmp.Diff(want, wrong(err)); diff != "" {
		t.Error(diff)
	}
}

func TestCheck_RowsAreBounded(t *testing.T) {
	in := sent()
	for i := range 2000 {
		in.Set(fmt.Sprintf("steps.%d.up_to", i), "1")
		in.Set(fmt.Sprintf("steps.%d.price", i), "1")
	}
	_, err := scale.Check(in)
	if diff := cmp.Diff(map[string]string{"steps": form.KeyTooMany}, wrong(err)); diff != "" {
		t.Error(diff)
	}
	odd := sent("steps.-1.up_to", "1", "steps.01.up_to", "1", "steps.x.up_to", "1", "steps.1", "1", "steps.1.other", "1", "steps.99999999999999999999.up_to", "1")
	if v, err := scale.Check(odd); err != nil || v.Has("steps") {
		t.Errorf("rows of nobody: %v, %v", v, err)
	}
}

func TestRevise_SecretsStayUntilChanged(t *testing.T) {
	stored := form.Values{"key": form.TextValue("sealed")}
	for _, tt := range []struct {
		name string
		in   url.Values
		want string
		key  string
	}{
		{"empty keeps", url.Values{"title": {"x"}}, "sealed", ""},
		{"new replaces", url.Values{"title": {"x"}, "key": {"new"}}, "new", ""},
		{"clear removes, which a required one refuses", url.Values{"title": {"x"}, "key.clear": {"1"}}, "", form.KeyRequired},
	} {
		v, err := scale.Revise("en", tt.in, stored)
		if v.Text("key") != tt.want || wrong(err)["key"] != tt.key {
			t.Errorf("%s: %q, %v", tt.name, v.Text("key"), err)
		}
	}
	if diff := cmp.Diff([]string{"key"}, scale.Secrets()); diff != "" {
		t.Error(diff)
	}
	if shown := scale.Encode("en", stored); len(shown) != 0 {
		t.Errorf("the secret is shown: %v", shown)
	}
}

func TestEncode_ReviseReadsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(i18n.Shipped).Draw(t, "locale")
		number := func(name string, least int64) form.Value {
			n := decimal.New(rapid.Int64Range(least, 1e9).Draw(t, name), rapid.Int32Range(-4, 0).Draw(t, name+" exponent"))
			return form.TextValue(n.String())
		}
		var rows []form.Values
		for range rapid.IntRange(1, 3).Draw(t, "rows") {
			rows = append(rows, form.Values{"up_to": number("up_to", -1e9), "price": number("price", 0)})
		}
		v := form.Values{
			"title": form.TextValue("Post"), "key": form.TextValue("sealed"), "fee": number("fee", 0),
			"tracked": form.TextValue("true"), "countries": form.ListValue("BE", "FR"), "steps": form.RowsValue(rows...),
		}
		got, err := scale.Revise(l, scale.Encode(l, v), v)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(canonical(v)) {
			t.Fatalf("%s: %v\nbecomes %v", l, v, got)
		}
	})
}

// canonical drops the trailing zeros a generated number may have.
func canonical(v form.Values) form.Values {
	c := maps.Clone(v)
	c["fee"] = form.TextValue(v.Decimal("fee").String())
	return c
}

func TestValues_JSONAndSQL(t *testing.T) {
	v := form.Values{
		"text": form.TextValue("a"), "list": form.ListValue("FR"), "rows": form.RowsValue(form.Values{"x": form.TextValue("1")}),
	}
	stored, err := v.Value()
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range []any{stored, []byte(stored.(string))} {
		var got form.Values
		if err := got.Scan(src); err != nil || !got.Equal(v) {
			t.Errorf("%T: %v, %v", src, got, err)
		}
	}
	if err := v.Scan(nil); err != nil || v == nil || len(v) != 0 {
		t.Errorf("NULL: %v, %v", v, err)
	}
	if got, _ := form.Values(nil).Value(); got != "{}" {
		t.Errorf("nil: %v", got)
	}
	for _, bad := range []any{7, "[]", `{"a":1}`, "{"} {
		if err := v.Scan(bad); err == nil {
			t.Errorf("scanned %v", bad)
		}
	}
}

// An old row may hold anything after a schema has changed: readers answer zero.
func TestValues_ReadersNeverFail(t *testing.T) {
	v := form.Values{"x": form.TextValue("abc"), "r": form.RowsValue()}
	for _, name := range []string{"x", "r", "absent"} {
		if v.Int(name) != 0 || !v.Decimal(name).IsZero() || v.Bool(name) || !v.Date(name).IsZero() || v.List(name) != nil || len(v.Rows(name)) != 0 {
			t.Errorf("%s is not zero", name)
		}
	}
	changed := v.Set("x", form.TextValue("7"))
	if changed.Int("x") != 7 || v.Text("x") != "abc" {
		t.Error("Set is no copy")
	}
}

func TestSchema_Valid(t *testing.T) {
	if err := scale.Valid(); err != nil {
		t.Error(err)
	}
	field := func(change func(*form.Field)) form.Schema {
		f := form.Field{Name: "x", Label: "l", Kind: form.Text}
		change(&f)
		return form.Schema{Fields: []form.Field{f}}
	}
	cell := []form.Field{{Name: "c", Label: "l", Kind: form.Secret}}
	for name, s := range map[string]form.Schema{
		"twice":           {Fields: []form.Field{{Name: "x", Label: "l", Kind: form.Text}, {Name: "x", Label: "l", Kind: form.Text}}},
		"name":            field(func(f *form.Field) { f.Name = "a.b" }),
		"label":           field(func(f *form.Field) { f.Label = "" }),
		"kind":            field(func(f *form.Field) { f.Kind = "color" }),
		"bound":           field(func(f *form.Field) { f.Least = "x" }),
		"max":             field(func(f *form.Field) { f.Max = 1 << 30 }),
		"places":          field(func(f *form.Field) { f.Places = 5 }),
		"options":         field(func(f *form.Field) { f.Kind = form.Select }),
		"columns":         field(func(f *form.Field) { f.Kind = form.Rows }),
		"secret column":   field(func(f *form.Field) { f.Kind, f.Columns = form.Rows, cell }),
		"default":         field(func(f *form.Field) { f.Kind, f.Default = form.Number, "x" }),
		"default too big": field(func(f *form.Field) { f.Kind, f.Most, f.Default = form.Number, "3", "4" }),
	} {
		if err := s.Valid(); err == nil {
			t.Errorf("%s: nothing to complain about", name)
		}
	}
	if got := scale.Defaults().Int("days"); got != 3 {
		t.Errorf("default days %d", got)
	}
}
