package catalog_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tenanttest"
)

var all = catalog.May{Count: true, Archive: true}

func versions(t *testing.T, shop *tenant.Shop, p catalog.ProductID) (found []catalog.Version) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
		found, err = catalog.History(tx, p, catalog.VersionID{}, 50)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// edit saves an article after a change and gives the version that change made.
func edit(t *testing.T, shop *tenant.Shop, p catalog.ProductID, how func(*catalog.Product)) catalog.Version {
	t.Helper()
	now, err := catalog.Find(t.Context(), shop, p)
	if err != nil {
		t.Fatal(err)
	}
	how(now)
	save(t, shop, now)
	return versions(t, shop, p)[0]
}

func back(t *testing.T, shop *tenant.Shop, p catalog.ProductID, v catalog.VersionID) (catalog.Way, error) {
	t.Helper()
	now, err := catalog.Find(t.Context(), shop, p)
	if err != nil {
		t.Fatal(err)
	}
	return catalog.Restore(t.Context(), shop, clerk, p, v, now.Rev, all)
}

func found(t *testing.T, shop *tenant.Shop, p catalog.ProductID) *catalog.Product {
	t.Helper()
	now, err := catalog.Find(t.Context(), shop, p)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func exec(t *testing.T, shop *tenant.Shop, sql string, args ...any) {
	t.Helper()
	if err := shop.Write(t.Context(), func(tx tenant.Tx) error { return tx.DB().Exec(sql, args...).Error }); err != nil {
		t.Fatal(err)
	}
}

// SEC-03: what each change was is told without the article leaving the database, for 30 days.
func TestHistory_SEC03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p, other := shirt("shirt", "Chemise"), shirt("other", "Autre")
	save(t, shop, p, other)
	for _, tt := range []struct {
		name string
		how  func(*catalog.Product)
		want []catalog.Part
	}{
		{"nothing", func(*catalog.Product) {}, nil},
		{"a price", func(p *catalog.Product) { p.Variants[1].Price = dec("9.50") }, []catalog.Part{catalog.PartPrices}},
		{"a rule", func(p *catalog.Product) { p.Prices = []pricelist.Rule{{Price: ptr(dec("8"))}} }, []catalog.Part{catalog.PartPrices}},
		{"texts and state", func(p *catalog.Product) {
			p.State, p.Texts["fr"] = catalog.Draft, catalog.Text{Name: "Tunique"}
		}, []catalog.Part{catalog.PartState, catalog.PartTexts}},
		{"a variant less", func(p *catalog.Product) { p.Variants = p.Variants[:3] }, []catalog.Part{catalog.PartVariants}},
		{"not on sale", func(p *catalog.Product) { p.Variants[0].Active = false }, []catalog.Part{catalog.PartVariants}},
		{"a link and a mark", func(p *catalog.Product) {
			p.Links, p.Flags.New.On = []catalog.Link{{Kind: catalog.Similar, Other: other.ID}}, true
		}, []catalog.Part{catalog.PartLinks, catalog.PartMarks}},
		{"goods", func(p *catalog.Product) { p.Code, p.Variants[0].WeightG = "shirt-2", 300 }, []catalog.Part{catalog.PartGoods}},
	} {
		got := edit(t, shop, p.ID, tt.how)
		if !slices.Equal(got.Parts, tt.want) || !got.Back || got.By.Name != "Camille" || got.Action != "product.saved" {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
	list := versions(t, shop, p.ID)
	want := []catalog.Turn{{Key: "Code", Was: "shirt", Now: "shirt-2"},
		{Key: "v.WeightG", Options: found(t, shop, p.ID).Variants[0].Options, SKU: found(t, shop, p.ID).Variants[0].SKU, Was: "0", Now: "300"}}
	if diff := cmp.Diff(want, list[0].Turns); diff != "" || list[0].Turned != len(want) || list[len(list)-2].Turned != 0 {
		t.Errorf("what changed: %s", diff)
	}
	if last := list[len(list)-1]; len(list) != 9 || last.Action != "product.created" || last.Back || len(last.Parts) != 0 {
		t.Errorf("%d, the first is %+v", len(list), last)
	}
	var older []catalog.Version
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { older, err = catalog.History(tx, p.ID, list[2].ID, 2); return err })
	if err != nil || len(older) != 2 || older[0].ID != list[3].ID {
		t.Errorf("older: %+v %v", older, err)
	}
	exec(t, shop, "update audit set at = at - interval '31 days' where id = ?", list[4].ID)
	if len(versions(t, shop, p.ID)) != 8 {
		t.Error("a version of 31 days ago is listed")
	}
	if _, err := back(t, shop, p.ID, list[4].ID); !errors.Is(err, catalog.ErrVersion) {
		t.Errorf("31 days ago: %v", err)
	}
	if _, err := back(t, shop, other.ID, list[0].ID); !errors.Is(err, catalog.ErrVersion) {
		t.Errorf("another article's: %v", err)
	}
}

func ptr[T any](v T) *T { return &v }

// SEC-03: going back undoes what was edited, leaves pieces, ids, old addresses and asked prices alone, and can be
// undone itself.
func TestRestore_SEC03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	p.Prices = []pricelist.Rule{{Price: ptr(dec("15")), Profile: "trade"}}
	save(t, shop, p)
	before := found(t, shop, p.ID)
	version := edit(t, shop, p.ID, func(p *catalog.Product) {
		p.Code, p.TaxClass, p.Texts["fr"] = "shirt-2", "reduced", catalog.Text{Name: "Tunique", Body: "<p>Lin</p>"}
		p.Variants[0].Price, p.Variants[0].SKU, p.Prices = dec("1"), "X", nil
	})
	edit(t, shop, p.ID, func(p *catalog.Product) { p.Variants[0].Price = dec("2") })
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		return stock.Count(tx, p.Variants[0].ID, 77, stock.ReasonCount, "")
	})
	if err != nil {
		t.Fatal(err)
	}
	edited := found(t, shop, p.ID)

	if _, err := catalog.Restore(t.Context(), shop, clerk, p.ID, version.ID, edited.Rev-1, all); !errors.Is(err, catalog.ErrStale) {
		t.Errorf("shown with an old revision: %v", err)
	}
	way, err := back(t, shop, p.ID, version.ID)
	if err != nil || way.Left != (catalog.Left{}) {
		t.Fatalf("%+v %v", way.Left, err)
	}
	got := found(t, shop, p.ID)
	ignore := cmp.FilterPath(func(p cmp.Path) bool {
		return slices.Contains([]string{".Rev", ".UpdatedAt", ".Prices", ".OnHand", ".Past"}, p.Last().String())
	}, cmp.Ignore())
	if diff := cmp.Diff(before, got, cmp.Comparer(decimal.Decimal.Equal), ignore); diff != "" {
		t.Error(diff)
	}
	if v := got.Variants[0]; v.OnHand != 77 || len(v.Past) != 3 || !v.Past[2].Price.Equal(dec("2")) {
		t.Errorf("pieces %d, asked %+v", v.OnHand, v.Past)
	}
	if len(got.Prices) != 2 || got.Prices[0].Live() || !got.Prices[1].Live() || got.Prices[1].ID == got.Prices[0].ID {
		t.Errorf("LAW-03: the rule that ended and the one that is back: %+v", got.Prices)
	}
	err = shop.Read(t.Context(), func(tx tenant.Tx) error {
		at, err := catalog.FindAt(tx, "fr", "tunique")
		if err == nil && at.Texts["fr"].Slug != "chemise" {
			t.Errorf("address %q", at.Texts["fr"].Slug)
		}
		return err
	})
	if err != nil {
		t.Error("the address between leads nowhere:", err)
	}
	list := versions(t, shop, p.ID)
	if list[0].Action != "product.restored" || !slices.Equal(list[0].Parts, []catalog.Part{catalog.PartTexts, catalog.PartPrices, catalog.PartGoods}) {
		t.Errorf("%+v", list[0])
	}
	if _, err := back(t, shop, p.ID, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(edited, found(t, shop, p.ID), cmp.Comparer(decimal.Decimal.Equal), ignore); diff != "" {
		t.Error("the undo undone:", diff)
	}
}

