package stockroom_test

import (
	"strconv"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/supply"
)

// Bad input: what was counted on the shelf is read with the groups of the reader's language; what reads otherwise
// there, is negative or is no count is refused beside its field, and nothing is written.
func TestBadInput_Counts(t *testing.T) {
	t.Parallel()
	o := open(t)
	mug := o.goods("Mug", 10, 0, 0)
	b := o.Browser(t)
	page := at("stock/variants/" + mug.String())
	last := 10
	for _, tt := range []struct {
		language, typed string
		want            int // -1 for refused
	}{
		{"fr", "1 200", 1200}, {"fr", "1\u202f201", 1201}, {"fr", "1.200", -1}, {"fr", "1,200", -1},
		{"en", "1,202", 1202}, {"en", "1.5", -1}, {"es", "1.203", 1203}, {"de", "1.204", 1204}, {"de", "1.2", -1},
		{"en", "-1", -1}, {"en", "1e3", -1}, {"en", "99999999999", -1}, {"en", "a dozen", -1},
	} {
		t.Run("Bad input: "+tt.language+" "+tt.typed, func(t *testing.T) {
			b := b.In(t)
			b.Get(page + "?lang=" + tt.language)
			b.Submit(`form[action$="/correct"]`, webtest.Values{"why": "count", "qty": tt.typed, "note": "inventaire"})
			if tt.want < 0 {
				b.WantStatus(422).WantClean().Want(`[name=qty][aria-invalid]`)
				if b.Value("[name=qty]") != tt.typed || b.Value("[name=note]") != "inventaire" {
					t.Errorf("what was typed is lost: %q, %q", b.Value("[name=qty]"), b.Value("[name=note]"))
				}
			} else {
				b.WantStatus(200)
				last = tt.want
			}
			if f := o.Figures(mug); f.Current != last {
				t.Errorf("%d on hand, want %d", f.Current, last)
			}
		})
	}
}

// Bad input: what is due with a pre-order, and how many can be reserved, by language; what cannot be meant is refused
// beside its field.
func TestBadInput_Terms(t *testing.T) {
	t.Parallel()
	o := open(t)
	mug := o.goods("Mug", 4, 0, 0)
	var product catalog.ProductID
	o.Read(func(tx tenant.Tx) error {
		i, err := supply.FindItem(tx, mug, "fr")
		product = i.Product
		return err
	})
	b := o.Browser(t)
	page := at("stock/articles/" + product.String())
	for _, tt := range []struct{ language, charge, deposit, limit, want, refused string }{
		{"fr", "percent", "25,5", "1 000", "25.5", ""}, {"de", "percent", "25,5", "1.000", "25.5", ""}, {"en", "percent", "25.5", "1,000", "25.5", ""},
		{"fr", "amount", "1 234,56", "1000", "1234.56", ""}, {"es", "amount", "1.234,57", "1.000", "1234.57", ""},
		{"en", "percent", "-1", "5", "", "deposit"}, {"en", "percent", "0", "5", "", "deposit"}, {"en", "percent", "100", "5", "", "deposit"},
		{"en", "percent", "1e1", "5", "", "deposit"}, {"en", "amount", "-1", "5", "", "deposit"}, {"en", "amount", "", "5", "", "deposit"},
		{"en", "percent", "25", "-1", "", "limit"}, {"en", "percent", "25", "1.5", "", "limit"}, {"en", "percent", "25", "99999999999", "", "limit"},
	} {
		t.Run("Bad input: "+tt.language+" "+tt.charge+" "+tt.deposit+" "+tt.limit, func(t *testing.T) {
			b := b.In(t)
			b.Get(page + "?lang=" + tt.language)
			b.Submit("main form.form", webtest.Values{"on": "2035-03-01", "allowed": true, "limit": tt.limit, "charge": tt.charge, "deposit": tt.deposit})
			if tt.refused != "" {
				b.WantStatus(422).WantClean().Want(`[name=` + tt.refused + `][aria-invalid]`)
				if b.Value("[name=deposit]") != tt.deposit || b.Value("[name=limit]") != tt.limit {
					t.Errorf("what was typed is lost: %q, %q", b.Value("[name=deposit]"), b.Value("[name=limit]"))
				}
				return
			}
			b.WantStatus(200)
			o.Read(func(tx tenant.Tx) error {
				found, err := catalog.FindAll(tx, []catalog.ProductID{product})
				if err == nil && (found[0].Terms.Value.String() != tt.want || found[0].Preorder != 1000) {
					t.Errorf("stored %+v, %d", found[0].Terms, found[0].Preorder)
				}
				return err
			})
		})
	}
}

// Bad input: a piece is scanned into a field in which something was typed: a count goes on from there, in the reader's
// language; what is no count stays, and is told.
func TestBadInput_Scan(t *testing.T) {
	t.Parallel()
	o := open(t)
	mug := o.goods("Mug", 2, 5, 2000)
	b := o.Browser(t)
	b.Get(at("stock/suppliers/new"))
	b.Submit("main form", webtest.Values{"name": "Nord", "email": "nord@example.com", "address.line1": "1 quai", "address.postcode": "59000", "address.city": "Lille", "address.country": "FR"})
	b.Get(at("stock/variants/" + mug.String()))
	b.Submit(`form[action$="/source"]`, webtest.Values{"supplier": b.Attr(`#f-supplier option:nth-child(2)`, "value")})
	b.Get(at("stock?show=wanted"))
	b.Submit(`form[action$="/orders/make"]`, nil)
	order := b.Path()
	b.Submit(`form[action$="/send"]`, nil)
	b.WantStatus(200)
	for typed, want := range map[string]string{"1 000": "1001", "1\u202f000": "1001", "": "1", "une": "", "1,5": "", "-2": ""} {
		t.Run("Bad input: "+strconv.Quote(typed), func(t *testing.T) {
			b := b.In(t)
			b.Get(order + "/receive?lang=fr")
			b.Submit("main form.form", webtest.Values{"scan": "400mug", "line.0.qty": typed})
			if want == "" {
				b.WantStatus(422).WantClean().Want(`[name="line.0.qty"][aria-invalid]`)
				want = typed
			}
			if got := b.Value(`[name="line.0.qty"]`); got != want {
				t.Errorf("the field holds %q, want %q", got, want)
			}
		})
	}
	if f := o.Figures(mug); f.Current != 2 {
		t.Errorf("%d on hand before anything was posted", f.Current)
	}
}
