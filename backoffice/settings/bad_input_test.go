package shopsettings_test

import (
	"net/url"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
)

// typedSo is 1234.56 as people of each language type it: with the signs of their keyboards, with groups and without.
var typedSo = []struct{ language, text string }{
	{"fr", "1 234,56"}, {"fr", "1\u202f234,56"}, {"fr", "1234,56"}, {"fr", "1234.56"}, {"fr", "1.234,56"},
	{"en", "1,234.56"}, {"en", "1234.56"}, {"en", "1234,56"}, {"en", "1.234,56"},
	{"es", "1.234,56"}, {"es", "1234,56"}, {"es", "1 234,56"}, {"es", "1,234.56"},
	{"de", "1.234,56"}, {"de", "1234,56"}, {"de", "1’234.56"}, {"de", "1,234.56"},
}

var typedNumber = decimal.RequireFromString("1234.56")

// Bad input: a decimal comma or point by language: rates of currencies, weights and fees of shipping, fees of ways to
// pay and percentages are read as they are typed in each language, and shown again in the same.
func TestBadInput_NumbersByLanguage(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, tt := range typedSo {
		t.Run("Bad input: "+tt.language+" "+tt.text, func(t *testing.T) {
			b := b.In(t)
			lang := "?lang=" + tt.language
			b.Get(at("settings/currencies") + lang)
			b.Submit("main form", webtest.Values{"display.0.code": "KRW", "display.0.rate": tt.text})
			b.WantStatus(200)
			if got := o.settings(t).Currencies.Display[0].Rate; got != typedNumber.String() {
				t.Errorf("a rate of %s", got)
			}
			b.Get(at("settings/shipping/new/weight_scale") + lang)
			b.Submit("main form", webtest.Values{"mode-name.fr": "Poste", "mode-name.en": "Post", "rows.0.up_to": tt.text, "rows.0.value": tt.text, "beyond": "none"})
			b.WantStatus(200)
			modes := o.shippingModes(t)
			b.Get(at("settings/shipping/"+modes[len(modes)-1].ID) + "?lang=en")
			for _, field := range []string{"rows.0.up_to", "rows.0.value"} {
				if got := b.Value(`input[name="` + field + `"]`); got != typedNumber.String() {
					t.Errorf("%s is %q", field, got)
				}
			}
			b.Get(at("settings/payment/new/cash_on_delivery") + lang)
			b.Submit("main form", webtest.Values{"mode-name.fr": "Remboursement", "mode-name.en": "Cash", "mode-fee_fixed": tt.text, "mode-cost_side": "gross"})
			b.WantStatus(200)
			ways := o.paymentModes(t)
			if got := ways[len(ways)-1].Scope.Cost.Fee.Fixed; !got.Equal(typedNumber) {
				t.Errorf("a fee of %s", got)
			}
		})
	}
	for language, text := range map[string]string{"fr": "5,5", "en": "5.5", "es": "5,5", "de": "5,5"} {
		b.Get(at("settings/rates") + "?lang=" + language)
		b.Submit("main form", webtest.Values{"own.0.territory": "FR", "own.0.class": "reduced", "own.0.rate": text, "own.0.from": "2026-01-01"})
		b.WantStatus(200)
		if got := o.settings(t).Tax.Own[0].Rate.Percent().String(); got != "5.5" {
			t.Errorf("LAW-04 in %s: a rate of %s %%", language, got)
		}
		if got := b.Value(`input[name="own.0.rate"]`); got != text {
			t.Errorf("LAW-04 in %s shown again as %q", language, got)
		}
	}
}

