package catalog_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
)

// dressed is a shirt with a print that need not be chosen, and a box that must.
func dressed(code string) *catalog.Product {
	p := shirt(code, "Chemise")
	p.Extras = []catalog.Extra{
		{Code: "print", Name: i18n.Text{"fr": "Impression"}, Values: []catalog.ExtraValue{{Code: "logo", Name: i18n.Text{"fr": "Logo"}, Fixed: dec("3.0125")}}},
		{Code: "box", Name: i18n.Text{"fr": "Boîte"}, Required: true, Values: []catalog.ExtraValue{
			{Code: "wood", Percent: dec("10")}, {Code: "paper", Fixed: dec("0.5")}}},
	}
	return p
}

// ART-08: extras are kept with the article, form no variants, and are read back as they were written;
// what was stored before there were any reads as it did.
func TestProduct_Extras(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p, plain := dressed("DRESSED"), shirt("PLAIN", "Tunique")
	p.Arrange(true, "size")
	save(t, shop, p, plain)
	got, err := catalog.Find(t.Context(), shop, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	same := cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) })
	if diff := cmp.Diff(p.Extras, got.Extras, same); diff != "" || len(got.Variants) != 4 {
		t.Errorf("ART-08 %d variants; %s", len(got.Variants), diff)
	}
	if diff := cmp.Diff(p.Options, got.Options, same); diff != "" {
		t.Errorf("ART-09 %s", diff)
	}
	err = shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`update products set options = '[{"code":"size","name":{"fr":"Taille"},"values":[{"code":"s","name":{"fr":"S"}}]}]' where id = ?`, plain.ID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	old, err := catalog.Find(t.Context(), shop, plain.ID)
	if err != nil || len(old.Options) != 1 || old.Options[0].Code != "size" || old.Options[0].Place != catalog.NoPlace || old.Extras != nil {
		t.Errorf("%+v %+v %v", old.Options, old.Extras, err)
	}
}

// ORD-04: a card knows what must be chosen beside, and nothing of what need not.
func TestList_Required(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	save(t, shop, dressed("DRESSED"), shirt("PLAIN", "Tunique"))
	for _, card := range list(t, shop, catalog.Query{}).Cards {
		var codes []string
		for _, e := range card.Required {
			codes = append(codes, e.Code)
		}
		if want := map[string][]string{"DRESSED": {"box"}}[card.Code]; !slices.Equal(codes, want) {
			t.Errorf("%s: %v", card.Code, codes)
		}
	}
}

func TestSaveChoices(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("SHIRT", "Chemise")
	save(t, shop, p)
	write := func(change func(*catalog.Product)) error {
		return shop.Write(t.Context(), func(tx tenant.Tx) error {
			bare, err := catalog.FindBare(tx, p.ID)
			if err != nil {
				return err
			}
			change(bare)
			return catalog.SaveChoices(tx, clerk, bare)
		})
	}
	if err := write(func(p *catalog.Product) { p.Extras = dressed("").Extras; p.Arrange(true, "") }); err != nil {
		t.Fatal(err)
	}
	got, err := catalog.Find(t.Context(), shop, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, table := got.Table(); len(got.Extras) != 2 || !table || got.Rev != p.Rev+1 {
		t.Errorf("%+v", got)
	}
	if diff := cmp.Diff(p.Variants, got.Variants, cmpopts.IgnoreFields(catalog.Variant{}, "Price", "Since", "Past")); diff != "" {
		t.Errorf("variants changed: %s", diff)
	}
	if err := write(func(p *catalog.Product) { p.Rev-- }); !errors.Is(err, catalog.ErrStale) {
		t.Errorf("got %v", err)
	}
	if err := write(func(p *catalog.Product) { p.Extras = append(p.Extras, catalog.Extra{Code: "colour"}) }); len(fault.FieldsOf(err)) != 2 {
		t.Errorf("got %v", err)
	}
}

func TestCheck_Extras(t *testing.T) {
	for name, tt := range map[string]struct {
		field  string
		change func(e *catalog.Extra)
	}{
		"below zero":            {"extras.0.values.0.fixed", func(e *catalog.Extra) { e.Values[0].Fixed = dec("-1") }},
		"five decimals":         {"extras.0.values.0.fixed", func(e *catalog.Extra) { e.Values[0].Fixed = dec("0.00001") }},
		"absurd":                {"extras.0.values.0.fixed", func(e *catalog.Extra) { e.Values[0].Fixed = dec("1e13") }},
		"eleven times":          {"extras.0.values.0.percent", func(e *catalog.Extra) { e.Values[0].Percent = dec("1000.1") }},
		"no values":             {"extras.0", func(e *catalog.Extra) { e.Values = nil }},
		"the code of an option": {"extras.0", func(e *catalog.Extra) { e.Code = "size" }},
		"two of one code":       {"extras.0.values.1.code", func(e *catalog.Extra) { e.Values = append(e.Values, e.Values[0]) }},
	} {
		t.Run(name, func(t *testing.T) {
			p := dressed("X")
			if err := p.Check(); err != nil {
				t.Fatal(err)
			}
			tt.change(&p.Extras[0])
			if fields := fault.FieldsOf(p.Check()); len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("got %+v, want %s", fields, tt.field)
			}
		})
	}
	t.Run("a variant's price of five decimals", func(t *testing.T) {
		p := shirt("X", "X")
		p.Variants[1].Price = dec("0.00001")
		if fields := fault.FieldsOf(p.Check()); len(fields) != 1 || fields[0].Name != "variants.1.price" {
			t.Errorf("got %+v", fields)
		}
	})
}

