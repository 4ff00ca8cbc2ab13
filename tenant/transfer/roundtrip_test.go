package transfer_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/transfer"
)

// nasty are texts that break careless files.
var nasty = []string{
	"", "Chemise d’été", "=1+1", "+33 1", "-5 %", "@home", "'quoted", "''twice", "'=x", "a;b,c\td|e", `say "hi"`, "two\nlines",
	"two\r\nlines", " spaces ", `back\slash > and | bar`, "日本語", "½ ♥", "<b>&amp;</b>", "\u200bzero", "0012", "1,234", "yes", "\tTab first",
}

func word(t *rapid.T, name string) string { return rapid.SampledFrom(nasty).Draw(t, name) }

// catalogue draws a shop full of what a file has to carry.
func catalogue(t *rapid.T, tx tenant.Tx) error {
	locales := []i18n.Locale{"fr", "en", "de"}
	texts := func(name string) i18n.Text {
		out := i18n.Text{}
		for _, l := range locales {
			if s := word(t, name); s != "" {
				out[l] = s
			}
		}
		return out
	}
	nodes, err := someNodes(t, tx)
	if err != nil {
		return err
	}
	var pictures []media.ID
	for n := range 3 {
		address := fmt.Sprintf("https://pictures.example/%d?a=1|2,3", n)
		made, err := media.Reserve(tx, []media.Remote{{Address: address, Alt: texts("alt")}})
		if err != nil {
			return err
		}
		pictures = append(pictures, made[address])
	}
	panels := []*catalog.Panel{
		{Shared: true, Titles: i18n.Text{"fr": "Partagé"}, Bodies: i18n.Text{"fr": "<p>x</p>"}},
		{Titles: i18n.Text{"fr": "Entretien", "de": "Pflege"}, Bodies: texts("panel")},
	}
	if err := catalog.SavePanelsIn(tx, panels); err != nil {
		return err
	}
	var all []*catalog.Product
	for n := range rapid.IntRange(1, 5).Draw(t, "articles") {
		p := article(t, fmt.Sprintf("art-%d", n), locales)
		p.Nodes = []catalog.NodeID{nodes[n%len(nodes)], nodes[(n+1)%len(nodes)]}
		p.MainNode = p.Nodes[1]
		for _, m := range pictures[:rapid.IntRange(0, 3).Draw(t, "pictures")] {
			p.Pictures = append(p.Pictures, catalog.Picture{Media: m, Option: rapid.SampledFrom([]string{"", "colour=red"}).Draw(t, "choice")})
		}
		for _, panel := range panels[:rapid.IntRange(0, 2).Draw(t, "panels")] {
			p.Panels = append(p.Panels, panel.ID)
		}
		if len(p.Pictures) > 0 {
			p.Variants[0].Picture = &p.Pictures[0].Media
		}
		p.Prices = rules(t, p)
		all = append(all, p)
	}
	if err := catalog.SaveAll(tx, all); err != nil {
		return err
	}
	for _, p := range all {
		if p.AvailableOn != nil && rapid.Bool().Draw(t, "preorder") {
			terms := rapid.SampledFrom([]deposit.Terms{{}, {Kind: deposit.Nothing}, {Kind: deposit.Percent, Value: decimal.RequireFromString("12.5")},
				{Kind: deposit.Each, Value: decimal.RequireFromString("3.20")}}).Draw(t, "terms")
			if err := stock.SetAdvance(tx, clerk, p.ID, stock.Advance{On: p.AvailableOn, Limit: 7, Terms: terms}); err != nil {
				return err
			}
		}
	}
	if len(all) > 1 {
		return catalog.SetLinks(tx, map[catalog.ProductID][]catalog.Link{all[0].ID: {{Kind: catalog.Similar, Other: all[1].ID}}})
	}
	return nil
}

func someNodes(t *rapid.T, tx tenant.Tx) (out []catalog.NodeID, err error) {
	for _, code := range []string{catalog.Families, "brand"} {
		x := &catalog.Taxonomy{Code: code, Names: i18n.Text{"fr": code}, Tree: true}
		if err := catalog.SaveTaxonomyIn(tx, clerk, x); err != nil {
			return nil, err
		}
		var parent catalog.NodeID
		for n, name := range []string{"Habits | > d'été", `C:\mode`} {
			node := &catalog.Node{Taxonomy: x.ID, Parent: parent, Code: fmt.Sprint("n", n), Visible: true,
				Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: name}, "en": {Name: "Summer"}}}
			if err := catalog.SaveNodeIn(tx, clerk, node); err != nil {
				return nil, err
			}
			parent = node.ID
			out = append(out, node.ID)
		}
	}
	return out, nil
}

