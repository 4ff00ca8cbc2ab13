package shopsettings_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
)

// TestChoose: PAY-06 PGW-28 PGW-43, without script a merchant finds his bank by whatever name it has or had, sees what became of it,
// whether he needs a contract, and what a hundred costs where he has entered it.
func TestChoose(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(at("settings/payment/new?lang=" + string(l)))
		b.WantStatus(200).WantClean()
	}
	b.Get(at("settings/payment/new?lang=en"))
	b.WantText("main h3", "Banks: France").Want(`a[href$="/new/stripe"]`).Want(`a[href$="/new/cheque"]`)
	b.Submit("main form.filter", webtest.Values{"q": "CAISSE D'EPARGNE"})
	b.WantStatus(200).WantClean().Want(`a[href$="/new/systempay"]`).Want(`a[href$="/new/spplus"]`).WantNo(`a[href$="/new/stripe"]`).
		WantNo(`a[href$="/new/cheque"]`).WantText(`a[href$="/new/spplus"]`, "Ask your Caisse d’Épargne").Want(`input[name=q][value="CAISSE D'EPARGNE"]`)
	b.Submit("main form.filter", webtest.Values{"q": "sp plus"})
	b.WantText(`a[href$="/new/systempay"]`, "takes over from SP Plus").WantCount("main .choice", 2)
	b.Submit("main form.filter", webtest.Values{"q": "cyberplus"})
	b.WantText(`a[href$="/new/cyberplus"]`, "since 2011")
	b.Follow(`a[href$="/new/cyberplus"]`)
	b.WantText("main .alert", "No longer sold since 2011.").WantText("main .alert", "Systempay")

	b.Get(at("settings/payment/new?contract=without"))
	b.WantClean().WantText("main .alert", "ask your bank for").Want(`a[href$="/new/paypal"]`).Want(`a[href$="/new/transfer"]`).WantNo(`a[href$="/new/cic"]`).
		Want(`select[name=contract] option[value=without][selected]`)
	b.Get(at("settings/payment/new?contract=with"))
	b.WantNo(`a[href$="/new/paypal"]`).WantNo(`a[href$="/new/transfer"]`).Want(`a[href$="/new/cic"]`)
	b.Get(at("settings/payment/new?q=%3Cb%3Enobody"))
	b.WantClean().WantText("main", "Nothing matches “<b>nobody”.")

	if _, err := o.modes.Save(t.Context(), o.Shop, officetest.Who, payment.Draft{Kind: "systempay", Names: i18n.Text{"en": "Card"}, Test: true, Active: true, Locale: "en",
		Config: map[string][]string{"site": {"12345678"}, "key_test": {"1122334455667788"}, "hash": {"hmac"}, "capture": {"now"}},
		Scope:  payment.Scope{Provider: payment.Share{Fixed: decimal.RequireFromString("0.10"), Percent: decimal.RequireFromString("0.9")}}}); err != nil {
		t.Fatal(err)
	}
	b.Get(at("settings/payment/new"))
	b.WantText(`a[href$="/new/systempay"]`, "costs you €1.00 per €100.00")
}

// PAY-06: a mode is not offered to buyers without the keys it needs for what it is in, and the merchant reads what is missing beside
// the field; kept back, it may wait for them.
func TestPayment_keys(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	typed := webtest.Values{"mode-name.fr": "Carte", "mode-name.en": "Card", "secret_test": "sk_test_A"}
	b.Get(at("settings/payment/new/stripe"))
	b.Submit("main form.form", typed)
	b.WantStatus(422).WantClean().Want(`input[name="secret_live"][aria-invalid]`).WantText("main", "This key is needed to take money.").WantCount("main [aria-invalid]", 1)
	b.Get(at("settings/payment/new/stripe"))
	b.Submit("main form.form", with(with(with(typed, "mode-test", "1"), "secret_test", ""), "secret_live", "sk_live_A"))
	b.WantStatus(422).Want(`input[name="secret_test"][aria-invalid]`).WantText("main", "This key is needed in test mode.")
	if _, err := o.modes.Save(t.Context(), o.Shop, officetest.Who, payment.Draft{Kind: "stripe", Names: i18n.Text{"en": "Card"}, Locale: "en",
		Config: map[string][]string{"secret_test": {"sk_test_A"}, "capture": {"now"}, "page": {"hosted"}}}); err != nil {
		t.Fatal(err)
	}
	b.Get(at("settings/payment"))
	b.Submit(`form[action$="/switch"]`, nil)
	b.WantText(".alert, .flash", "Fill in what is missing")
}
