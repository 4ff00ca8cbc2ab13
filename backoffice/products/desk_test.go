package products_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/products"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tax"
	"echoppe.dev/tenant/transfer"
)

func open(t *testing.T) *officetest.Office {
	t.Helper()
	return officetest.Open(t, []fs.FS{products.Locales, tax.Locales}, func(o *officetest.Office) []desk.Desk {
		return []desk.Desk{products.New(o.Library, transfer.New(o.Bucket).Editor(), nil)}
	})
}

func article(t *testing.T, o *officetest.Office, code, name string) *catalog.Product {
	t.Helper()
	p := &catalog.Product{
		Code: code, State: catalog.Published, Kind: catalog.Physical, TaxClass: string(tax.Standard), PriceGross: true,
		Texts:    map[i18n.Locale]catalog.Text{i18n.French: {Name: name}},
		Variants: []catalog.Variant{{SKU: strings.ToUpper(code), Price: decimal.NewFromInt(12), Active: true, Tracked: true, OnHand: 10}},
	}
	if err := catalog.Save(t.Context(), o.Shop, officetest.Who, p); err != nil {
		t.Fatal(err)
	}
	return p
}

func read(t *testing.T, o *officetest.Office, p catalog.ProductID) *catalog.Product {
	t.Helper()
	found, err := catalog.Find(t.Context(), o.Shop, p)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func newest(t *testing.T, o *officetest.Office, n int) []*catalog.Product {
	t.Helper()
	var found []*catalog.Product
	err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error {
		var ids []catalog.ProductID
		if err := tx.DB().Raw("select id from products order by created_at, id").Scan(&ids).Error; err != nil {
			return err
		}
		if len(ids) != n {
			t.Fatalf("%d articles, want %d", len(ids), n)
		}
		var err error
		found, err = catalog.FindAll(tx, ids)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

const (
	list    = officetest.Base + "products"
	saveBar = "#article .save button[type=submit]:last-child"
)

func TestRoutes_guarded(t *testing.T) {
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

// First article of first-use: photo, name, price, stock on one page.
func TestNew_ART01(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(list)
	b.WantStatus(200).WantText(".empty-title", "Your first article").WantClean()
	b.Get(list + "/new")
	b.WantClean()
	b.Submit("#article", webtest.Values{"name.fr": "Vase bleu", "price": "12,40", "stock": "3", "photos": []webtest.File{officetest.Photo(t, "a.png", 1), officetest.Photo(t, "b.png", 2)}})
	b.WantStatus(200).WantText(".alert", "“Vase bleu” is created.").WantClean()
	p := newest(t, o, 1)[0]
	v := p.Variants[0]
	if p.State != catalog.Published || p.Code != "vase-bleu" || v.SKU != "VASE-BLEU" || !v.Price.Equal(decimal.RequireFromString("12.4")) || v.OnHand != 3 || !v.Tracked || len(p.Pictures) != 2 {
		t.Errorf("made %+v", p)
	}
	b.WantText(".page-head", "See in the shop").WantText("#other-price", "€10.33 without VAT")
	if src := b.Attr("ol.side-by-side li:first-child img", "src"); src == "" {
		t.Error("no thumbnail")
	} else {
		b.Get(src)
		b.WantStatus(200).WantHeader("Content-Type", "image/webp")
	}
}

func TestNew_refusedKeepsPhotos(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(list + "/new")
	b.Submit("#article", webtest.Values{"name.fr": "", "price": "twelve", "photos": []webtest.File{officetest.Photo(t, "a.png", 1), {Name: "b.txt", Type: "text/plain", Content: []byte("no")}}})
	b.WantStatus(422).Want(`input[name="name.fr"][aria-invalid=true]`).Want(`input[name=price][aria-invalid=true][value=twelve]`)
	b.WantText("#f-photos-error", "b.txt").Want(`input[type=hidden][name="picture.0.id"]`).WantClean()
	b.Submit("#article", webtest.Values{"name.fr": "Vase", "price": "5"})
	b.WantStatus(200)
	if p := newest(t, o, 1)[0]; len(p.Pictures) != 1 {
		t.Errorf("pictures %v", p.Pictures)
	}
}

// "Drag 20 photos = 20 drafts", and a file that is none spoils nothing.
func TestNew_many(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(list + "/new")
	b.Submit("#photos", webtest.Values{"photos": []webtest.File{officetest.Photo(t, "vase_bleu-01.png", 1), officetest.Photo(t, "vase_bleu-01.png", 2), {Name: "x.svg", Type: "image/svg+xml", Content: []byte("<svg/>")}}})
	b.WantStatus(422).WantText(".alert", "Drafts made: 2.").WantText("#f-many-error", "x.svg")
	made := newest(t, o, 2)
	if made[0].State != catalog.Draft || made[0].Texts[i18n.French].Name != "vase bleu 01" || made[0].Code == made[1].Code {
		t.Errorf("made %+v and %+v", made[0], made[1])
	}
}

func TestList_filters(t *testing.T) {
	o := open(t)
	article(t, o, "vase", "Vase bleu")
	mug := article(t, o, "mug", "Tasse rouge")
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return stock.Count(tx, mug.Variants[0].ID, 0, stock.ReasonCount, "")
	})
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	for query, want := range map[string][]string{
		"":               {"Tasse rouge", "Vase bleu"},
		"q=VASE":         {"Vase bleu"}, // the SKU
		"q=vaze+bleu":    {"Vase bleu"}, // misspelt
		"q=zzzzzz":       nil,
		"stock=out":      {"Tasse rouge"},
		"stock=low":      nil,
		"state=archived": nil,
		"sort=name":      {"Tasse rouge", "Vase bleu"},
	} {
		t.Run("CAT-07 STK-05 "+query, func(t *testing.T) {
			b := b.In(t)
			b.Get(list + "?" + query)
			b.WantStatus(200).WantClean()
			got := b.Texts(".table .title-line > a")
			if strings.Join(got, "|") != strings.Join(want, "|") && query != "" {
				t.Errorf("%q, want %q", got, want)
			}
			if query == "" && len(got) != 2 {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestBulk(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list)
	b.Submit(`.bulk button[value=archived]`, nil)
	b.WantStatus(200).WantText(".alert", "Choose at least one")
	if got := read(t, o, p.ID).State; got != catalog.Published {
		t.Errorf("state %s", got)
	}
	b.Post(list, map[string][]string{"id": {p.ID.String()}, "to": {"archived"}})
	b.WantText(".alert", "Articles archived: 1.")
	b.Get(list + "?state=archived")
	b.WantText(".table", "Vase")
	b.Post(list+"/"+p.ID.String()+"/state", map[string][]string{"to": {"draft"}})
	b.WantText(".alert", "withdrawn")
	o.Role = authz.ReadOnly
	b.Post(list, map[string][]string{"id": {p.ID.String()}, "to": {"published"}})
	b.WantStatus(403)
}

func TestEdit_saves(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	other := article(t, o, "mug", "Tasse")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	b.WantStatus(200).WantClean()
	b.Submit(saveBar, webtest.Values{
		"name.fr": "Vase bleu", "name.de": "Blaue Vase", "price": "10", "gross": "0", "compare_at": "15.5", "stock": "7", "stock_note": "inventory",
		"weight": "350", "flag.0.on": true, "flag.0.until": "2031-05-01", "available_on": "2030-01-01", "summary.en": "A vase", "body.fr": "<p>Bleu<script>x</script></p>",
	})
	b.WantStatus(200).WantText(".alert", "is saved")
	got := read(t, o, p.ID)
	v := got.Variants[0]
	if got.PriceGross || !v.Price.Equal(decimal.NewFromInt(10)) || v.CompareAt == nil || v.OnHand != 7 || v.WeightG != 350 || !got.Flags.New.On ||
		got.AvailableOn == nil || got.Texts[i18n.German].Name != "Blaue Vase" || got.Texts[i18n.English].Summary != "A vase" || strings.Contains(got.Texts[i18n.French].Body, "script") {
		t.Errorf("ART-02 saved %+v", got)
	}
	var notes int64
	_ = o.Shop.Read(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from stock_moves where note = 'inventory' and on_hand = -3").Scan(&notes).Error
	})
	if notes != 1 {
		t.Errorf("STK-02 %d moves with the reason", notes)
	}
	b.WantText("#other-price", "€12.00 including €2.00 VAT (20%)")

	// Links by search, panels, without a script.
	b.Submit(`button[value="link.find"]`, webtest.Values{"link_q": "tasse", "panel.0.title.fr": "Entretien", "panel.0.body.fr": "À la main"})
	b.WantStatus(200).Want(`input[name="link.0.other"]`).WantClean()
	b.Submit(saveBar, webtest.Values{"link.0.kind": "replacement"})
	got = read(t, o, p.ID)
	if len(got.Links) != 1 || got.Links[0] != (catalog.Link{Kind: catalog.Replacement, Other: other.ID}) || len(got.Panels) != 1 {
		t.Errorf("ART-12 ART-04 links %v, panels %v", got.Links, got.Panels)
	}
}

// ART-04: a view of one article goes with it, a shared one waits until somebody deletes it.
func TestPanels_ART04(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	b.Submit(saveBar, webtest.Values{"panel.0.title.fr": "Entretien"})
	b.Submit(saveBar, webtest.Values{"panel.1.title.fr": "Tailles", "panel.1.shared": true})
	count := func() (n int) {
		t.Helper()
		if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from panels").Scan(&n).Error }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := read(t, o, p.ID); len(got.Panels) != 2 || count() != 2 {
		t.Fatalf("%d of %d panels", len(got.Panels), count())
	}
	b.Submit(saveBar, webtest.Values{"panel.0.drop": true})
	if got := read(t, o, p.ID); len(got.Panels) != 1 || count() != 1 {
		t.Errorf("%d of %d panels", len(got.Panels), count())
	}
	b.Get(list + "/panels")
	b.WantText(".table", "Tailles").WantClean()
	b.Follow(`a[href$="/delete"]`)
	b.WantText(".confirm", "It disappears from 1 article.").WantClean()
	b.Submit(".confirm form", nil)
	b.WantText(".alert", "“Tailles” is deleted.").WantClean()
	if got := read(t, o, p.ID); len(got.Panels) != 0 || count() != 0 {
		t.Errorf("%d of %d panels", len(got.Panels), count())
	}
	b.Get(list + "/panels/" + p.ID.String() + "/delete")
	b.WantStatus(404)
}

func TestEdit_pictures(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	b.Submit(`button[value="photos.add"]`, webtest.Values{"name.fr": "Vase neuf", "photos": []webtest.File{officetest.Photo(t, "a.png", 1), officetest.Photo(t, "b.png", 2)}})
	b.WantStatus(200).WantClean()
	if got := b.Value(`input[name="name.fr"]`); got != "Vase neuf" {
		t.Errorf("the step lost the name: %q", got)
	}
	first, second := b.Value(`input[name="picture.0.id"]`), b.Value(`input[name="picture.1.id"]`)
	b.Submit(`button[value="picture.down.0"]`, webtest.Values{"picture.0.alt.fr": "Vue de face"})
	if b.Value(`input[name="picture.0.id"]`) != second || b.Value(`input[name="picture.1.alt.fr"]`) != "Vue de face" {
		t.Error("the picture did not move with its words")
	}
	if got := read(t, o, p.ID); len(got.Pictures) != 0 {
		t.Error("a step saved the article")
	}
	b.Submit(saveBar, nil)
	if got := read(t, o, p.ID); len(got.Pictures) != 2 || got.Pictures[1].Media.String() != first {
		t.Errorf("pictures %v", got.Pictures)
	}
	b.Submit(`button[value="picture.drop.0"]`, nil)
	b.Submit(saveBar, nil)
	if got := read(t, o, p.ID); len(got.Pictures) != 1 {
		t.Errorf("pictures %v", got.Pictures)
	}
}

func TestEdit_refused(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	article(t, o, "mug", "Tasse")
	b := o.Browser(t)
	for _, test := range []struct{ name, field, typed string }{
		{"no name", "name.fr", ""}, {"no price", "price", ""}, {"a price that is none", "price", "cheap"}, {"a negative price", "price", "-1"},
		{"stock in words", "stock", "many"}, {"address with tricks", "slug.fr", "../x"}, {"a SKU that is taken", "sku", "MUG"},
		{"a code that is taken", "code", "mug"}, {"a day that is none", "available_on", "2026-13-40"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := b.In(t)
			b.Get(list + "/" + p.ID.String())
			b.Submit(saveBar, webtest.Values{test.field: test.typed})
			if b.Status() != 422 && b.Status() != 409 {
				t.Errorf("status %d", b.Status())
			}
			b.Want(`[name="` + test.field + `"][aria-invalid=true]`).WantClean()
			if got := b.Value(`[name="` + test.field + `"]`); got != test.typed {
				t.Errorf("what was typed came back as %q", got)
			}
		})
	}
}

// Two people, one article: the second sees both versions and decides.
func TestEdit_stale(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	b, other := o.Browser(t), o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	other.Get(list + "/" + p.ID.String())
	other.Submit(saveBar, webtest.Values{"price": "20"})
	b.Submit(saveBar, webtest.Values{"price": "30"})
	b.WantStatus(409).WantText(".terms", "20.00").WantText(".terms", "30").WantText("#main", "saved it on").WantClean()
	if got := b.Value("input[name=price]"); got != "30" {
		t.Errorf("typed price came back as %q", got)
	}
	b.Submit(saveBar, nil)
	b.WantStatus(200)
	if got := read(t, o, p.ID).Variants[0].Price; !got.Equal(decimal.NewFromInt(30)) {
		t.Errorf("price %s", got)
	}
}

// A count typed over a number that has changed is not believed.
func TestEdit_stockMoved(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	b := o.Browser(t)
	b.Get(list + "/" + p.ID.String())
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return stock.Count(tx, p.Variants[0].ID, 8, stock.ReasonCount, "")
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Submit(saveBar, webtest.Values{"stock": "12"})
	b.WantStatus(409).WantText("#f-stock-error", "it was 10, it is 8")
	if got := read(t, o, p.ID).Variants[0].OnHand; got != 8 {
		t.Errorf("on hand %d", got)
	}
	b.Submit(saveBar, nil)
	if got := read(t, o, p.ID).Variants[0].OnHand; got != 12 {
		t.Errorf("on hand %d", got)
	}
}

func TestPrice(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for query, want := range map[string]string{
		"price=12&gross=1&tax_class=standard":      "€10.00 without VAT; €2.00 VAT (20%) included",
		"price=10&gross=0&tax_class=standard":      "€12.00 including €2.00 VAT (20%)",
		"price=0.0125&gross=0&tax_class=standard":  "€0.015 including €0.0025 VAT (20%)",
		"price=0.015&gross=1&tax_class=standard":   "€0.012 without VAT; €0.003 VAT (20%) included",
		"price=12.3456&gross=0&tax_class=standard": "€14.8147 including €2.4691 VAT (20%)",
		"price=12.3400&gross=1&tax_class=standard": "€10.28 without VAT; €2.06 VAT (20%) included",
		"price=twelve&gross=0":                     "",
	} {
		b.Get(list + "/price?" + query)
		b.WantStatus(200)
		if got := b.Text("#other-price"); got != want {
			t.Errorf("ART-02 %s: %q, want %q", query, got, want)
		}
	}
}

func TestEdit_unknown(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(list + "/not-an-id")
	b.WantStatus(404)
	b.Get(list + "/0197a000-0000-7000-8000-000000000000")
	b.WantStatus(404)
	b.Get(list + "/media/../../originals/x")
	b.WantStatus(404)
}

// Who may only look gets the same pages without a button.
func TestEdit_readOnly(t *testing.T) {
	o := open(t)
	p := article(t, o, "vase", "Vase")
	o.Role = authz.ReadOnly
	b := o.Browser(t)
	for _, page := range []string{"", "/variants"} {
		b.Get(list + "/" + p.ID.String() + page)
		b.WantStatus(200).WantNo(".save").WantNo("form[action$=options]").WantClean()
	}
	b.Post(list+"/"+p.ID.String(), map[string][]string{"rev": {"1"}, "name.fr": {"Mine"}, "price": {"1"}})
	b.WantStatus(403)
	b.Get(list)
	b.WantNo(".bulk").WantNo(`a[href$="/new"]`)
}
