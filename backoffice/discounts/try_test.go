package discounts_test

import (
	"testing"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
)

// tryIt is the button that tries what is typed.
const tryIt = `button[formaction$="/try"]`

// DSC-02 CAT-05: a new discount is tried as it is typed: the simulator prices a cart with it, keeps it while the cart
// is changed, and nothing is stored. It opens beside the form, where what was typed stays.
func TestTry_New(t *testing.T) {
	o := open(t)
	_, below := stock(t, o)
	b := o.Browser(t)
	b.Get(at("discounts/new/subfamily"))
	b.Want(tryIt + `[formtarget="_blank"]`)
	typed := webtest.Values{"name.fr": "Soldes", "name.en": "Sale", "kind": "rate", "rate": "10", "families": []string{below.ID.String()}, "limit_total": "5"}
	b.Submit(tryIt, typed)
	b.WantStatus(200).WantClean().WantText(".alert", "10% off").WantText("tfoot", "€18.00").WantText("main tr", "Sale")
	b.Submit("main form", webtest.Values{"lines.0.sku": "MUG-1", "lines.0.qty": "3"})
	b.WantStatus(200).WantClean().WantText("tfoot", "€54.00").WantText(".alert", "10% off")
	b.Submit("main form", webtest.Values{"lines.0.qty": "many"})
	b.WantStatus(422).WantClean().Want(`[name="lines.0.qty"][aria-invalid=true]`).WantText(".alert", "10% off")
	if got := rules(t, o); len(got) != 0 {
		t.Errorf("stored %+v", got)
	}
	b.Post(at("simulator"), map[string][]string{"draft": {"{}"}, "lines.0.sku": {"MUG-1"}})
	b.WantStatus(404)
}

// DSC-02: a stored discount is tried with what was changed in its form, in place of what is stored; what can be no
// discount comes back as it would on saving.
func TestTry_Changed(t *testing.T) {
	o := open(t)
	stock(t, o)
	saved, err := promotion.Save(t.Context(), o.Shop, officetest.Who, promotion.Stored{Active: true, Rule: discount.Rule{Name: i18n.Text{"en": "Sale"},
		Off: discount.Off{Kind: discount.Rate, Rate: money.MustRate("10")}, Scope: discount.Scope{Of: discount.Order}, Codes: []string{"SALE"}}})
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(at("discounts/" + saved.ID))
	b.Submit(tryIt, webtest.Values{"rate": "much"})
	b.WantStatus(422).WantClean().Want(`[name=rate][value=much][aria-invalid=true]`)
	b.Get(at("discounts/" + saved.ID))
	b.Submit(tryIt, webtest.Values{"rate": "150"})
	b.WantStatus(422).Want(`[name=rate][aria-invalid=true]`)
	b.Get(at("discounts/" + saved.ID))
	b.Submit(tryIt, webtest.Values{"rate": "50"})
	b.WantStatus(200).WantText("tfoot", "€10.00").WantCount("tfoot tr:contains(Sale)", 1)
	if got := rules(t, o); len(got) != 1 || got[0].Off.Rate.Percent().String() != "10" || got[0].Rev != saved.Rev {
		t.Errorf("stored %+v", got)
	}
}
