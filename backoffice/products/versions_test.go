package products_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

const moreMenu = ".page-head .actions a[href*=versions]"

// SEC-03: what was changed is listed in words, and one change is undone from the article's menu.
func TestVersions_SEC03(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	at := list + "/" + p.ID.String()
	b := o.Browser(t)
	b.Get(at + "/versions")
	b.WantStatus(200).WantText(".table", "Created").WantCount(".table td a, .table th a", 0).WantClean()
	b.Get(at + "/versions/last")
	b.WantText(".alert", "No change in the last 30 days")

	b.Get(at)
	b.Want(moreMenu)
	b.Submit(saveBar, webtest.Values{"price": "9.50", "name.fr": "Cruche", "state": "draft", "body.fr": "Peint à la main.", "flag.0.on": true, "stock": "4"})
	b.WantText(".alert", "is saved")
	b.Get(at + "/versions")
	b.WantText(".table", "Visibility · Texts · Prices · Marks and dates").WantText(".table", "Lucie Marchand").WantClean()
	b.Get(at + "/versions/last")
	b.WantStatus(200).WantText(".confirm-points", "Price: 9.50 → 12.00").WantText(".confirm-points", "Name (Français): Cruche → Vase").
		WantText(".confirm-points", "State: Draft → Published").WantText(".confirm-points", "Description (Français): as it was then").
		WantText(".confirm-points", "Marks and dates: as it was then").WantClean()
	b.Submit(".confirm form", nil)
	b.WantStatus(200).WantText(".alert", "The article is as it was before").Want("#article").WantClean()
	got := read(t, o, p.ID)
	if v := got.Variants[0]; !v.Price.Equal(decimal.NewFromInt(12)) || v.OnHand != 4 || got.State != catalog.Published || got.Texts[i18n.French].Name != "Vase" || got.Flags.New.On {
		t.Errorf("%+v", got)
	}
	b.Get(at + "/versions/last") // the undo is a change as well
	b.WantText(".confirm-points", "Price: 12.00 → 9.50")
	b.Submit(".confirm form", nil)
	b.Get(at + "/versions")
	b.WantText(".table", "Put back to an earlier version")
	if got := read(t, o, p.ID); got.Texts[i18n.French].Name != "Cruche" || got.State != catalog.Draft {
		t.Errorf("undone twice: %+v", got.Texts)
	}
	b.Get(at)
	b.Submit(`.page-head .actions form[action$="versions/last"]`, nil)
	b.WantText(".alert", "The article is as it was before").Want("#article")
	if got := read(t, o, p.ID); got.Texts[i18n.French].Name != "Vase" {
		t.Errorf("undone with one click: %+v", got.Texts)
	}
}

// SEC-03: three saves of the same part are told apart by what each changed.
func TestVersions_toldSEC03(t *testing.T) {
	o := open(t)
	p := article(t, o, "shirt", "Chemise")
	variants := list + "/" + p.ID.String() + "/variants"
	b := o.Browser(t)
	b.Get(variants)
	b.Submit("#option", webtest.Values{"option_name": "Taille", "values": "S, M, L"})
	b.Submit("#variants", webtest.Values{"v.1.price": "19.90"})
	b.Submit("#variants", webtest.Values{"v.1.price": "21.90", "v.2.active": false})
	b.Submit("#variants", webtest.Values{"v.0.price": "13", "v.1.price": "14", "v.2.price": "15", "v.0.compare_at": "40", "v.1.compare_at": "41"})
	b.Get(list + "/" + p.ID.String() + "/versions")
	b.WantStatus(200).WantClean().
		WantText(".table tbody tr:nth-child(1)", "Crossed-out price of S: (empty) → 40.00").WantText(".table tbody tr:nth-child(1)", "and 2 more").
		WantText(".table tbody tr:nth-child(2)", "Price of M: 19.90 → 21.90").WantText(".table tbody tr:nth-child(2)", "For sale of L: Yes → No").
		WantText(".table tbody tr:nth-child(3)", "Price of M: 12.00 → 19.90")
	if text := b.Text(".table tbody tr:nth-child(3)"); strings.Contains(text, "more") || strings.Contains(text, "of S") {
		t.Errorf("the first save changed one price: %s", text)
	}
	b.WantText(".table tbody tr:nth-child(4)", "Added: M").WantText(".table tbody tr:nth-child(4)", "Added: L")
}

