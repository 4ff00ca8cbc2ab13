package products_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// ART-13: a shipping mode that counts in points gives every article and every variant a field for them.
func TestShipValues_ART13(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	path := list + "/" + p.ID.String()
	b := o.Browser(t)
	b.Get(path)
	b.WantNo(`input[name^="ship."]`)
	mode, err := shipping.Builtin().Save(t.Context(), o.Shop, officetest.Who, shipping.Stored{Mode: shipping.Mode{
		Name: i18n.Text{"fr": "Coursier", "en": "Courier"}, Calculator: "coefficient", Measure: "points",
		Values: form.Values{"per_unit": form.TextValue("2")}}})
	if err != nil {
		t.Fatal(err)
	}
	field := "ship." + mode.ID
	b.Get(path)
	b.WantClean().WantText("label", "Courier (points)")
	b.Submit(saveBar, webtest.Values{field: "2.5"})
	b.WantStatus(200)
	if got := read(t, o, p.ID).Variants[0].ShipValues[mode.ID]; !got.Equal(decimal.RequireFromString("2.5")) {
		t.Errorf("ART-13 stored %s", got)
	}
	b.Submit(saveBar, webtest.Values{field: "-1"})
	b.WantStatus(422).Want(`input[name="` + field + `"][aria-invalid][value="-1"]`).WantClean()
	b.Submit(saveBar, webtest.Values{field: ""})
	if got := read(t, o, p.ID).Variants[0].ShipValues; len(got) != 0 {
		t.Errorf("ART-13 emptied: %v", got)
	}
	b.Get(path + "/variants")
	b.Submit("#option", webtest.Values{"option_name": "Taille", "values": "S, M"})
	b.Get(path + "/variants?tab=goods")
	b.WantClean().WantText("th", "Courier (points)")
	b.Submit("#variants", webtest.Values{"v.0." + field: "3", "v.1." + field: "0"})
	b.WantStatus(200)
	got := read(t, o, p.ID).Variants
	if zero, ok := got[1].ShipValues[mode.ID]; !ok || !zero.IsZero() || !got[0].ShipValues[mode.ID].Equal(decimal.NewFromInt(3)) {
		t.Errorf("ART-13 stored %v and %v; zero is a value", got[0].ShipValues, got[1].ShipValues)
	}
	b.Submit("#variants", webtest.Values{"v.0." + field: "much"})
	b.WantStatus(422).Want(`input[name="v.0.` + field + `"][aria-invalid]`).WantClean()
}

// LAW-04: the merchant's own class of goods can be chosen at the article, by the name he gave it.
func TestTaxClass_own(t *testing.T) {
	o := open(t)
	p := article(t, o, "book", "Livre")
	tax := settings.Defaults().Tax
	tax.Classes = []settings.TaxClass{{Code: "books", Name: "Bouquins"}}
	if err := settings.Save(t.Context(), o.Shop, officetest.Who, tax, 0); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	b.WantText("option", "Bouquins")
	b.Submit(saveBar, webtest.Values{"tax_class": "books"})
	if got := read(t, o, p.ID).TaxClass; got != "books" {
		t.Errorf("LAW-04 stored %q", got)
	}
}