// Bad input: numbers that cannot be meant are refused beside their field, in the words of it, and what was typed stays.
func TestBadInput_Absurd(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, form := range []struct {
		page, field string
		values      webtest.Values
		typed       []string
	}{
		{"settings/currencies", "display.0.rate", webtest.Values{"display.0.code": "USD"}, []string{"-1", "0", "1e9", "1.1.1", "a lot", "1234567890123456"}},
		{"settings/currencies", "display.0.ending", webtest.Values{"display.0.code": "USD", "display.0.rate": "1"}, []string{"-0.05", "1.95", "0.955", ".995", "x"}},
		{"settings/currencies", "display.0.ending", webtest.Values{"display.0.code": "JPY", "display.0.rate": "160"}, []string{".95", ".5"}}, // CUR-02: it has no decimals
		{"settings/rates", "own.0.rate", webtest.Values{"own.0.territory": "FR", "own.0.class": "reduced", "own.0.from": "2026-01-01"},
			[]string{"-1", "101", "5.12345", "1e1", "five"}},
		{"settings/shipping/new/flat", "fee", webtest.Values{"mode-name.fr": "Poste", "mode-name.en": "Post"}, []string{"-1", "1e3", "99999999999999999", "1.23456", "free"}},
		{"settings/shipping/new/coefficient", "mode-max_parcel", webtest.Values{"mode-name.fr": "Poste", "mode-name.en": "Post", "per_unit": "5"}, []string{"-1", "heavy", "1e1"}},
		{"settings/shipping/new/flat", "mode-insurance_rate", webtest.Values{"mode-name.fr": "Poste", "mode-name.en": "Post", "fee": "5"}, []string{"-1", "101", "much"}},
		{"settings/payment/new/cash_on_delivery", "mode-fee_fixed", webtest.Values{"mode-name.en": "Cash"}, []string{"-1", "1.23456", "1e3", "99999999999999999"}},
		{"settings/payment/new/cash_on_delivery", "mode-fee_percent", webtest.Values{"mode-name.en": "Cash"}, []string{"-1", "101", "x"}},
		{"settings/payment/new/cash_on_delivery", "mode-rebate_percent", webtest.Values{"mode-name.en": "Cash"}, []string{"-1", "101"}},
		{"settings/payment/new/cash_on_delivery", "mode-least", webtest.Values{"mode-name.en": "Cash"}, []string{"-1", "x"}},
		{"settings/stock", "low_at", nil, []string{"-1", "1.5", "99999999999"}},
		{"settings/stock", "hold_minutes", nil, []string{"-1", "0", "99999999999"}},
	} {
		for _, typed := range form.typed {
			t.Run("Bad input: "+form.field+" "+typed, func(t *testing.T) {
				b := b.In(t)
				b.Get(at(form.page) + "?lang=en")
				values := webtest.Values{form.field: typed}
				for name, value := range form.values {
					values[name] = value
				}
				b.Submit("main form", values)
				b.WantStatus(422).WantClean().Want(`[name="` + form.field + `"][aria-invalid]`)
				if got := b.Value(`[name="` + form.field + `"]`); got != typed {
					t.Errorf("the field holds %q", got)
				}
				for name, value := range form.values {
					if got := b.Value(`[name="` + name + `"]`); got != value {
						t.Errorf("%s is lost: %q", name, got)
					}
				}
			})
		}
	}
	if len(o.shippingModes(t)) != 0 || len(o.settings(t).Currencies.Display) != 0 || len(o.settings(t).Tax.Own) != 0 {
		t.Error("something refused was stored")
	}
}

// Bad input: what no page of ours sends does no harm either.
func TestBadInput_Tampered(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for path, fields := range map[string]url.Values{
		"settings/currencies":        {"rev": {"0"}, "display.999999999.code": {"USD"}, "display.999999999.rate": {"1"}},
		"settings/rates":             {"rev": {"0"}, "own.0.rate": {"\x00"}, "own.0.class": {"none"}, "own.0.territory": {"Atlantis"}, "own.0.from": {"2026-01-01"}},
		"settings/shipping/new/flat": {"fee": {"5", "6"}, "mode-name.fr": {"\xff"}},
	} {
		if got := b.Post(at(path), fields).Status; got < 400 || got >= 500 {
			t.Errorf("%s answers %d", path, got)
		}
	}
}
