package stockroom_test

import (
	"io/fs"
	"os"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	stockroom "echoppe.dev/backoffice/stock"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

// office is the desk in the office of a shop that sells.
type office struct {
	*officetest.Office
	*checkouttest.Stage
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Stage: checkouttest.New(t, checkout.Reactions{})}
	words := []fs.FS{stockroom.Locales, os.DirFS("../../tenant/supply")}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk { return []desk.Desk{stockroom.New()} })
	o.Office.Shop = o.Stage.Shop
	return o
}

// goods puts an article on the shelf.
func (o *office) goods(name string, onHand, least, lot int) stock.VariantID {
	return o.Sell(&catalog.Product{Code: name, Texts: map[i18n.Locale]catalog.Text{"fr": {Name: name}},
		Variants: []catalog.Variant{{SKU: name, Barcode: "400" + name, Price: decimal.NewFromInt(10), Active: true, Tracked: true,
			OnHand: onHand, LowAt: least, Reorder: lot}}})
}

func at(path string) string { return officetest.Base + path }

func TestRoutes(t *testing.T) {
	t.Parallel()
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

// LANG-01
func TestLocales(t *testing.T) { i18ntest.Complete(t, stockroom.Locales, "locales") }

// STK-03: from the list of what is to be ordered to the shelf.
func TestReorder(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("stock"))
	b.WantStatus(200).WantClean().WantText(".empty-title", "No articles yet")
	mug, bowl := o.goods("Mug", 2, 5, 12), o.goods("Bol", 9, 5, 10)
	b.Get(at("stock?show=wanted"))
	b.WantClean().WantCount("tbody tr", 1).WantText("tbody tr", "12")

	b.Get(at("stock/suppliers/new"))
	b.WantClean().Submit("main form", webtest.Values{"name": "", "email": "nobody"})
	b.WantStatus(422).WantClean().WantCount("[aria-invalid]", 2)
	b.Submit("main form", webtest.Values{"name": "Nord", "email": "nord@example.com", "days": "5", "address.line1": "1 quai", "address.postcode": "59000", "address.city": "Lille", "address.country": "FR"})
	b.WantStatus(200).WantText("tbody th", "Nord")
	b.Follow("tbody th a")
	b.WantClean()

	b.Get(at("stock/variants/" + mug.String()))
	b.WantStatus(200).WantClean()
	b.Submit(`form[action$="/source"]`, webtest.Values{"supplier": b.Attr(`#f-supplier option:nth-child(2)`, "value"), "ref": "N-1", "price": "4.50"})
	b.WantStatus(200).WantText(".alert", "Saved")

	b.Get(at("stock?show=wanted"))
	b.Submit(`form[action$="/orders/make"]`, nil)
	b.WantStatus(200).WantClean().WantText(".page-head .badge", "draft").WantText("main", "54")
	b.Submit("main form.form", webtest.Values{"add": "nothing"})
	b.WantStatus(422).WantClean().WantText(".error", "nothing")
	b.Submit("main form.form", webtest.Values{"add": "400Bol", "line.0.qty": "10"})
	b.WantStatus(200).WantText("main", "Bol")
	order := b.Path()
	b.Get(order + "/print")
	b.WantStatus(200).WantClean().WantText("main", "N-1").WantText("main", "Lille")
	b.Get(order)
	b.Submit(`form[action$="/send"]`, nil)
	b.WantStatus(200).WantText(".page-head .badge", "ordered").WantText(".alert", "placed")
	if f := o.Figures(mug); f.OnOrder != 10 {
		t.Errorf("on order %+v", f)
	}
	t.Run("STK-08 scanned piece by piece, posted once", func(t *testing.T) {
		b := b.In(t)
		b.Get(order + "/receive")
		b.WantStatus(200).WantClean()
		for range 2 {
			b.Submit("main form.form", webtest.Values{"scan": "400mug"})
			b.WantStatus(200).WantClean()
		}
		if got := b.Value(`[name="line.0.qty"]`); got != "2" {
			t.Fatalf("%s counted", got)
		}
		b.Submit("main form.form", webtest.Values{"scan": "stranger"})
		b.WantStatus(422).WantClean().WantText(".error", "stranger")
		if got := b.Value(`[name="line.0.qty"]`); got != "2" {
			t.Fatalf("what was counted is lost: %q", got)
		}
		b.Submit(`button[value="post"]`, webtest.Values{"line.0.cost": "4.20", "number": "BL-1"})
		b.WantStatus(200).WantText(".page-head .badge", "partly received").WantText(".timeline", "BL-1")
		if f := o.Figures(mug); f.Current != 4 || f.OnOrder != 8 {
			t.Errorf("figures %+v", f)
		}
		b.Get(order + "/receive")
		b.Submit(`button[value="post"]`, nil)
		b.WantStatus(422).WantClean()
		b.Submit(`button[value="all"]`, nil)
		if got := b.Value(`[name="line.0.qty"]`); got != "8" {
			t.Errorf("%s awaited", got)
		}
		b.WantNo(`[name="more"]`)
		b.Submit(`button[value="post"]`, webtest.Values{"line.0.qty": "999"})
		b.WantStatus(422).WantClean().Want(`[name="line.0.qty"][aria-invalid]`)
		if f := o.Figures(mug); f.Current != 4 {
			t.Errorf("nobody was asked: %+v", f)
		}
		b.Submit(`button[value="post"]`, webtest.Values{"line.0.qty": "9", "more": true})
		b.WantStatus(200)
		if f := o.Figures(mug); f.Current != 13 || f.OnOrder != 0 {
			t.Errorf("more came: %+v", f)
		}
	})
	b.Get(order + "/end")
	b.WantClean().Submit("main form", nil)
	b.WantStatus(200).WantText(".page-head .badge", "received")
	if f := o.Figures(bowl); f.OnOrder != 0 {
		t.Errorf("on order %+v", f)
	}
	b.Get(at("stock/orders"))
	b.WantClean().WantCount("tbody tr", 1)
}

