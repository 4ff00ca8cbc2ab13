package shopsettings_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
)

// TestPayment_standIn: PGW-45, a mode may name another that takes over; one that could not is refused beside its field, with
// what was typed, and the list says who stands in and when it no longer can.
func TestPayment_standIn(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	key := strings.Repeat("5ec4e7", 11)[:64]
	for _, name := range []string{"First", "Second"} {
		b.Get(at("settings/payment/new/testbank"))
		b.Submit("main form.form", webtest.Values{"mode-name.fr": name, "mode-name.en": name, "merchant": "SHOP-1", "key": key, "mode-test": true})
		b.WantStatus(200)
	}
	modes := o.paymentModes(t)
	first, second := modes[0].ID.String(), modes[1].ID.String()
	b.Get(at("settings/payment/new/cheque"))
	b.WantNo("[name=mode-stand_in]") // it calls no bank
	b.Get(at("settings/payment/" + first))
	b.WantText("main form.form", "Mode that stands in").WantText("main form.form", "It must cost the buyer the same").WantTexts("[name=mode-stand_in] option", "None: the buyer chooses himself", "Second")
	b.Submit("main form.form", webtest.Values{"mode-stand_in": second, "mode-rebate_percent": "2"})
	b.WantStatus(422).WantClean().WantText(".error", "costs the buyer something else").Want(`select[name=mode-stand_in][aria-invalid] option[value="` + second + `"][selected]`).
		Want(`input[name=mode-rebate_percent][value="2"]`)
	b.Submit("main form.form", webtest.Values{"mode-test": false, "mode-rebate_percent": ""})
	b.WantStatus(422).WantText(".error", "One is in test mode")
	b.Submit("main form.form", webtest.Values{"mode-test": true})
	b.WantStatus(200).WantPath("/shops/test/settings/payment").WantText("tbody", "stand-in: Second")
	if got := o.paymentModes(t)[0].Scope.StandIn.String(); got != second {
		t.Errorf("stored %s", got)
	}
	for _, l := range i18n.Shipped {
		b.Get(at("settings/payment/" + first + "?lang=" + string(l)))
		b.WantClean().Want(`select[name=mode-stand_in] option[value="` + second + `"][selected]`)
	}
	b.Get(at("settings/payment/" + second + "?lang=en"))
	b.Submit("main form.form", webtest.Values{"mode-rebate_percent": "3"})
	b.WantStatus(200).WantText("tbody", "“Second” can no longer stand in")
	b.Submit(`form[action$="`+first+`/switch"] button`, nil)
	b.WantStatus(200).WantPath("/shops/test/settings/payment")
	if o.paymentModes(t)[0].Active {
		t.Error("a mode whose stand-in no longer fits cannot be switched off")
	}
	b.Get(at("settings/payment/" + second + "/remove"))
	b.Submit("main form", nil)
	if left := o.paymentModes(t); len(left) != 1 || !left[0].Scope.StandIn.IsZero() {
		t.Errorf("after the stand-in was removed: %+v", left)
	}
}