// SEC-03: entries that say only what they changed: a page of variants, options, a state.
func TestRestore_partsSEC03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	save(t, shop, p)
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		page, err := catalog.Variants(tx, p.ID, catalog.VariantQuery{IDs: []catalog.VariantID{p.Variants[1].ID}, PerPage: 1})
		if err != nil {
			return err
		}
		cheap := page.Variants[0]
		cheap.Price = dec("3")
		if err := catalog.SaveVariants(tx, p.ID, p.Rev, []catalog.Variant{cheap}); err != nil {
			return err
		}
		return tx.Record(clerk, "product.saved", "product/"+p.ID.String(), page.Variants, []catalog.Variant{cheap})
	})
	if err != nil {
		t.Fatal(err)
	}
	err = shop.Write(t.Context(), func(tx tenant.Tx) error {
		bare, err := catalog.FindBare(tx, p.ID)
		if err != nil {
			return err
		}
		bare.Extras = []catalog.Extra{{Code: "gift", Values: []catalog.ExtraValue{{Code: "box", Fixed: dec("2")}}}}
		return catalog.SaveChoices(tx, clerk, bare)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := catalog.SetState(t.Context(), shop, clerk, []catalog.ProductID{p.ID}, catalog.Archived); err != nil {
		t.Fatal(err)
	}
	list := versions(t, shop, p.ID)
	want := [][]catalog.Part{{catalog.PartState}, {catalog.PartVariants}, {catalog.PartPrices}, nil}
	for i, parts := range want {
		if !slices.Equal(list[i].Parts, parts) {
			t.Errorf("%d: %+v", i, list[i])
		}
	}
	if now := found(t, shop, p.ID); now.State != catalog.Archived {
		t.Fatal(now.State)
	}
	steps := []func(*catalog.Product) bool{
		func(p *catalog.Product) bool {
			return p.State == catalog.Published && len(p.Extras) == 1 && p.Variants[1].Price.Equal(dec("3"))
		},
		func(p *catalog.Product) bool {
			return p.State == catalog.Published && len(p.Extras) == 0 && p.Variants[1].Price.Equal(dec("3"))
		},
		func(p *catalog.Product) bool {
			return p.State == catalog.Published && len(p.Extras) == 0 && p.Variants[1].Price.Equal(dec("19.9")) && len(p.Variants) == 4
		},
	}
	for i, want := range steps { // the second and third step over entries that have the article whole
		if _, err := back(t, shop, p.ID, list[i].ID); err != nil {
			t.Fatal(err)
		}
		if now := found(t, shop, p.ID); !want(now) {
			t.Errorf("before %d: %s, %d extras, %s", i, now.State, len(now.Extras), now.Variants[1].Price)
		}
	}
	exec(t, shop, "update audit set before = null where id = ?", list[0].ID) // as a program before this one wrote it
	if _, err := back(t, shop, p.ID, list[0].ID); !errors.Is(err, catalog.ErrVersion) {
		t.Errorf("an entry without a document: %v", err)
	}
}

// SEC-03: what a version names and is gone is left out and told; what was taken since is refused.
func TestRestore_goneSEC03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	picture := id.New[media.Media]()
	exec(t, shop, "insert into media (id, kind, state, created_at) values (?, 'image', 'ready', now())", picture)
	other := shirt("other", "Autre")
	save(t, shop, other)
	panel := &catalog.Panel{Shared: true, Titles: i18n.Text{"fr": "Entretien"}}
	if err := catalog.SavePanel(t.Context(), shop, clerk, panel); err != nil {
		t.Fatal(err)
	}
	p := shirt("shirt", "Chemise")
	p.Pictures, p.Panels = []catalog.Picture{{Media: picture}}, []catalog.PanelID{panel.ID}
	p.Variants[0].Picture, p.Options[0].Values[0].Media = &picture, &picture
	p.Links = []catalog.Link{{Kind: catalog.Similar, Other: other.ID}}
	save(t, shop, p)
	version := edit(t, shop, p.ID, func(p *catalog.Product) {
		p.Texts["fr"] = catalog.Text{Name: "Tunique"}
		p.Variants[0].SKU, p.Code = "free", "free"
	})
	exec(t, shop, "delete from media")
	exec(t, shop, "delete from products where id = ?", other.ID)
	if err := catalog.DeletePanel(t.Context(), shop, clerk, panel.ID); err != nil {
		t.Fatal(err)
	}
	taker := shirt("taker", "Chemise")
	for _, tt := range []struct {
		name string
		take func()
		free func()
		want error
	}{
		{"SKU", func() { taker.Variants[0].SKU = "shirt-red-s" }, func() { taker.Variants[0].SKU = "t" }, catalog.ErrSKUTaken},
		{"code", func() { taker.Code = "shirt" }, func() { taker.Code = "t" }, catalog.ErrCodeTaken},
	} {
		tt.take()
		save(t, shop, taker)
		before := found(t, shop, p.ID)
		if _, err := back(t, shop, p.ID, version.ID); !errors.Is(err, tt.want) {
			t.Errorf("%s taken: %v", tt.name, err)
		}
		if diff := cmp.Diff(before, found(t, shop, p.ID), cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
			t.Errorf("%s taken, and yet: %s", tt.name, diff)
		}
		tt.free()
		save(t, shop, taker)
	}
	taker.Texts["fr"] = catalog.Text{Name: "T", Slug: "chemise"}
	save(t, shop, taker)
	way, err := back(t, shop, p.ID, version.ID)
	if err != nil || way.Left != (catalog.Left{Pictures: 1, Links: 1, Panels: 1, Addresses: 1}) {
		t.Fatalf("%+v %v", way.Left, err)
	}
	if got := found(t, shop, p.ID); got.Texts["fr"].Slug != "chemise-2" || len(got.Pictures)+len(got.Panels)+len(got.Links) != 0 || got.Options[0].Values[0].Media != nil {
		t.Errorf("%+v", got)
	}
}

