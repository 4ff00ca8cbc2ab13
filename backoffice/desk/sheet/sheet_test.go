package sheet_test

import (
	"net/url"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

const said = `{
	"shop.wrong": "Look again",
	"shop.field.name": "Name", "shop.field.name_help": "On the sign", "shop.name": "of the page",
	"shop.field.kind": "Kind", "shop.field.kind.none": "Neither", "shop.field.kind.big": "Big", "shop.field.kind.big_help": "Bigger",
	"shop.field.rows": "Tiers", "shop.field.rows_help": "From small to large", "shop.field.rows_add": "One more", "shop.field.rows.from": "From",
	"shop.sku": "Reference", "shop.field.priority": "Priority"
}`

func visit(t *testing.T) *desk.Visit {
	t.Helper()
	words, err := ui.Words(fstest.MapFS{"locales/en.json": {Data: []byte(said)}})
	if err != nil {
		t.Fatal(err)
	}
	return &desk.Visit{View: ui.View{Locale: i18n.English, Words: words}}
}

func TestSheet_Label(t *testing.T) {
	t.Parallel()
	s := sheet.New(visit(t), "shop", ui.Answers{})
	s.Known = map[string]string{"line.0.qty": "Mug"}
	for name, want := range map[string]string{
		"name": "Name", "name.fr": "Name (Français)", "sku": "Reference", "address.city": "Town or city", "line.0.qty": "Mug",
		"rows.12.from": "From", "rows.1.sku": "Reference", "rows.1.odd": "Tiers", "priority.0190-aa": "Priority", "name.0": "Name",
		"nobody": "", "nobody.3": "", "": "", "7": "",
	} {
		if got := s.Label(name); got != want {
			t.Errorf("%q is known as %q, want %q", name, got, want)
		}
	}
}

func TestSheet_Field(t *testing.T) {
	t.Parallel()
	v := visit(t)
	typed := url.Values{"name": {"Lune"}, "kind": {"big"}}
	s := sheet.New(v, "shop", ui.Refused(v.View, typed, fault.Invalid(fault.Field{Name: "name", Key: "shop.wrong"})))
	want := ui.Field{Name: "name", Label: "Name", Help: "On the sign", Value: "Lune", Values: []string{"Lune"}, Error: "Look again", Required: true}
	if diff := cmp.Diff(want, s.Must("name")); diff != "" {
		t.Error(diff)
	}
	want = ui.Field{Name: "kind", Label: "Kind", Value: "big", Values: []string{"big"}, Options: []ui.Option{{Label: "Neither"}, {Value: "big", Label: "Big", Help: "Bigger"}}}
	if diff := cmp.Diff(want, s.Choice("kind", "", "big")); diff != "" {
		t.Error(diff)
	}
	if f := s.Form(nil); !f.Guard || len(f.Errors) != 1 || f.Errors[0].Label != "Name" {
		t.Errorf("the frame is %+v", f)
	}
	if f := s.Search(nil); !f.Get || f.Guard {
		t.Errorf("the frame of a search is %+v", f)
	}
}

// Rows come back as they were typed, numbered without the spare ones between them, and a refusal stands in its cell.
func TestSheet_Rows(t *testing.T) {
	t.Parallel()
	v := visit(t)
	sent := url.Values{"rows.0.from": {""}, "rows.4.from": {"5"}, "other": {"kept"}}
	sheet.DropRows(sent, "rows")
	sheet.PutRow(sent, "rows", 0, map[string]string{"from": "5", "sku": "A"})
	refusal := fault.Invalid(fault.Field{Name: sheet.Cell("rows", 0, "sku"), Key: "shop.wrong"})
	got := sheet.New(v, "shop", ui.Refused(v.View, sent, refusal)).Rows(ui.Rows{Name: "rows", Blank: 1, Columns: []ui.Field{{Name: "from"}, {Name: "sku", Label: "Own"}}})
	want := ui.Rows{
		Name: "rows", Label: "Tiers", Help: "From small to large", AddText: "One more", Blank: 1,
		Columns: []ui.Field{{Name: "from", Label: "From"}, {Name: "sku", Label: "Own"}},
		Lines:   []ui.Line{{Values: map[string]string{"from": "5", "sku": "A"}, Errors: map[string]string{"from": "", "sku": "Look again"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if sent.Get("other") != "kept" {
		t.Error("what is no row of the table is gone")
	}
}

// What is written into the fields of a text is read back.
func TestText_roundtrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		text := i18n.Text(rapid.MapOf(rapid.SampledFrom(i18n.Shipped), rapid.StringN(1, 9, -1)).Draw(r, "text"))
		values, fields := url.Values{}, map[string]string{"xx": "no language of ours"}
		sheet.PutText(values, "name", text)
		for _, l := range i18n.Shipped {
			fields[string(l)] = values.Get("name." + string(l))
		}
		if diff := cmp.Diff(text, sheet.ReadText(fields)); diff != "" {
			r.Fatal(diff)
		}
	})
}

func TestItems(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"a b", "c", "d"}, sheet.Items(" a b,;c\r\n\r\nd,")); diff != "" {
		t.Error(diff)
	}
	if got := sheet.Items(" , "); got != nil {
		t.Errorf("nothing is %q", got)
	}
}