func article(t *rapid.T, code string, locales []i18n.Locale) *catalog.Product {
	day := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	noon := day.Add(12 * time.Hour)
	p := &catalog.Product{
		Measure: rapid.SampledFrom(catalog.Measures).Draw(t, "measure"),
		Code:    code, State: rapid.SampledFrom([]catalog.State{catalog.Draft, catalog.Published, catalog.Archived}).Draw(t, "state"),
		Kind: rapid.SampledFrom([]catalog.Kind{catalog.Physical, catalog.Digital}).Draw(t, "kind"), TaxClass: "reduced",
		PriceGross: rapid.Bool().Draw(t, "gross"), Texts: map[i18n.Locale]catalog.Text{}, Unit: word(t, "unit"), Position: 3,
		Flags: rapid.SampledFrom([]catalog.Flags{{}, {New: catalog.Flag{On: true}},
			{Discover: catalog.Flag{On: true, From: &day}, Forthcoming: catalog.Flag{On: true, From: &day, Until: &noon}}}).Draw(t, "flags"),
	}
	if rapid.Bool().Draw(t, "awaited") {
		p.AvailableOn = &day
	}
	for n, l := range locales {
		name := word(t, "name")
		if n == 0 && name == "" {
			name = "Nom"
		}
		p.Texts[l] = catalog.Text{Name: name, Summary: word(t, "summary"), Body: word(t, "body"), SEOTitle: word(t, "title")}
		if name == "" {
			delete(p.Texts, l)
		}
	}
	price := func(name string) decimal.Decimal {
		return decimal.New(rapid.Int64Range(0, 9_999_999).Draw(t, name), -rapid.Int32Range(0, 4).Draw(t, "places"))
	}
	variant := func(n int, options map[string]string) catalog.Variant {
		v := catalog.Variant{SKU: fmt.Sprintf("%s/%d", code, n), Options: options, Price: price("price"), Barcode: word(t, "barcode"),
			Content: rapid.SampledFrom([]*decimal.Decimal{nil, &threeQuarters}).Draw(t, "content"), WeightG: 120, Active: rapid.Bool().Draw(t, "active"), Tracked: rapid.Bool().Draw(t, "tracked"), OnHand: rapid.IntRange(0, 9).Draw(t, "stock")}
		if rapid.Bool().Draw(t, "reduced") {
			was := price("compare")
			v.CompareAt = &was
		}
		return v
	}
	if rapid.Bool().Draw(t, "extras") {
		p.Extras = []catalog.Extra{{Code: "print", Name: i18n.Text{"fr": "Impression"}, Required: rapid.Bool().Draw(t, "required"),
			Values: []catalog.ExtraValue{{Code: "Logo!", Name: i18n.Text{"fr": "Logo"}, Fixed: price("fee")}, {Code: "gift", Percent: decimal.NewFromInt(10)}}}}
	}
	if !rapid.Bool().Draw(t, "options") {
		p.Variants = []catalog.Variant{variant(0, nil)}
		return p
	}
	// Codes that are no slugs, names that are other values' codes, a value nobody chooses.
	p.Options = []catalog.Option{
		{Code: "colour", Name: i18n.Text{"fr": "Couleur", "en": word(t, "option")}, Values: []catalog.OptionValue{
			{Code: "Red!", Name: i18n.Text{"fr": "Rouge"}}, {Code: "unused", Name: i18n.Text{"fr": "Personne"}}, {Code: "blue", Name: i18n.Text{"fr": word(t, "value")}}}},
		{Code: "size", Name: i18n.Text{"fr": "Taille"}, Values: []catalog.OptionValue{{Code: "XL", Name: i18n.Text{"fr": "XL"}}, {Code: "S", Name: i18n.Text{}}}},
	}
	p.Arrange(rapid.Bool().Draw(t, "table"), "size")
	n := 0
	for _, colour := range []string{"blue", "Red!"} {
		for _, size := range []string{"S", "XL"} {
			p.Variants = append(p.Variants, variant(n, map[string]string{"colour": colour, "size": size}))
			n++
		}
	}
	return p
}

var threeQuarters = decimal.RequireFromString("0.75")

// rules draws prices beside those of the variants: what "tiers" can say, and what only JSON can.
func rules(t *rapid.T, p *catalog.Product) (list []pricelist.Rule) {
	day := time.Date(2026, 5, 1, 10, 0, 0, 0, time.FixedZone("", 7200))
	price := func() *decimal.Decimal {
		n := decimal.New(rapid.Int64Range(0, 99_999).Draw(t, "rule"), -rapid.Int32Range(0, 4).Draw(t, "places"))
		return &n
	}
	steps := func() []pricelist.Tier {
		return []pricelist.Tier{{From: 10, Price: *price()}, {From: 50, Price: *price()}}[:rapid.IntRange(1, 2).Draw(t, "steps")]
	}
	for range rapid.IntRange(0, 4).Draw(t, "rules") {
		switch rapid.IntRange(0, 3).Draw(t, "sort") {
		case 0:
			list = append(list, pricelist.Rule{Tiers: steps()})
		case 1:
			list = append(list, pricelist.Rule{Price: price(), Profile: "trade", From: &day, Currency: "USD"})
		case 2:
			list = append(list, pricelist.Rule{Price: price(), Until: &day, CompareAt: price()})
		case 3:
			v := &p.Variants[len(p.Variants)-1]
			v.ID = id.New[stock.Variant]()
			list = append(list, pricelist.Rule{Variant: v.ID, Tiers: steps(), Marginal: true, Together: rapid.Bool().Draw(t, "together")})
		}
	}
	return list
}