// SEC-03: variants that came or went since.
func TestRestore_variantsSEC03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	p.Variants = p.Variants[:3]
	save(t, shop, p)
	added := edit(t, shop, p.ID, func(p *catalog.Product) {
		p.Variants = append(p.Variants[1:], catalog.Variant{SKU: "new", Price: dec("5"), Active: true, Tracked: true, OnHand: 3,
			Options: map[string]string{"colour": "blue", "size": "m"}})
	})
	newcomer := found(t, shop, p.ID).Variants[2]
	way, err := back(t, shop, p.ID, added.ID)
	if err != nil || way.Left != (catalog.Left{Off: 1, Empty: 1}) {
		t.Fatalf("%+v %v", way.Left, err)
	}
	got := found(t, shop, p.ID)
	if v := got.Variants[3]; len(got.Variants) != 4 || v.ID != newcomer.ID || v.Active || v.OnHand != 3 {
		t.Errorf("what was added: %+v", v)
	}
	if v := got.Variants[0]; v.ID != p.Variants[0].ID || v.OnHand != 0 || !v.Active || got.Variants[1].OnHand != 5 {
		t.Errorf("what was removed: %+v", v)
	}

	lone := shirt("lone", "Seule")
	lone.Options, lone.Variants = nil, []catalog.Variant{{SKU: "lone", Price: dec("5"), Active: true, Tracked: true, OnHand: 2}}
	save(t, shop, lone)
	split := edit(t, shop, lone.ID, func(p *catalog.Product) {
		p.Options = shirt("x", "x").Options[1:]
		p.Variants[0].Options = map[string]string{"size": "s"}
		p.Variants = append(p.Variants, catalog.Variant{SKU: "lone-m", Price: dec("5"), Active: true, Tracked: true, Options: map[string]string{"size": "m"}})
	})
	second := found(t, shop, lone.ID).Variants[1].ID
	count := func(n int) {
		t.Helper()
		err := shop.Write(t.Context(), func(tx tenant.Tx) error { return stock.Count(tx, second, n, stock.ReasonCount, "") })
		if err != nil {
			t.Fatal(err)
		}
	}
	count(1)
	if _, err := back(t, shop, lone.ID, split.ID); !errors.Is(err, catalog.ErrHeld) || len(found(t, shop, lone.ID).Variants) != 2 {
		t.Errorf("a variant with pieces would vanish: %v", err)
	}
	count(0)
	way, err = back(t, shop, lone.ID, split.ID)
	if err != nil || way.Left != (catalog.Left{Dropped: 1}) {
		t.Fatalf("%+v %v", way.Left, err)
	}
	if got := found(t, shop, lone.ID); len(got.Options) != 0 || len(got.Variants) != 1 || got.Variants[0].OnHand != 2 {
		t.Errorf("%+v", got.Variants)
	}
}