// STK-02: corrections with their reason, and the ledger that tells them.
func TestCorrect(t *testing.T) {
	t.Parallel()
	o := open(t)
	mug := o.goods("Mug", 10, 5, 12)
	b := o.Browser(t)
	page := at("stock/variants/" + mug.String())
	for _, step := range []struct {
		why, qty string
		status   int
		want     int
	}{{"loss", "3", 200, 7}, {"found", "1", 200, 8}, {"count", "5", 200, 5}, {"loss", "9", 422, 5}, {"count", "", 422, 5}, {"count", "-1", 422, 5}} {
		b.Get(page)
		b.Submit(`form[action$="/correct"]`, webtest.Values{"why": step.why, "qty": step.qty, "note": "inventory"})
		b.WantStatus(step.status).WantClean()
		if f := o.Figures(mug); f.Current != step.want {
			t.Errorf("%s %s: %d on hand, want %d", step.why, step.qty, f.Current, step.want)
		}
	}
	for _, l := range i18n.Shipped {
		b.Get(page + "?lang=" + string(l))
		b.WantStatus(200).WantClean().WantText("tbody", "inventory")
	}
	o.Role = authz.ReadOnly
	b.Get(page)
	b.WantNo("main form[method=post]")
	if got := b.Post(page+"/correct", nil).Status; got != 403 {
		t.Errorf("SEC-05 a reader corrects: %d", got)
	}
}

// STK-04, STK-05: pre-orders of an article, and the two alerts as lists.
func TestArticleAndAlerts(t *testing.T) {
	t.Parallel()
	o := open(t)
	mug, bowl := o.goods("Mug", 4, 5, 12), o.goods("Bol", 0, 5, 10)
	var product catalog.ProductID
	o.Read(func(tx tenant.Tx) error {
		i, err := supply.FindItem(tx, mug, "fr")
		product = i.Product
		return err
	})
	b := o.Browser(t)
	b.Get(at("stock?show=low"))
	b.WantClean().WantCount("tbody tr", 1).WantText("tbody th", "Mug")
	b.Get(at("stock?show=out"))
	b.WantClean().WantCount("tbody tr", 1).WantText("tbody th", "Bol").WantText("tbody", "sold out")
	b.Get(at("stock?q=400Bol"))
	b.WantCount("tbody tr", 1)

	page := at("stock/articles/" + product.String())
	b.Get(page)
	b.WantStatus(200).WantClean()
	b.Submit("main form.form", webtest.Values{"allowed": true})
	b.WantStatus(422).WantClean().Want("#f-on[aria-invalid]")
	b.Submit("main form.form", webtest.Values{"on": "2035-03-01", "allowed": true, "limit": "3"})
	b.WantStatus(200).WantClean()
	var found []*catalog.Product
	o.Read(func(tx tenant.Tx) (err error) {
		found, err = catalog.FindAll(tx, []catalog.ProductID{product})
		return err
	})
	if p := found[0]; p.Preorder != 3 || p.AvailableOn == nil {
		t.Errorf("article %+v", p)
	}
	b.Submit("main form.form", webtest.Values{"on": "2035-03-01", "allowed": true, "charge": "percent", "deposit": "120"})
	b.WantStatus(422).WantClean().Want("#f-deposit[aria-invalid]")
	b.Submit("main form.form", webtest.Values{"on": "2035-03-01", "allowed": true, "charge": "percent", "deposit": "25.5"})
	b.WantStatus(200).WantClean().Want(`#f-deposit[value="25.5"]`)
	o.Read(func(tx tenant.Tx) (err error) {
		found, err = catalog.FindAll(tx, []catalog.ProductID{product})
		return err
	})
	if got := found[0].Terms; got.Kind != deposit.Percent || got.Value.String() != "25.5" {
		t.Errorf("STK-04 terms %+v", got)
	}
	_ = bowl
}