// SEC-03: who was shown an older article is shown the present one before it changes; what is refused says why.
func TestVersions_refusedSEC03(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	at := list + "/" + p.ID.String()
	edit := func(how func(*catalog.Product)) {
		t.Helper()
		now := read(t, o, p.ID)
		how(now)
		if err := catalog.Save(t.Context(), o.Shop, officetest.Who, now); err != nil {
			t.Fatal(err)
		}
	}
	edit(func(p *catalog.Product) { p.Code = "pot" })
	b := o.Browser(t)
	b.Get(at + "/versions/last")
	b.WantText(".confirm-points", "Code: pot → vase")
	edit(func(p *catalog.Product) { p.Unit = "piece" })
	b.Submit(".confirm form", nil)
	b.WantStatus(200).WantText(".alert", "Somebody else has just saved").WantText(".confirm-points", "Unit: piece → (empty)").WantClean()
	if read(t, o, p.ID).Code != "pot" {
		t.Error("written over what was not shown")
	}
	other := article(t, o, "other", "Autre")
	other.Code = "vase"
	if err := catalog.Save(t.Context(), o.Shop, officetest.Who, other); err != nil {
		t.Fatal(err)
	}
	b.Submit(".confirm form", nil)
	b.WantStatus(200).WantText(".alert", "That was not done").Want(".confirm form")
	if now := read(t, o, p.ID); now.Code != "pot" || now.Unit != "piece" {
		t.Errorf("%+v", now)
	}
	b.Get(at + "/versions/0192f000-0000-7000-8000-000000000000")
	b.WantStatus(404)
}

// SEC-03: many variants: counts and the range of prices; going back keeps what was added off sale.
func TestVersions_variantsSEC03(t *testing.T) {
	o := openPrices(t)
	p := sizes(t, o, 3)
	now := read(t, o, p.ID)
	now.Options[0].Values = append(now.Options[0].Values, catalog.OptionValue{Code: "s4", Name: i18n.Text{i18n.French: "s4"}})
	now.Variants = append(slices.Clone(now.Variants), catalog.Variant{SKU: "S4", Price: decimal.NewFromInt(20), Active: true, Options: map[string]string{"size": "s4"}})
	now.Variants[0].Price = decimal.NewFromInt(5)
	if err := catalog.Save(t.Context(), o.Shop, officetest.Who, now); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String() + "/versions/last")
	b.WantText(".confirm-points", "Price: €5.00 – €20.00 → €12.00").WantText(".confirm-points", "Variants and options: 4 → 3").
		WantText(".confirm-points", "that go with their options: 1").WantClean()
	b.Submit(".confirm form", nil)
	b.WantStatus(200).WantText(".flashes", "that go with their options: 1")
	if got := read(t, o, p.ID); len(got.Variants) != 3 {
		t.Errorf("%d variants", len(got.Variants))
	}
	if strings.Contains(b.Text("body"), "products.versions") {
		t.Error("words are missing")
	}
}

// SEC-03, FLT-05: going back to before an article was archived needs room in the plan.
func TestVersions_FLT05(t *testing.T) {
	o, plan := within(t, 1)
	p := article(t, o, "mug", "Tasse")
	if err := catalog.SetState(t.Context(), o.Shop, officetest.Who, []catalog.ProductID{p.ID}, catalog.Archived); err != nil {
		t.Fatal(err)
	}
	article(t, o, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String() + "/versions/last")
	b.WantText(".confirm-points", "State: Archived → Published")
	b.Submit(".confirm form", nil)
	b.WantText(".alert", full)
	if got := read(t, o, p.ID); got.State != catalog.Archived {
		t.Error(got.State)
	}
	plan.limit = 2
	b.Submit(".confirm form", nil)
	if got := read(t, o, p.ID); got.State != catalog.Published {
		t.Error(got.State)
	}
}
