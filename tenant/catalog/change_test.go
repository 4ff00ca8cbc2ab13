package catalog_test

import (
	"errors"
	"testing"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
)

// A change writes the rows that differ, and no others: those that stay are the very same rows.
func TestApply_IMP03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	save(t, shop, p)
	rows := func() (at map[string]string) {
		t.Helper()
		at = map[string]string{}
		err := shop.Read(t.Context(), func(tx tenant.Tx) error {
			var found []struct{ Name, Place string }
			err := tx.DB().Raw(`select 'text ' || locale as name, ctid::text as place from product_texts
				union all select 'variant ' || sku, ctid::text from variants`).Scan(&found).Error
			for _, r := range found {
				at[r.Name] = r.Place
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, tt := range []struct {
		name    string
		edit    func(*catalog.Product)
		rewrote []string
	}{
		{"nothing", func(*catalog.Product) {}, nil},
		{"a price", func(p *catalog.Product) { p.Variants[2].Price = dec("5") }, []string{"variant shirt-blue-s"}},
		{"a text", func(p *catalog.Product) { p.Texts["de"] = catalog.Text{Name: "Hemd"} }, []string{"text de"}},
		{"what texts are found by", func(p *catalog.Product) { p.Code = "other" }, []string{"text de", "text fr"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := rows()
			edited, err := catalog.Find(t.Context(), shop, p.ID)
			if err != nil {
				t.Fatal(err)
			}
			tt.edit(edited)
			save(t, shop, edited)
			want := map[string]bool{}
			for _, name := range tt.rewrote {
				want[name] = true
			}
			for name, place := range rows() {
				if moved := place != before[name]; moved != want[name] {
					t.Errorf("%s: written again %v, want %v", name, moved, want[name])
				}
			}
		})
	}
	t.Run("a renamed text leaves its address, a language can go", func(t *testing.T) {
		edited, err := catalog.Find(t.Context(), shop, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		edited.Texts["fr"] = catalog.Text{Name: "Tunique"}
		delete(edited.Texts, i18n.German)
		save(t, shop, edited)
		err = shop.Read(t.Context(), func(tx tenant.Tx) error {
			if at, err := catalog.FindAt(tx, "fr", "chemise"); err != nil || at.ID != p.ID || at.Texts["fr"].Slug != "tunique" {
				t.Errorf("%+v %v", at, err)
			}
			found, err := catalog.FindIn(tx, p.ID)
			if err == nil && len(found.Texts) != 1 {
				t.Errorf("%+v", found.Texts)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// CAT-06: a page of variants is read and written alone.
func TestVariants_CAT06(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	save(t, shop, p)
	page := func(q catalog.VariantQuery) (found catalog.VariantPage) {
		t.Helper()
		err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { found, err = catalog.Variants(tx, p.ID, q); return err })
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if got := page(catalog.VariantQuery{Page: 2, PerPage: 3}); got.All != 4 || got.Total != 4 || len(got.Variants) != 1 || got.Variants[0].SKU != "shirt-blue-m" {
		t.Errorf("%+v", got)
	}
	blue := page(catalog.VariantQuery{Options: map[string]string{"colour": "blue", "size": ""}, PerPage: 10})
	if blue.All != 4 || blue.Total != 2 || blue.Variants[0].SKU != "shirt-blue-s" || blue.Variants[0].OnHand != 5 {
		t.Errorf("%+v", blue)
	}
	put := func(rev int, variants ...catalog.Variant) error {
		return shop.Write(t.Context(), func(tx tenant.Tx) error { return catalog.SaveVariants(tx, p.ID, rev, variants) })
	}
	a, b := blue.Variants[0], blue.Variants[1]
	a.SKU, b.SKU, a.Price, a.OnHand = b.SKU, a.SKU, dec("1"), 99
	if err := put(p.Rev, a, b); err != nil {
		t.Fatal(err)
	}
	got, err := catalog.Find(t.Context(), shop, p.ID)
	if err != nil || got.Variants[2].SKU != "shirt-blue-m" || got.Variants[2].OnHand != 5 || got.Rev != p.Rev+1 || len(got.Variants) != 4 {
		t.Fatalf("%v %+v", err, got)
	}
	if low := list(t, shop, catalog.Query{}).Cards[0].PriceMin; !low.Equal(dec("1")) {
		t.Errorf("the list says %s", low)
	}
	if err := put(p.Rev, a); !errors.Is(err, catalog.ErrStale) {
		t.Errorf("an old revision: %v", err)
	}
	a.SKU = "shirt-red-s"
	if err := put(got.Rev, a); !errors.Is(err, catalog.ErrSKUTaken) {
		t.Errorf("a number that is taken: %v", err)
	}
	other := shirt("other", "Autre")
	save(t, shop, other)
	if err := put(got.Rev, other.Variants[0]); !errors.Is(err, catalog.ErrVariant) {
		t.Errorf("another article's: %v", err)
	}
	a.Price = dec("-1")
	if err := got.CheckVariants([]catalog.Variant{a}); err == nil {
		t.Error("a price below zero")
	}
}

// STK-05: the office finds what is short.
func TestList_Short_STK05(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	low, out, own, uncounted := shirt("low", "A"), shirt("out", "B"), shirt("own", "C"), shirt("uncounted", "D")
	low.Variants[0].OnHand, out.Variants[0].OnHand, own.Variants[0].LowAt, uncounted.Variants[0].OnHand = 2, 0, 7, 0
	uncounted.Variants[0].Tracked = false
	out.State = catalog.Draft
	save(t, shop, low, out, own, uncounted)
	both := []catalog.State{catalog.Published, catalog.Draft}
	for short, want := range map[catalog.Short][]string{catalog.ShortLow: {"low", "own"}, catalog.ShortOut: {"out"}, "": {"low", "out", "own", "uncounted"}} {
		found := list(t, shop, catalog.Query{States: both, Short: short, LowAt: 3})
		if got := codes(found); len(got) != len(want) || got[0] != want[0] || got[len(got)-1] != want[len(want)-1] {
			t.Errorf("%q: %v", short, got)
		}
		for _, c := range found.Cards {
			if (c.State == catalog.Draft) != (c.Code == "out") {
				t.Errorf("%s is %s", c.Code, c.State)
			}
		}
	}
}

// CAT-03: a classification goes with its entries; its articles stay, and families stay.
func TestDeleteTaxonomy_CAT03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	var top, below catalog.Node
	authors, families := &catalog.Taxonomy{Code: "author", Names: i18n.Text{"fr": "Auteurs"}, Tree: true}, &catalog.Taxonomy{Code: catalog.Families, Names: i18n.Text{"fr": "Familles"}}
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		for _, x := range []*catalog.Taxonomy{authors, families} {
			if err := catalog.SaveTaxonomyIn(tx, clerk, x); err != nil {
				return err
			}
		}
		top = catalog.Node{Taxonomy: authors.ID, Visible: true, Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: "Romans"}}}
		if err := catalog.SaveNodeIn(tx, clerk, &top); err != nil {
			return err
		}
		below = catalog.Node{Taxonomy: authors.ID, Parent: top.ID, Visible: true, Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: "Colette"}}}
		return catalog.SaveNodeIn(tx, clerk, &below)
	})
	if err != nil {
		t.Fatal(err)
	}
	p := shirt("book", "Livre")
	p.Nodes, p.MainNode = []catalog.NodeID{below.ID}, below.ID
	save(t, shop, p)
	if err := catalog.DeleteTaxonomy(t.Context(), shop, clerk, families.ID); !errors.Is(err, catalog.ErrTaxonomy) {
		t.Errorf("families: %v", err)
	}
	if err := catalog.DeleteTaxonomy(t.Context(), shop, clerk, authors.ID); err != nil {
		t.Fatal(err)
	}
	if err := catalog.DeleteTaxonomy(t.Context(), shop, clerk, authors.ID); !errors.Is(err, catalog.ErrTaxonomy) {
		t.Errorf("twice: %v", err)
	}
	if got, err := catalog.Find(t.Context(), shop, p.ID); err != nil || len(got.Nodes) != 0 || !got.MainNode.IsZero() {
		t.Errorf("%v %+v", err, got)
	}
}

// ART-04: a deleted view disappears from its articles; who edits one of them meanwhile is told.
func TestDeletePanel_ART04(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	panel, kept := &catalog.Panel{Shared: true, Titles: i18n.Text{"fr": "Tailles"}}, &catalog.Panel{Titles: i18n.Text{"fr": "Entretien"}}
	for _, x := range []*catalog.Panel{panel, kept} {
		if err := catalog.SavePanel(t.Context(), shop, clerk, x); err != nil {
			t.Fatal(err)
		}
	}
	p := shirt("a", "A")
	p.Panels = []catalog.PanelID{panel.ID, kept.ID}
	save(t, shop, p)
	if err := catalog.DeletePanel(t.Context(), shop, clerk, panel.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := catalog.Find(t.Context(), shop, p.ID); err != nil || len(got.Panels) != 1 || got.Panels[0] != kept.ID {
		t.Errorf("%v %+v", err, got.Panels)
	}
	if err := catalog.Save(t.Context(), shop, clerk, p); !errors.Is(err, catalog.ErrStale) {
		t.Errorf("saved over it: %v", err)
	}
	if err := catalog.DeletePanel(t.Context(), shop, clerk, panel.ID); !errors.Is(err, catalog.ErrPanel) {
		t.Errorf("twice: %v", err)
	}
}

// Who saved an article last, and when.
func TestLastSaved(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("a", "A")
	save(t, shop, p)
	last := func() (s catalog.Saved) {
		t.Helper()
		if err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { s, err = catalog.LastSaved(tx, p.ID); return err }); err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := last(); s.By.Name != "Camille" || !s.At.Equal(p.UpdatedAt.Truncate(time.Microsecond)) {
		t.Errorf("%+v", s)
	}
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		locked, err := catalog.Lock(tx, []string{"a"})
		if err != nil {
			return err
		}
		return catalog.SaveAll(tx, []*catalog.Product{locked["a"]})
	})
	if s := last(); err != nil || s.By.Name != "" || s.At.IsZero() {
		t.Errorf("after an import: %v, %+v", err, s)
	}
}
