package simulator_test

import (
	"io/fs"
	"net/url"
	"os"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/simulator"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

func open(t *testing.T) *officetest.Office {
	t.Helper()
	return office(t, checkout.Config{Calculators: shipping.Builtin()})
}

func office(t *testing.T, conf checkout.Config) *officetest.Office {
	t.Helper()
	words := []fs.FS{simulator.Locales, discount.Locales, shipping.Locales, pricing.Locales, tax.Locales}
	return officetest.Open(t, append(words, os.DirFS("../../tenant/checkout"), os.DirFS("../../tenant/cart")), func(*officetest.Office) []desk.Desk {
		return []desk.Desk{simulator.New(checkout.New(conf))}
	})
}

func mug(t *testing.T, o *officetest.Office) {
	t.Helper()
	err := catalog.Save(t.Context(), o.Shop, officetest.Who, &catalog.Product{Code: "mug", Kind: catalog.Physical, State: catalog.Draft, TaxClass: "standard", PriceGross: true,
		Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Tasse"}}, Variants: []catalog.Variant{{SKU: "MUG-1", Price: decimal.NewFromInt(20), Active: true}}})
	if err != nil {
		t.Fatal(err)
	}
}

// CAT-05: a typed cart is priced by the shop's own pipeline, a discount that is off being tried as if it
// were on, and every step is shown. Nothing is kept of it.
func TestTry(t *testing.T) {
	o := open(t)
	mug(t, o)
	off := discount.Off{Kind: discount.Rate, Rate: money.MustRate("10")}
	saved, err := promotion.Save(t.Context(), o.Shop, officetest.Who, promotion.Stored{Rule: discount.Rule{Name: i18n.Text{"en": "Hello"}, Off: off,
		Scope: discount.Scope{Of: discount.Order}, Codes: []string{"HELLO"}}})
	if err != nil {
		t.Fatal(err)
	}
	mode, err := shipping.Builtin().Save(t.Context(), o.Shop, officetest.Who, shipping.Stored{Active: true, Mode: shipping.Mode{Name: i18n.Text{"fr": "Poste"}, Calculator: "flat",
		Values: form.Values{"fee": form.TextValue("5.00")}}})
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(officetest.Base + "simulator?rule=" + saved.ID)
	b.WantStatus(200).WantClean().WantText(".alert", "10% off the whole order, with code HELLO.")
	b.Submit("main form", webtest.Values{"lines.0.sku": "MUG-1", "lines.0.qty": "3", "codes": "hello, nope", "country": "FR", "shipping": mode.ID})
	b.WantStatus(200).WantClean().WantText("tfoot tr", "Hello · HELLO").WantText("tfoot tr", "−€6.00").WantText("tfoot tr", "€60.00").
		WantText(".alert", "There is no code NOPE").WantText("main td", "Delivery").WantText("main td", "€60.00 with tax")
	b.Submit("main form", webtest.Values{"lines.0.qty": "many", "lines.1.sku": "SPOON"})
	b.WantStatus(422).WantClean().Want(`[name="lines.0.qty"][aria-invalid=true]`)
	b.Submit("main form", webtest.Values{"lines.0.qty": "2", "lines.1.sku": "SPOON"})
	b.WantStatus(422).WantClean().Want(`[name="lines.1.sku"][aria-invalid=true]`).
		WantText(".alert", "No article has the reference SPOON")
	b.Get(officetest.Base + "simulator?" + url.Values{"lines.0.sku": {"MUG-1"}, "lines.0.qty": {"1"}, "codes": {"hello"}}.Encode())
	b.WantStatus(200).WantText(".alert", "There is no code HELLO") // it is off
	var n int
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from carts").Scan(&n).Error }); err != nil || n != 0 {
		t.Errorf("%d carts, %v", n, err)
	}
}

// A shop without articles shows the form; an address that names no discount leads nowhere.
func TestTry_Empty(t *testing.T) {
	b := open(t).Browser(t)
	b.Get(officetest.Base + "simulator")
	b.WantStatus(200).WantClean().WantNo(".alert")
	b.Get(officetest.Base + "simulator?rule=0198c0de-0000-7000-8000-000000000001")
	b.WantStatus(404)
}

// PAY-08 PAY-09: a typed cart is paid with a mode; what the mode costs or saves stands in the sums and the steps, a mode
// that such a buyer is not offered is told.
func TestTry_Payment(t *testing.T) {
	o, modes := payable(t)
	mug(t, o)
	pay := func(name string, scope payment.Scope) string {
		t.Helper()
		saved, err := modes.Save(t.Context(), o.Shop, officetest.Who, payment.Draft{Kind: "cash_on_delivery", Names: i18n.Text{"fr": name}, Active: true,
			Locale: i18n.French, Scope: scope})
		if err != nil {
			t.Fatal(err)
		}
		return saved.ID.String()
	}
	two := decimal.NewFromInt(2)
	dear := pay("Contre remboursement", payment.Scope{Cost: payment.Cost{Fee: payment.Share{Fixed: two}, IncludesTax: true}, Zones: []shipping.Zone{{Country: "FR", Postcodes: []string{"75*"}}}})
	cheap := pay("Sur place", payment.Scope{Cost: payment.Cost{Rebate: payment.Share{Percent: two}, IncludesTax: true}})
	b := o.Browser(t)
	b.Get(officetest.Base + "simulator")
	b.WantClean().WantCount("[name=payment] option", 3)
	b.Submit("main form", webtest.Values{"lines.0.sku": "MUG-1", "lines.0.qty": "1", "country": "FR", "payment": dear})
	b.WantStatus(200).WantClean().WantText("tfoot tr", "Contre remboursement").WantText("tfoot", "€22.00").WantText("main td", "Payment")
	b.Submit("main form", webtest.Values{"postcode": "44000"})
	b.WantClean().WantText(".alert", "not offered to such a buyer").WantText("tfoot", "€20.00")
	b.Submit("main form", webtest.Values{"payment": cheap})
	b.WantNo(".alert:contains(offered)").WantText("tfoot", "€19.60").WantText("tfoot tr", "Sur place")
	profiles := settings.Profiles{Profiles: []profile.Profile{{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true, Payments: []string{dear}}}}
	if err := settings.Save(t.Context(), o.Shop, officetest.Who, profiles, 0); err != nil {
		t.Fatal(err)
	}
	b.Submit("main form", nil)
	b.WantText(".alert", "not offered to such a buyer")
}

func payable(t *testing.T) (*officetest.Office, *payment.Modes) {
	t.Helper()
	gateways, err := payment.NewGateways(offline.All()...)
	if err != nil {
		t.Fatal(err)
	}
	modes := payment.NewModes(gateways, gatewaytest.Ring(t))
	return office(t, checkout.Config{Calculators: shipping.Builtin(), Modes: modes}), modes
}