func TestPriced(t *testing.T) {
	extras := dressed("X").Extras
	for name, tt := range map[string]struct {
		chosen map[string]string
		want   []string
		ok     bool
	}{
		"both":                {map[string]string{"print": "logo", "box": "wood"}, []string{"print=logo", "box=wood"}, true},
		"what must be":        {map[string]string{"box": "paper"}, []string{"box=paper"}, true},
		"required is missing": {map[string]string{"print": "logo"}, nil, false},
		"unknown value":       {map[string]string{"box": "gold"}, nil, false},
		"unknown extra":       {map[string]string{"box": "wood", "ribbon": "red"}, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := catalog.Priced(extras, tt.chosen, money.EUR)
			var codes []string
			for _, e := range got {
				codes = append(codes, e.Code)
			}
			if ok != tt.ok || ok && !slices.Equal(codes, tt.want) {
				t.Errorf("got %v %v", codes, ok)
			}
		})
	}
	// 10 % of 4 is less than 0.50, of 6 it is more.
	for price, want := range map[string]string{"4": "box=wood", "6": "box=paper"} {
		if got := catalog.Least(extras, dec(price), money.EUR); len(got) != 1 || got[0].Code != want {
			t.Errorf("the least at %s is %+v", price, got)
		}
	}
}

// CAT-06: an article of many variants comes without them, and with those around a choice.
func TestFindNear(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("MANY", "Chemise")
	p.Variants, p.Options[0].Values, p.Options[1].Values = nil, nil, nil
	for i := range 15 {
		p.Options[0].Values = append(p.Options[0].Values, catalog.OptionValue{Code: fmt.Sprint("c", i)})
		p.Options[1].Values = append(p.Options[1].Values, catalog.OptionValue{Code: fmt.Sprint("s", i)})
	}
	for i := range 15 * 15 {
		p.Variants = append(p.Variants, catalog.Variant{SKU: fmt.Sprint("V", i), Active: i != 1, Tracked: true, OnHand: i % 3,
			Options: map[string]string{"colour": fmt.Sprint("c", i/15), "size": fmt.Sprint("s", i%15)}})
	}
	save(t, shop, p)
	for name, tt := range map[string]struct{ asked, chosen map[string]string }{
		"nothing":         {map[string]string{}, map[string]string{"colour": "c0", "size": "s2"}}, // the first that can be bought
		"a part":          {map[string]string{"colour": "c4"}, map[string]string{"colour": "c4", "size": "s1"}},
		"all":             {map[string]string{"colour": "c4", "size": "s9"}, map[string]string{"colour": "c4", "size": "s9"}},
		"what nobody has": {map[string]string{"colour": "none"}, map[string]string{"colour": "c0", "size": "s2"}},
	} {
		t.Run(name, func(t *testing.T) {
			err := shop.Read(t.Context(), func(tx tenant.Tx) error {
				got, err := catalog.FindShown(tx, p.ID)
				if err != nil || len(got.Variants) != 0 {
					return fmt.Errorf("%d variants: %w", len(got.Variants), err)
				}
				if err := catalog.FindNear(tx, got, tt.asked); err != nil {
					return err
				}
				if diff := cmp.Diff(tt.chosen, tt.asked); diff != "" {
					t.Errorf("completed: %s", diff)
				}
				if len(got.Variants) != 1+14+14 {
					t.Errorf("%d variants", len(got.Variants))
				}
				if _, ok := got.Find(tt.chosen); !ok {
					t.Error("the chosen one is not among them")
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
