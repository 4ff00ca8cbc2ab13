package discounts_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/discounts"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/simulator"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

func open(t *testing.T) *officetest.Office {
	t.Helper()
	words := []fs.FS{discounts.Locales, simulator.Locales, discount.Locales, shipping.Locales, pricing.Locales, tax.Locales}
	return officetest.Open(t, append(words, os.DirFS("../../tenant/checkout"), os.DirFS("../../tenant/cart")), func(*officetest.Office) []desk.Desk {
		sim := simulator.New(checkout.New(checkout.Config{Calculators: shipping.Builtin()}))
		return []desk.Desk{discounts.New(sim), sim}
	})
}

func at(path string) string { return officetest.Base + path }

// stock puts a family with one below it on the shelf, and an article into that.
func stock(t *testing.T, o *officetest.Office) (top, below *catalog.Node) {
	t.Helper()
	x := &catalog.Taxonomy{Code: catalog.Families, Names: i18n.Text{"fr": "Familles"}, Tree: true}
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		if err := catalog.SaveTaxonomyIn(tx, officetest.Who, x); err != nil {
			return err
		}
		top = &catalog.Node{Taxonomy: x.ID, Visible: true, Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: "Table"}}}
		if err := catalog.SaveNodeIn(tx, officetest.Who, top); err != nil {
			return err
		}
		below = &catalog.Node{Taxonomy: x.ID, Parent: top.ID, Visible: true, Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: "Tasses"}}}
		return catalog.SaveNodeIn(tx, officetest.Who, below)
	})
	if err == nil {
		err = catalog.Save(t.Context(), o.Shop, officetest.Who, &catalog.Product{Code: "mug", Kind: catalog.Physical, State: catalog.Published, TaxClass: "standard", PriceGross: true,
			Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Tasse"}}, Nodes: []catalog.NodeID{below.ID},
			Variants: []catalog.Variant{{SKU: "MUG-1", Price: decimal.NewFromInt(20), Active: true}}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return top, below
}

func rules(t *testing.T, o *officetest.Office) []promotion.Stored {
	t.Helper()
	var list []promotion.Stored
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) (err error) { list, err = promotion.List(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return list
}

// DSC-01…06: each method has its form; what it keeps is told in a sentence, and the form shows it again.
func TestDesk_SixMethods(t *testing.T) {
	o := open(t)
	top, below := stock(t, o)
	b := o.Browser(t)
	b.Get(at("discounts"))
	b.WantStatus(200).WantClean().WantText(".empty", "No discounts")
	for _, c := range []struct {
		method   string
		values   webtest.Values
		sentence string
	}{
		{"total", webtest.Values{"tiers.0.from": "100", "tiers.0.rate": "5"}, "5% from €100.00 before tax off the whole order."},
		{"quantity", webtest.Values{"of": "articles", "articles": "MUG-1", "per": "article", "tiers.0.from": "10", "tiers.0.rate": "5"},
			"5% from 10 articles off article Tasse, each article counted apart."},
		{"coupon", webtest.Values{"of": "order", "kind": "amount", "amount": "5.00", "gross": true, "codes": "wel come", "limit_customer": "1"},
			"€5.00 off the whole order, 1 time per customer, with code WELCOME."},
		{"family", webtest.Values{"families": []string{top.ID.String()}, "rate": "10"}, "10% off family Table."},
		{"subfamily", webtest.Values{"families": []string{below.ID.String()}, "rate": "15"}, "15% off family Tasses."},
		{"article", webtest.Values{"articles": "mug", "rate": "20", "from": "2026-03-01", "until": "2026-03-31"},
			"20% off article Tasse from 1 March 2026 to 31 March 2026."},
	} {
		t.Run(c.method, func(t *testing.T) {
			b.Get(at("discounts/new"))
			b.WantClean().Follow(`a[href$="/new/` + c.method + `"]`)
			b.WantStatus(200).WantClean()
			c.values["name.fr"] = "Remise " + c.method
			b.Submit("main form", c.values)
			b.WantStatus(200).WantClean().WantText(".alert", "Saved.").WantText(".panel", c.sentence)
			list := rules(t, o)
			last := list[len(list)-1]
			b.Submit("main form[data-guard]", nil) // what the form shows is what it keeps
			b.WantStatus(200)
			again := rules(t, o)[len(list)-1]
			if again.Rev == last.Rev {
				t.Fatal("nothing was saved")
			}
			was, is := text(t, last.Rule), text(t, again.Rule)
			if was != is {
				t.Errorf("saved again as it is shown:\n%s\n%s", was, is)
			}
		})
	}
	b.Get(at("discounts"))
	b.WantClean().WantCount("tbody tr", 6).WantText("tbody td", "Sub-family").WantText("tbody .badge", "Over")
	b.Get(at("discounts/order"))
	b.WantStatus(200).WantClean().WantText("main", "Only one with: Remise quantity").WantText("main", "No other discount competes with it.")
}

func text(t *testing.T, r discount.Rule) string {
	t.Helper()
	doc, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(doc)
}

// Bad input: what is wrong stands beside its field, and what was typed is still there.
func TestDesk_BadInput(t *testing.T) {
	o := open(t)
	stock(t, o)
	b := o.Browser(t)
	b.Get(at("discounts/new/total"))
	b.Submit("main form", webtest.Values{"name.fr": "", "tiers.0.from": "100", "tiers.0.rate": "5", "tiers.1.from": "50", "tiers.1.rate": "120",
		"until": "2020-01-01", "from": "2021-01-01", "zones.0.country": "FR", "zones.0.postcodes": "x*y*z", "minimum": "-3", "priority": "much"})
	b.WantStatus(422).WantClean()
	for _, name := range []string{"name.fr", "tiers.1.from", "tiers.1.rate", "until", "minimum", "priority"} {
		b.Want(`[name="` + name + `"][aria-invalid=true]`)
	}
	if b.Value(`[name="tiers.1.rate"]`) != "120" || b.Value(`[name="minimum"]`) != "-3" {
		t.Error("what was typed is lost")
	}
	b.Get(at("discounts/new/article"))
	b.Submit("main form", webtest.Values{"name.fr": "X", "rate": "10", "articles": "mug\nspoon"})
	b.WantStatus(422).WantText("#f-articles-error", "spoon")
	b.Get(at("discounts/new/coupon"))
	b.Submit("main form", webtest.Values{"name.fr": "X", "rate": "10", "of": "order"})
	b.WantStatus(422).Want(`[name="codes"][aria-invalid=true]`)
	if n := len(rules(t, o)); n != 0 {
		t.Errorf("%d discounts were kept", n)
	}
	b.Get(at("discounts/new/nothing"))
	b.WantStatus(404)
	b.Get(at("discounts/0198c0de-0000-7000-8000-000000000001"))
	b.WantStatus(404)
}

// DSC-04 PROF-01: a form that was open while a family and a profile were deleted is refused beside the fields, and a
// discount that names nothing that is left says so on the list.
func TestDesk_Gone(t *testing.T) {
	o := open(t)
	top, below := stock(t, o)
	b := o.Browser(t)
	b.Get(at("discounts/new/family"))
	b.Submit("main form", webtest.Values{"name.fr": "Table", "families": []string{below.ID.String()}, "rate": "10"})
	b.WantStatus(200)
	b.Get(at("discounts"))
	b.WantNo(".badge:contains('Never applies')").WantNoText("To be checked")
	b.Get(at("discounts/new/family"))
	if err := catalog.DeleteNode(t.Context(), o.Shop, officetest.Who, below.ID); err != nil {
		t.Fatal(err)
	}
	b.Submit("main form", webtest.Values{"name.fr": "Tasses", "families": []string{top.ID.String(), below.ID.String()}, "rate": "10"})
	b.WantStatus(422).WantClean().WantText("#f-families-error", "has been deleted in the meantime").Want(`[name=families][value="` + top.ID.String() + `"][checked]`)
	b.Post(at("discounts/new/family"), url.Values{"rev": {"0"}, "of": {"families"}, "kind": {"rate"}, "name.fr": {"Tasses"}, "families": {top.ID.String()}, "rate": {"10"},
		"profiles": {"gone"}, "priority": {"0"}})
	b.WantStatus(422).WantClean().WantText("#f-profiles-error", "“gone” no longer exists").Want(`[name=profiles][value=gone][checked]`)
	if n := len(rules(t, o)); n != 1 {
		t.Errorf("%d discounts", n)
	}
	for range 2 { // on, then off
		b.Get(at("discounts"))
		b.WantClean().WantText("tbody .badge", "Never applies").WantText("main", "Nothing that this discount is for exists any more.")
		b.Submit(`form[action$="/switch"]`, nil)
		b.WantStatus(200)
	}
}

// DSC-03: codes for one use are made in bulk, shown, and downloaded; a code belongs to one discount.
func TestDesk_Codes(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("discounts/new/coupon"))
	b.Submit("main form", webtest.Values{"name.fr": "Merci", "rate": "10", "of": "order", "issued": true})
	b.WantStatus(200).WantClean().WantText("h2", "Single-use codes: 0")
	b.Submit("main form", webtest.Values{"count": "0"})
	b.WantStatus(422).WantClean().Want(`[name=count][aria-invalid=true]`)
	b.Submit("main form", webtest.Values{"count": "25", "prefix": "merci-"})
	b.WantStatus(200).WantClean().WantText(".alert", "25").WantCount("tbody tr", 25).WantText("tbody th", "MERCI-")
	b.Follow(`a[href$="codes.csv"]`)
	if lines := strings.Split(strings.TrimSpace(string(b.Page().Body)), "\n"); len(lines) != 26 || !strings.HasPrefix(lines[1], "MERCI-") {
		t.Errorf("%d lines: %s", len(lines), lines[0])
	}
	b.Get(at("discounts/new/coupon"))
	taken := promotion.Stored{}
	if taken = rules(t, o)[0]; taken.Issued != 25 {
		t.Errorf("%d codes", taken.Issued)
	}
	b.Submit("main form", webtest.Values{"name.fr": "Autre", "rate": "10", "of": "order", "codes": "HELLO"})
	b.WantStatus(200)
	b.Get(at("discounts/new/coupon"))
	b.Submit("main form", webtest.Values{"name.fr": "Encore", "rate": "10", "of": "order", "codes": "hel lo"})
	b.WantStatus(422).WantText("#f-codes-error", "HELLO belongs to another discount")
}

// DSC-09: priorities and combination are one page; what cannot be is refused beside its field.
func TestDesk_Order(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for name, rate := range map[string]string{"Un": "10", "Deux": "5"} {
		b.Get(at("discounts/new/total"))
		b.Submit("main form", webtest.Values{"name.fr": name, "kind": "rate", "rate": rate})
		b.WantStatus(200)
	}
	one, two := rules(t, o)[0], rules(t, o)[1]
	if one.Name["fr"] != "Un" {
		one, two = two, one
	}
	b.Get(at("discounts"))
	b.WantText("main", "always takes the place of this discount")
	b.Get(at("discounts/order"))
	b.WantClean().WantText("main", "Only one with: Deux")
	b.Submit("main form", webtest.Values{"priority." + two.ID: "lots"})
	b.WantStatus(422).WantClean().Want(`[name="priority.` + two.ID + `"][aria-invalid=true]`)
	b.Submit("main form", webtest.Values{"priority." + two.ID: "7", "combine." + one.ID: "all"})
	b.WantStatus(200).WantText("main", "Comes on top of all others.")
	if list := rules(t, o); list[0].ID != two.ID || list[0].Priority != 7 || list[1].Combine != discount.WithAll {
		t.Errorf("%+v", list)
	}
}

// A discount nobody used is deleted after a question; one can be switched off and on.
func TestDesk_Remove(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("discounts/new/total"))
	b.Submit("main form", webtest.Values{"name.fr": "Un", "tiers.0.from": "100", "tiers.0.rate": "5"})
	which := rules(t, o)[0].ID
	b.Get(at("discounts"))
	b.Submit(`form[action$="/switch"] button`, nil)
	b.WantStatus(200).WantText("tbody .badge", "Off")
	b.Get(at("discounts/" + which + "/remove"))
	b.WantClean().Submit("main form", nil)
	b.WantStatus(200).WantText(".alert", "deleted")
	if len(rules(t, o)) != 0 {
		t.Error("it is still there")
	}
}

// Who may see discounts and not change them gets no way to.
func TestDesk_ReadOnly(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("discounts/new/total"))
	b.Submit("main form", webtest.Values{"name.fr": "Un", "tiers.0.from": "100", "tiers.0.rate": "5"})
	which := rules(t, o)[0].ID
	o.Role = authz.ReadOnly
	b.Get(at("discounts/" + which))
	b.WantStatus(200).WantClean().WantNo("main button[type=submit]:not([disabled])")
	b.Get(at("discounts/new"))
	if b.Page().Status == http.StatusOK {
		t.Error("a reader may add discounts")
	}
}
