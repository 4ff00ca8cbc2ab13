package catalog_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/tenanttest"
)

var clerk = tenant.Actor{Kind: tenant.Staff, ID: "1", Name: "Camille"}

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// shirt is an article with a variant for each colour and size.
func shirt(code, name string) *catalog.Product {
	p := &catalog.Product{
		Code: code, State: catalog.Published, Kind: catalog.Physical, TaxClass: "standard", PriceGross: true,
		Texts: map[i18n.Locale]catalog.Text{
			"fr": {Name: name, Body: "<p>Coton <script>x()</script>doux</p>"},
			"de": {Name: name + " (deutsch)"},
		},
		Options: []catalog.Option{
			{Code: "colour", Name: i18n.Text{"fr": "Couleur"}, Values: []catalog.OptionValue{
				{Code: "red", Name: i18n.Text{"fr": "Rouge"}}, {Code: "blue", Name: i18n.Text{"fr": "Bleu"}}}},
			{Code: "size", Name: i18n.Text{"fr": "Taille"}, Values: []catalog.OptionValue{
				{Code: "s", Name: i18n.Text{"fr": "S"}}, {Code: "m", Name: i18n.Text{"fr": "M"}}}},
		},
	}
	for _, colour := range []string{"red", "blue"} {
		for _, size := range []string{"s", "m"} {
			p.Variants = append(p.Variants, catalog.Variant{SKU: code + "-" + colour + "-" + size,
				Options: map[string]string{"colour": colour, "size": size}, Price: dec("19.90"), Active: true, Tracked: true, OnHand: 5})
		}
	}
	return p
}

func save(t *testing.T, shop *tenant.Shop, products ...*catalog.Product) {
	t.Helper()
	for _, p := range products {
		if err := catalog.Save(t.Context(), shop, clerk, p); err != nil {
			t.Fatalf("save %s: %v", p.Code, err)
		}
	}
}

func list(t *testing.T, shop *tenant.Shop, q catalog.Query) (found catalog.Listing) {
	t.Helper()
	if q.Locale == "" {
		q.Locale = "fr"
	}
	q.Fallback, q.PerPage = "fr", 24
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { found, err = catalog.List(tx, q); return err })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func codes(l catalog.Listing) []string {
	out := []string{}
	for _, c := range l.Cards {
		out = append(out, c.Code)
	}
	slices.Sort(out)
	return out
}

