package shopsettings_test

import (
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
)

// TestPayment_saves: PGW-32, the merchant says whether customers may have their card kept, where the bank can; nobody offers it
// unless he says so.
func TestPayment_saves(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/payment/new/cheque"))
	b.WantNo("[name=mode-saves]")
	b.Get(at("settings/payment/new/stripe"))
	b.WantNo("[name=mode-saves][checked]").WantCount("[name=mode-saves]", 1)
	b.Submit("main form", webtest.Values{"mode-name.fr": "Carte", "mode-name.en": "Card", "secret_test": "x", "mode-test": true, "mode-saves": true})
	b.WantStatus(422).Want("[name=mode-saves][checked]")
	b.Submit("main form", webtest.Values{"secret_test": "sk_test_ONE", "hook_test": "whsec_ONE"})
	b.WantStatus(200)
	mode := o.paymentModes(t)[0]
	if !mode.Scope.Saves {
		t.Fatalf("stored %+v", mode.Scope)
	}
	for _, l := range i18n.Shipped {
		b.Get(at("settings/payment/" + mode.ID.String() + "?lang=" + string(l)))
		b.WantClean().Want("[name=mode-saves][checked]")
	}
	b.Submit("main form:has([name=mode-saves])", webtest.Values{"mode-saves": false})
	b.WantStatus(200)
	if o.paymentModes(t)[0].Scope.Saves {
		t.Error("still offered")
	}
}