// IMP-02 IMP-03: what is exported and imported again changes nothing, however it is written.
func TestRoundTrip_IMP02_IMP03(t *testing.T) {
	t.Parallel()
	d := open(t)
	forms := []transfer.ExportOptions{{}, {Separator: ";", Decimal: ",", BOM: true}, {Separator: "\t"}, {Separator: "|", Decimal: ","}}
	rapid.Check(t, func(rt *rapid.T) {
		err := d.shop.Write(context.Background(), func(tx tenant.Tx) error {
			for _, table := range []string{"products", "nodes where parent_id is not null", "nodes", "taxonomies", "panels", "media"} {
				if err := tx.DB().Exec("delete from " + table).Error; err != nil {
					return err
				}
			}
			return catalogue(rt, tx)
		})
		if err != nil {
			rt.Fatal(err)
		}
		o := rapid.SampledFrom(forms).Draw(rt, "form")
		decimals := o.Decimal
		if decimals == "" {
			decimals = "."
		}
		out := d.export(o)
		r := d.check(out, transfer.Options{Decimal: decimals})
		if c := r.Report.Counts; c.Same != d.count() || c.Create+c.Update+c.Error+c.Warnings != 0 {
			rt.Fatalf("%+v\n%s", r.Report, out)
		}
		if again := d.export(o); again != out {
			rt.Fatal("two exports of the same catalogue differ")
		}
	})
}

// ART-08 ART-09: columns say nothing of what is chosen beside the variants and how they are ordered, so a
// file that changes the options leaves both alone.
func TestImport_KeepsExtras(t *testing.T) {
	t.Parallel()
	d := open(t)
	fee := decimal.NewFromInt(3)
	p := &catalog.Product{
		Code: "tee", State: catalog.Published, Kind: catalog.Physical, TaxClass: "standard", Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Tee"}},
		Options:  []catalog.Option{{Code: "size", Name: i18n.Text{"fr": "Taille"}, Values: []catalog.OptionValue{{Code: "s", Name: i18n.Text{"fr": "S"}}}}},
		Extras:   []catalog.Extra{{Code: "print", Name: i18n.Text{"fr": "Impression"}, Values: []catalog.ExtraValue{{Code: "logo", Fixed: fee}}}},
		Variants: []catalog.Variant{{SKU: "TEE-S", Options: map[string]string{"size": "s"}, Active: true}},
	}
	p.Arrange(true, "size")
	if err := catalog.Save(t.Context(), d.shop, clerk, p); err != nil {
		t.Fatal(err)
	}
	d.load("code,option1,option1.name.en,option1.value,option1.value.fr,sku,price\ntee,size,Size,s,Petit,TEE-S,9\n")
	got := d.product("tee")
	if got.Options[0].Name["en"] != "Size" || got.Options[0].Place != catalog.Columns || len(got.Extras) != 1 || !got.Extras[0].Values[0].Fixed.Equal(fee) {
		t.Errorf("%+v %+v", got.Options, got.Extras)
	}
}

// IMP-02: the workbook carries the same.
func TestRoundTrip_XLSX_IMP02(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.load(file(t, "apparel.csv"))
	d.load(file(t, "jewelery.csv"))
	var book bytes.Buffer
	if err := transfer.Export(t.Context(), d.shop, &book, transfer.ExportOptions{XLSX: true}); err != nil {
		t.Fatal(err)
	}
	r := d.check(book.String(), transfer.Options{})
	if c := r.Report.Counts; c.Same != 40 || c.Create+c.Update+c.Error+c.Warnings != 0 {
		t.Fatalf("%+v", r.Report)
	}
	// The same file makes the same articles in a shop that has none.
	other := open(t)
	other.load(book.String())
	if n := other.count(); n != 40 {
		t.Errorf("%d articles", n)
	}
	a, b := d.product("leather-anchor"), other.product("leather-anchor")
	if !maps.Equal(a.Texts, b.Texts) || len(a.Variants) != len(b.Variants) || len(a.Nodes) != len(b.Nodes) || len(a.Pictures) != len(b.Pictures) {
		t.Errorf("%+v\n%+v", a, b)
	}
}

func TestArmour(t *testing.T) {
	for _, s := range nasty {
		a := transfer.Armour(s)
		if got := transfer.Bare(a); got != s {
			t.Errorf("%q becomes %q becomes %q", s, a, got)
		}
		if a != "" && (a[0] == '=' || a[0] == '+' || a[0] == '-' || a[0] == '@' || a[0] == '\t') {
			t.Errorf("%q is a formula", a)
		}
	}
}

func FuzzArmour(f *testing.F) {
	for _, s := range nasty {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := transfer.Bare(transfer.Armour(s)); got != s {
			t.Errorf("%q came back as %q", s, got)
		}
	})
}
