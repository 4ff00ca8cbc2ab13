package payment_test

import (
	"slices"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
)

// branded is a family's gateway for one of its brands.
type branded struct {
	payment.Gateway
	brand payment.Brand
}

func (b branded) Key() string          { return b.brand.Key }
func (b branded) Brand() payment.Brand { return b.brand }

// TestBrands: GWN-01…19, the kind that is stored is the brand; rows with a mistake are refused.
func TestBrands(t *testing.T) {
	some := offline.All()[0]
	old := payment.Brand{Key: "oldbank", Family: "fam", Name: "Old Bank", Status: payment.Dead, Next: "newbank"}
	young := payment.Brand{Key: "newbank", Family: "fam", Name: "New Bank", Status: payment.Alive, Fields: []string{"site"},
		Locales: []i18n.Locale{"fr", "es"}, Live: map[string][]string{"page": {"a.example", "b.example"}}, Test: map[string][]string{"page": {"t.example"}}}
	g, err := payment.NewGateways(some, branded{some, old}, branded{some, young})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, b := range g.Brands() {
		names = append(names, b.Name)
	}
	if !slices.Equal(names, []string{"Old Bank", "New Bank"}) {
		t.Errorf("brands %q", names)
	}
	b, ok := g.Brand("newbank")
	if !ok || !slices.Equal(b.Hosts(false, "page"), []string{"a.example", "b.example"}) || !slices.Equal(b.Hosts(true, "page"), []string{"t.example"}) {
		t.Errorf("found %+v", b)
	}
	if !b.Uses("site") || b.Uses("rang") || !old.Uses("rang") || b.Speaks("es-MX") != "es" || b.Speaks("de") != "fr" {
		t.Error("fields or languages of the row")
	}
	if _, ok := g.Brand(some.Key()); ok {
		t.Error("what is of no bank has a brand")
	}
	for what, bad := range map[string]payment.Brand{
		"no family": {Key: "x", Name: "X", Status: payment.Alive}, "no name": {Key: "x", Family: "f", Status: payment.Alive},
		"no status": {Key: "x", Family: "f", Name: "X"},
	} {
		if _, err := payment.NewGateways(branded{some, bad}); err == nil {
			t.Errorf("%s was taken", what)
		}
	}
}
