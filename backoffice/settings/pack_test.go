package shopsettings_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

// priced gives the shop an article, so that its currency stays.
func (o *office) priced(t *testing.T) {
	t.Helper()
	err := catalog.Save(t.Context(), o.Shop, officetest.Who, &catalog.Product{Code: "mug", Kind: catalog.Physical, State: catalog.Draft, Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Tasse"}},
		Variants: []catalog.Variant{{SKU: "MUG", Price: decimal.NewFromInt(24)}}})
	if err != nil {
		t.Fatal(err)
	}
}

const packForm = `form[method=post][action$="/settings/pack"]`

// CUR-01 SHP-01: a shop in euros prepares for Switzerland: the fees come in euros at the rate of the central bank, which
// the preview says, and so do the tables.
func TestPack_converted(t *testing.T) {
	o := open(t)
	o.priced(t)
	o.bank = map[string]string{"CHF": "0.94"}
	b := o.Browser(t)
	b.Get(at("settings/pack?country=CH"))
	b.WantClean().WantText("#fees", "converted at 1 CHF = 1.06383 EUR").WantText("main", "€9.00").WantNoText("Not prepared").WantNoText("EUR → CHF")
	b.Submit(packForm, nil)
	b.WantStatus(200).WantClean().WantText(".alert", "The shop is prepared.").Want("#ready")
	modes := o.shippingModes(t)
	if len(modes) != 2 || modes[0].Values.Rows("rows")[0].Text("value") != "9.00" {
		t.Errorf("%+v", modes)
	}
}

// Without a rate the page says before and after which parts are not prepared, why, and leads to where that is mended, in
// every language; with the shop's own rate they are.
func TestPack_withoutRate(t *testing.T) {
	o := open(t)
	o.priced(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(at("settings/pack?country=CH&lang=" + string(l)))
		b.WantStatus(200).WantClean().WantText(".alert", "CHF").Want(`main a[href$="/settings/currencies"]`).Want(`main a[href$="/settings/shipping/new"]`)
		if text := b.Text("main"); strings.Contains(text, "setup.") {
			t.Errorf("LANG-01 in %s: %s", l, text)
		}
	}
	b.Get(at("settings/pack?country=CH&lang=en"))
	b.WantText(".alert", "Not prepared: “Parcel in Switzerland”, “Parcel to the European Union”").WantText(".alert", "no exchange rate is known")
	b.Submit(packForm, nil)
	b.WantStatus(200).WantClean().WantText(".flashes", "The rest is prepared.").WantText("main .panel .alert", "Not prepared: “Parcel in Switzerland”").
		WantNoText("The shop is prepared.").WantNo("#ready").WantText("#rest", "The rest is ready")
	if n := len(o.shippingModes(t)); n != 0 {
		t.Errorf("%d ways to deliver", n)
	}
	b.Follow(`main a[href$="/settings/currencies"]`)
	b.Submit("main form", webtest.Values{"display.0.code": "CHF", "display.0.rate": "0.95"})
	b.WantStatus(200)
	b.Get(at("settings/pack?country=CH"))
	b.WantText("#fees", "1 CHF = 1.052632 EUR")
	b.Submit(packForm, nil)
	b.WantText(".alert", "The shop is prepared.")
	if n := len(o.shippingModes(t)); n != 2 {
		t.Errorf("%d ways to deliver", n)
	}
}

// A shop that could change its currency and does not tick it is told the same.
func TestPack_currencyKept(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/pack?country=GB"))
	b.WantClean().WantText("#fees", "If the shop stays in EUR, the delivery methods are not prepared")
	b.Submit(packForm, webtest.Values{"items": []string{"delivery.home"}})
	b.WantStatus(200).WantText(".flashes", "Not prepared: “Parcel in the United Kingdom”").WantNoText("prepared.")
	o.bank = map[string]string{"GBP": "0.85"}
	b.Get(at("settings/pack?country=GB"))
	b.WantClean().WantText("#fees", "If the shop stays in EUR, the fees are converted at 1 GBP = 1.176471 EUR")
	b.Submit(packForm, webtest.Values{"items": []string{"delivery.home"}})
	b.WantText(".alert", "The shop is prepared.")
	if modes := o.shippingModes(t); len(modes) != 1 || modes[0].Values.Rows("rows")[0].Text("value") != "4.60" {
		t.Errorf("%+v", modes)
	}
}