func TestSave(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise d'été")
	save(t, shop, p)

	t.Run("ART-02 ART-08 what was saved is read", func(t *testing.T) {
		got, err := catalog.Find(t.Context(), shop, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p.Variants, got.Variants, cmp.Comparer(decimal.Decimal.Equal), cmp.FilterPath(func(p cmp.Path) bool {
			return slices.Contains([]string{".Position", ".Since", ".Past"}, p.Last().String())
		}, cmp.Ignore())); diff != "" {
			t.Error(diff)
		}
		if got.Texts["fr"].Slug != "chemise-dete" || got.Texts["fr"].Body != "<p>Coton doux</p>" {
			t.Errorf("text %+v", got.Texts["fr"])
		}
		if got.Rev != 1 || got.PublishedAt == nil {
			t.Errorf("revision %d, published %v", got.Rev, got.PublishedAt)
		}
	})
	t.Run("ART-03 an old revision does not overwrite a newer", func(t *testing.T) {
		a, err := catalog.Find(t.Context(), shop, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		b := *a
		save(t, shop, a)
		if err := catalog.Save(t.Context(), shop, clerk, &b); !errors.Is(err, catalog.ErrStale) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("options can be renumbered among variants", func(t *testing.T) {
		a, err := catalog.Find(t.Context(), shop, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		a.Variants[0].SKU, a.Variants[1].SKU = a.Variants[1].SKU, a.Variants[0].SKU
		a.Variants[0].Options, a.Variants[1].Options = a.Variants[1].Options, a.Variants[0].Options
		save(t, shop, a)
	})
	t.Run("refusals name what is taken", func(t *testing.T) {
		twin := shirt("shirt", "Autre")
		for i := range twin.Variants {
			twin.Variants[i].SKU += "-2"
		}
		if err := catalog.Save(t.Context(), shop, clerk, twin); !errors.Is(err, catalog.ErrCodeTaken) {
			t.Errorf("same code: %v", err)
		}
		twin = shirt("other", "Autre")
		twin.Variants[0].SKU = p.Variants[2].SKU
		if err := catalog.Save(t.Context(), shop, clerk, twin); !errors.Is(err, catalog.ErrSKUTaken) {
			t.Errorf("same SKU: %v", err)
		}
		twin.Variants[0].Price = dec("-1")
		err := catalog.Save(t.Context(), shop, clerk, twin)
		if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != "variants.0.price" {
			t.Errorf("negative price: %v", fields)
		}
	})
	t.Run("names alike get addresses of their own", func(t *testing.T) {
		a, b := shirt("twin-a", "Jumelle"), shirt("twin-b", "Jumelle")
		save(t, shop, a, b)
		if a.Texts["fr"].Slug != "jumelle" || b.Texts["fr"].Slug != "jumelle-2" {
			t.Errorf("addresses %q and %q", a.Texts["fr"].Slug, b.Texts["fr"].Slug)
		}
	})
}

func TestProductAt_Renamed(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("vase", "Vase bleu")
	save(t, shop, p)
	text := p.Texts["fr"]
	text.Name, text.Slug = "Vase vert", ""
	p.Texts["fr"] = text
	save(t, shop, p)
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		for _, tt := range []struct {
			locale i18n.Locale
			slug   string
		}{{"fr", "vase-vert"}, {"fr", "vase-bleu"}, {"de", "vase-vert"}} {
			got, err := catalog.FindAt(tx, tt.locale, tt.slug)
			if err != nil || got.ID != p.ID || got.Texts["fr"].Slug != "vase-vert" {
				t.Errorf("%s/%s: %+v %v", tt.locale, tt.slug, got, err)
			}
		}
		if _, err := catalog.FindAt(tx, "fr", "nothing"); !errors.Is(err, catalog.ErrProduct) {
			t.Errorf("unknown address: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	red := shirt("red", "Chemise de lin")
	for i := range red.Variants { // red in M only, blue not at all
		if red.Variants[i].Options["colour"] == "blue" || red.Variants[i].Options["size"] == "s" {
			red.Variants[i].OnHand = 0
		}
	}
	blue := shirt("blue", "Kaffeemühle")
	hidden := shirt("hidden", "Brouillon")
	hidden.State = catalog.Draft
	save(t, shop, red, blue, hidden)

	for _, tt := range []struct {
		name string
		q    catalog.Query
		want []string
	}{
		{"published only", catalog.Query{}, []string{"blue", "red"}},
		{"ORD-05 by word", catalog.Query{Search: "lin"}, []string{"red"}},
		{"by inflected word", catalog.Query{Search: "chemises"}, []string{"red"}},
		{"ORD-05 misspelt", catalog.Query{Search: "kafemule"}, []string{"blue"}},
		{"ORD-05 a part of a compound", catalog.Query{Search: "Mühle"}, []string{"blue"}},
		{"a short word behind a long one", catalog.Query{Search: "Chemise en lin"}, []string{"red"}},
		{"past the end of what a likeness finds", catalog.Query{Search: "kafemule", Page: 2}, []string{}},
		{"by number of a variant", catalog.Query{Search: "RED-red-m"}, []string{"red"}},
		{"CAT-07 a variant that is sold out does not match", catalog.Query{Options: map[string][]string{"colour": {"red"}, "size": {"s"}}}, []string{"blue"}},
		{"one that is there does", catalog.Query{Options: map[string][]string{"colour": {"red"}, "size": {"m"}}}, []string{"blue", "red"}},
		{"injection is a word", catalog.Query{Search: "'; drop table products; --"}, []string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, sort := range []catalog.Sort{catalog.Best, catalog.Newest, catalog.PriceUp, catalog.PriceDown, catalog.ByName} {
				tt.q.Sort = sort
				if diff := cmp.Diff(tt.want, codes(list(t, shop, tt.q))); diff != "" {
					t.Errorf("by %s: %s", sort, diff)
				}
			}
		})
	}
}

// CAT-07: facets count what can be bought, each filter without itself.
func TestList_Facets(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	a, b := shirt("a", "Un"), shirt("b", "Deux")
	for i := range b.Variants {
		if b.Variants[i].Options["colour"] == "blue" {
			b.Variants[i].OnHand = 0
		}
	}
	save(t, shop, a, b)
	brand := catalog.Taxonomy{Code: "brand", Names: i18n.Text{"fr": "Marque"}, Facet: true}
	if err := catalog.SaveTaxonomy(t.Context(), shop, clerk, &brand); err != nil {
		t.Fatal(err)
	}
	maker := catalog.Node{Taxonomy: brand.ID, Code: "acme", Visible: true, Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: "Acme"}}}
	if err := catalog.SaveNode(t.Context(), shop, clerk, &maker); err != nil {
		t.Fatal(err)
	}
	a.Nodes = []catalog.NodeID{maker.ID}
	save(t, shop, a)

	counts := func(q catalog.Query) map[string]int {
		q.Facets = true
		out := map[string]int{}
		for _, f := range list(t, shop, q).Facets {
			for _, v := range f.Values {
				out[f.Code+"="+v.Name.In("fr")] = v.Count
			}
		}
		return out
	}
	want := map[string]int{"colour=Rouge": 2, "colour=Bleu": 1, "size=S": 2, "size=M": 2, "brand=Acme": 1}
	if diff := cmp.Diff(want, counts(catalog.Query{})); diff != "" {
		t.Error(diff)
	}
	want = map[string]int{"colour=Rouge": 2, "colour=Bleu": 1, "size=S": 1, "size=M": 1, "brand=Acme": 1}
	if diff := cmp.Diff(want, counts(catalog.Query{Options: map[string][]string{"colour": {"blue"}}})); diff != "" {
		t.Errorf("with blue chosen: %s", diff)
	}
	want = map[string]int{"colour=Rouge": 1, "colour=Bleu": 1, "size=S": 1, "size=M": 1, "brand=Acme": 1}
	if diff := cmp.Diff(want, counts(catalog.Query{Nodes: map[catalog.TaxonomyID][]catalog.NodeID{brand.ID: {maker.ID}}})); diff != "" {
		t.Errorf("with a brand chosen: %s", diff)
	}
}

// ART-12: linked articles are read as cards, in the order they were linked.
// CAT-06: merchants write 999,999,999 for what never runs out, and several variants of that are more than an integer
// of the database holds.
func TestList_Endless(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	endless := shirt("endless", "Chemise")
	for i := range endless.Variants {
		endless.Variants[i].OnHand = form.MaxInt
	}
	save(t, shop, endless)
	if found := list(t, shop, catalog.Query{}); len(found.Cards) != 1 || found.Cards[0].OnHand != len(endless.Variants)*form.MaxInt {
		t.Errorf("%+v", found.Cards)
	}
	more := shirt("more", "Chemise")
	more.Variants[0].OnHand = form.MaxInt + 1
	if err := catalog.Save(t.Context(), shop, clerk, more); len(fault.FieldsOf(err)) != 1 {
		t.Errorf("more than that: %v", err)
	}
}

func TestList_ByID(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	a, b, c := shirt("a", "Un"), shirt("b", "Deux"), shirt("c", "Trois")
	c.State = catalog.Draft
	save(t, shop, a, b, c)
	a.Links = []catalog.Link{{Kind: catalog.Similar, Other: b.ID}, {Kind: catalog.Replacement, Other: c.ID}}
	save(t, shop, a)
	got := list(t, shop, catalog.Query{IDs: []catalog.ProductID{b.ID, a.ID, c.ID}})
	if len(got.Cards) != 2 || got.Cards[0].Code != "b" || got.Cards[1].Code != "a" {
		t.Errorf("got %v", codes(got))
	}
	if got := list(t, shop, catalog.Query{States: []catalog.State{catalog.Draft}}); len(got.Cards) != 1 {
		t.Errorf("drafts: %v", codes(got))
	}
}

// ART-04: secondary views, of one article or shared, in order, sanitised.
func TestPanels_ART04(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	care := catalog.Panel{Shared: true, Titles: i18n.Text{"fr": "Entretien"}, Bodies: i18n.Text{"fr": "<p onclick=x()>À la main</p>"}}
	size := catalog.Panel{Titles: i18n.Text{"fr": "Tailles"}, Bodies: i18n.Text{"fr": "S à XL"}}
	for _, p := range []*catalog.Panel{&care, &size} {
		if err := catalog.SavePanel(t.Context(), shop, clerk, p); err != nil {
			t.Fatal(err)
		}
	}
	p := shirt("panelled", "Avec vues")
	p.Panels = []catalog.PanelID{size.ID, care.ID}
	save(t, shop, p)
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		found, err := catalog.FindIn(tx, p.ID)
		if err != nil {
			return err
		}
		panels, err := catalog.Panels(tx, found.Panels)
		if err != nil {
			return err
		}
		if len(panels) != 2 || panels[0].Titles["fr"] != "Tailles" || panels[1].Bodies["fr"] != "<p>À la main</p>" {
			t.Errorf("read %+v", panels)
		}
		shared, err := catalog.SharedPanels(tx)
		if len(shared) != 1 {
			t.Errorf("%d shared panels, want 1", len(shared))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
