package products

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

func shirt(t *testing.T) *catalog.Product {
	t.Helper()
	p := &catalog.Product{Code: "shirt", Variants: []catalog.Variant{{SKU: "SHIRT", Price: decimal.NewFromInt(20), Tracked: true, OnHand: 4, Active: true}}}
	for _, o := range [][2]string{{"Colour", "yellow, red"}, {"Size", "S\nL\nXL"}} {
		option, err := newOption(p, i18n.English, o[0], o[1])
		if err != nil {
			t.Fatal(err)
		}
		extend(p, option)
	}
	return p
}

func skus(p *catalog.Product) []string {
	var all []string
	for _, v := range p.Variants {
		all = append(all, v.SKU)
	}
	return all
}

func TestComplete_ART08(t *testing.T) {
	p := shirt(t)
	added, err := complete(p)
	if err != nil || added != 5 {
		t.Fatalf("added %d, %v", added, err)
	}
	want := []string{"SHIRT", "SHIRT-YELLOW-L", "SHIRT-YELLOW-XL", "SHIRT-RED-S", "SHIRT-RED-L", "SHIRT-RED-XL"}
	if diff := cmp.Diff(want, skus(p)); diff != "" {
		t.Error(diff)
	}
	if v := p.Variants[3]; v.OnHand != 0 || !v.Tracked || !v.Price.Equal(decimal.NewFromInt(20)) {
		t.Errorf("a new variant is %+v", v)
	}
	if v := p.Variants[0]; v.OnHand != 4 {
		t.Errorf("the first variant lost its pieces: %+v", v)
	}
	if again, err := complete(p); again != 0 || err != nil {
		t.Errorf("a second time added %d, %v", again, err)
	}
}

func TestComplete_tooMany(t *testing.T) {
	p := shirt(t)
	for i := range 4 {
		o := catalog.Option{Code: string(rune('a' + i))}
		for n := range 40 {
			o.Values = append(o.Values, catalog.OptionValue{Code: string(rune('a'+n%26)) + string(rune('a'+n/26))})
		}
		p.Options = append(p.Options, o)
	}
	if _, err := complete(p); !fault.Is(err, fault.Malformed) || len(p.Variants) != 1 {
		t.Errorf("%d variants, %v", len(p.Variants), err)
	}
}

func TestShrink(t *testing.T) {
	p := shirt(t)
	if _, err := complete(p); err != nil {
		t.Fatal(err)
	}
	p.Pictures = []catalog.Picture{{Option: "size=l"}, {Option: "colour=red"}}
	if dropped := shrink(p, "size"); len(dropped) != 4 {
		t.Errorf("dropped %d", len(dropped))
	}
	if diff := cmp.Diff([]string{"SHIRT", "SHIRT-RED-S"}, skus(p)); diff != "" {
		t.Error(diff)
	}
	if p.Pictures[0].Option != "" || p.Pictures[1].Option != "colour=red" {
		t.Errorf("pictures are tied to %+v", p.Pictures)
	}
}

func TestNewOption(t *testing.T) {
	p := shirt(t)
	o, err := newOption(p, i18n.German, "Größe", "S, s; 大 ,,\n L")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, v := range o.Values {
		codes = append(codes, v.Code)
	}
	if len(codes) != 4 || codes[0] != "s" || codes[1] != "s-2" || codes[3] != "l" {
		t.Errorf("codes %q", codes)
	}
	if twin, err := newOption(p, i18n.English, "Size", "S"); err != nil || twin.Code != "size-2" {
		t.Errorf("a second size is %q, %v", twin.Code, err)
	}
	if _, err := newOption(p, i18n.English, "", " , "); len(fault.FieldsOf(err)) != 2 {
		t.Errorf("nothing typed: %v", err)
	}
}

func TestArrange(t *testing.T) {
	for _, test := range []struct {
		deed string
		at   int
		want string
	}{{"up", 1, "bac"}, {"up", 0, "abc"}, {"down", 1, "acb"}, {"down", 2, "abc"}, {"drop", 1, "ac"}, {"up", 9, "abc"}, {"up", -1, "abc"}} {
		if got := string(arrange([]rune("abc"), test.deed, test.at, true)); got != test.want {
			t.Errorf("%s %d: %s, want %s", test.deed, test.at, got, test.want)
		}
	}
}
