package ui_test

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
)

func english(t *testing.T) ui.View {
	t.Helper()
	words, err := ui.Words()
	if err != nil {
		t.Fatal(err)
	}
	return ui.View{Locale: i18n.English, Words: words, CSRF: "token", Path: "/here"}
}

func draw(t *testing.T, c templ.Component) *goquery.Document {
	t.Helper()
	var out bytes.Buffer
	if err := c.Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestRefused(t *testing.T) {
	v := english(t)
	typed := url.Values{"name": {"<b>"}, "rate": {"x"}}
	err := fault.Invalid(
		fault.Field{Name: "rate", Key: form.KeyNumber},
		fault.Field{Name: "rate", Key: form.KeyRequired},
		fault.Field{Name: "bands.1.upto", Key: form.KeyRequired},
	)
	a := ui.Refused(v, typed, err)
	field := a.Fill(ui.Field{Name: "rate", Value: "20"})
	if field.Value != "x" || field.Error != v.T(form.KeyNumber) {
		t.Errorf("the field has %q and says %q", field.Value, field.Error)
	}
	if other := a.Fill(ui.Field{Name: "other", Value: "kept"}); other.Value != "kept" || other.Error != "" {
		t.Errorf("a field that was not sent: %+v", other)
	}
	want := []ui.FieldError{
		{Field: "rate", Label: "Rate", Text: v.T(form.KeyNumber)},
		{Field: "bands.1.upto", Label: "Up to (2)", Text: v.T(form.KeyRequired)},
	}
	if diff := cmp.Diff(want, a.List(map[string]string{"rate": "Rate", "bands.upto": "Up to"})); diff != "" {
		t.Error(diff)
	}
	if a.Problem != "" {
		t.Errorf("a problem beside the fields: %q", a.Problem)
	}
}

func TestRefused_Problem(t *testing.T) {
	v := english(t)
	a := ui.Refused(v, url.Values{}, errors.New("connection refused on 10.0.0.3"))
	if want := v.T(fault.Internal.Key()); a.Problem != want {
		t.Errorf("says %q, want %q", a.Problem, want)
	}
}

func TestTextField_Error(t *testing.T) {
	v := english(t)
	doc := draw(t, ui.TextField(v, ui.Field{Name: "a.b", Label: "Name", Help: "Helps.", Error: "Wrong.", Value: `"><script>`, Required: true}))
	input := doc.Find("input")
	for attr, want := range map[string]string{
		"id": "f-a-b", "name": "a.b", "value": `"><script>`, "aria-invalid": "true", "aria-describedby": "f-a-b-error f-a-b-help",
	} {
		if got := input.AttrOr(attr, ""); got != want {
			t.Errorf("%s is %q, want %q", attr, got, want)
		}
	}
	if doc.Find("script").Length() != 0 {
		t.Error("a value became markup")
	}
	if got := doc.Find("#f-a-b-error").Text(); got != "Wrong." {
		t.Errorf("error %q", got)
	}
	if doc.Find("label[for=f-a-b]").Length() != 1 {
		t.Error("no label")
	}
}

func TestSchemaForm(t *testing.T) {
	v := english(t)
	schema := form.Schema{Fields: []form.Field{
		{Name: "on", Label: "On", Kind: form.Checkbox, Default: "true"},
		{Name: "fee", Label: "Fee", Kind: form.Money, Default: "4.90"},
		{Name: "key", Label: "Key", Kind: form.Secret, Required: true},
		{Name: "mode", Label: "Mode", Kind: form.Select, Options: []form.Option{{Value: "a", Label: "A"}}},
		{Name: "to", Label: "To", Kind: form.Countries},
		{Name: "bands", Label: "Bands", Kind: form.Rows, Columns: []form.Field{{Name: "upto", Label: "Up to", Kind: form.Decimal}}},
	}}
	t.Run("untouched form shows defaults", func(t *testing.T) {
		doc := draw(t, ui.SchemaForm(v, schema, ui.Drawn{Currency: "EUR"}))
		if _, on := doc.Find("[name=on]").Attr("checked"); !on {
			t.Error("the box is not ticked")
		}
		if got := doc.Find("[name=fee]").AttrOr("value", ""); got != "4.90" {
			t.Errorf("fee %q", got)
		}
		if _, must := doc.Find("[name=key]").Attr("required"); !must {
			t.Error("a secret that is not stored can be left out")
		}
	})
	t.Run("what was typed is kept, a secret never comes back", func(t *testing.T) {
		typed := url.Values{"fee": {"4,9x"}, "key": {"hunter2"}, "to": {"FR", "DE"}, "bands.2.upto": {"5"}}
		a := ui.Refused(v, typed, fault.Invalid(fault.Field{Name: "bands.2.upto", Key: form.KeyNumber}))
		doc := draw(t, ui.SchemaForm(v, schema, ui.Drawn{Answers: a, Stored: form.Values{"key": form.TextValue("sealed")}}))
		if _, on := doc.Find("[name=on]").Attr("checked"); on {
			t.Error("an unticked box is ticked again by its default")
		}
		if got := doc.Find("[name=fee]").AttrOr("value", ""); got != "4,9x" {
			t.Errorf("fee %q", got)
		}
		html, err := doc.Html()
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"hunter2", "sealed"} {
			if bytes.Contains([]byte(html), []byte(secret)) {
				t.Errorf("%s is on the page", secret)
			}
		}
		if n := doc.Find("[name=to][checked]").Length(); n != 2 {
			t.Errorf("%d countries are ticked", n)
		}
		row := doc.Find(`[name="bands.2.upto"]`)
		if row.AttrOr("value", "") != "5" || row.AttrOr("aria-invalid", "") != "true" {
			t.Error("the row lost its value, its number or its error")
		}
	})
}