// SEC-03: the document of a program that did not know a field leaves it as it is; what one may not change stays.
func TestRestore_olderSEC03(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	p := shirt("shirt", "Chemise")
	p.State = catalog.Archived
	save(t, shop, p)
	version := edit(t, shop, p.ID, func(p *catalog.Product) {
		p.State, p.Measure, p.Unit, p.Variants[0].Content, p.Variants[0].Price = catalog.Draft, "kg", "sac", ptr(dec("2")), dec("4")
		p.Variants[0].Tracked = false
	})
	exec(t, shop, `update audit set before = (before - 'Measure') #- '{Variants,0,Content}' where id = ?`, version.ID)
	way, err := catalog.Restore(t.Context(), shop, clerk, p.ID, version.ID, 2, catalog.May{})
	if err != nil {
		t.Fatal(err)
	}
	got := found(t, shop, p.ID)
	if v := got.Variants[0]; got.Measure != "kg" || got.Unit != "" || v.Content == nil || !v.Price.Equal(dec("19.9")) {
		t.Errorf("%+v", got)
	}
	if got.State != catalog.Draft || got.Variants[0].Tracked {
		t.Errorf("may not: %s, counted %v", got.State, got.Variants[0].Tracked)
	}
	if parts, err := way.Parts(); err != nil || !slices.Equal(parts, []catalog.Part{catalog.PartPrices, catalog.PartGoods}) {
		t.Errorf("%v %v", parts, err)
	}
}