// A hostile row number must not make the page build that many rows.
func TestSchemaForm_RowNumbers(t *testing.T) {
	v := english(t)
	schema := form.Schema{Fields: []form.Field{{Name: "bands", Label: "Bands", Kind: form.Rows, Max: 5, Columns: []form.Field{{Name: "upto", Label: "Up to", Kind: form.Text}}}}}
	typed := url.Values{"bands.4.upto": {"a"}, "bands.5.upto": {"b"}, "bands.999999999.upto": {"c"}, "bands.-1.upto": {"d"}}
	doc := draw(t, ui.SchemaForm(v, schema, ui.Drawn{Answers: ui.Asked(typed)}))
	if n := doc.Find("[data-rows-body] tr").Length(); n != 5+2 {
		t.Errorf("%d rows, want the five sent and two to fill in", n)
	}
}

func TestFormFrame(t *testing.T) {
	v := english(t)
	doc := draw(t, ui.FormFrame(v, ui.Form{Hidden: map[string]string{"version": "3"}}))
	if got := doc.Find("form").AttrOr("action", ""); got != "/here" {
		t.Errorf("action %q", got)
	}
	if got := doc.Find("input[name=_csrf]").AttrOr("value", ""); got != "token" {
		t.Errorf("token %q", got)
	}
	if got := doc.Find("input[name=version]").AttrOr("value", ""); got != "3" {
		t.Errorf("version %q", got)
	}
	if draw(t, ui.FormFrame(v, ui.Form{Get: true})).Find("input[name=_csrf]").Length() != 0 {
		t.Error("the token would be in the address")
	}
}

// Five columns beside each other cut what is in them, on a desk too; such rows are cards that wrap.
func TestRowsField_Wide(t *testing.T) {
	for n, want := range map[int]int{2: 0, 4: 0, 5: 1} {
		r := ui.Rows{Name: "own", Blank: 1}
		for i := range n {
			r.Columns = append(r.Columns, ui.Field{Name: string(rune('a' + i)), Label: "A"})
		}
		if got := draw(t, ui.RowsField(english(t), r)).Find("table.rows-wide").Length(); got != want {
			t.Errorf("%d columns: %d", n, got)
		}
	}
}

// Choices are ways to go on, not steps: nothing in them is numbered or to be done.
func TestChoiceList(t *testing.T) {
	doc := draw(t, ui.ChoiceList(english(t), []ui.Choice{{Title: "Flat fee", Text: "One fee for the order.", Href: "/flat"}, {Title: "By weight", Href: "/weight"}}))
	if doc.Find("ul > li > a[href]").Length() != 2 || doc.Find("ol, .sr-only, button").Length() != 0 {
		t.Error(doc.Html())
	}
	if got := doc.Find(`a[href="/flat"] .sub`).Text(); got != "One fee for the order." {
		t.Errorf("says %q", got)
	}
}
