package shopsettings_test

import (
	"testing"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

// stocked is an office with an article for ten euros and a delivery for five.
func stocked(t *testing.T) *office {
	t.Helper()
	o := open(t)
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`with p as (insert into products (id, code, state, created_at, updated_at) values (gen_random_uuid(), 'mug', 'draft', now(), now()) returning id)
			insert into variants (id, product_id, sku, price, created_at, updated_at) select gen_random_uuid(), id, 'mug', 10, now(), now() from p`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = shipping.Builtin().Save(t.Context(), o.Shop, tenant.ByProgram, shipping.Stored{Active: true, Mode: shipping.Mode{
		Name: i18n.Text{"fr": "Colis"}, Calculator: "flat", Values: form.Values{"fee": form.TextValue("5.00")}}})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// CUR-01: the merchant looks first, at the proposed rate, with a comma in French; then everything is converted.
func TestConvert(t *testing.T) {
	o := stocked(t)
	o.bank = map[string]string{"CHF": "0.94"}
	b := o.Browser(t)
	b.Get(at("settings/currencies") + "?lang=fr")
	b.WantStatus(200).Want(`a[href$="/settings/currencies/convert"]`)
	b.Get(at("settings/currencies/convert") + "?lang=fr")
	b.WantStatus(200).WantClean()
	b.Submit("main form", webtest.Values{"to": "CHF"})
	b.WantStatus(200).WantClean().WantText("main", "9,40").WantText("main", "4,70")
	if got := b.Value("form[method=get] input[name=rate]"); got != "0,94" {
		t.Errorf("CUR-01: the rate of the bank stands in the form as %q", got)
	}
	if s := o.settings(t); s.Currencies.Management != "EUR" {
		t.Fatal("CUR-01: looking has changed the currency")
	}
	b.Submit("main form[method=get]", webtest.Values{"rate": "0,5", "step": "1", "ending": "0,95"})
	b.WantStatus(200).WantText("main", "4,95").WantText("main", "2,50")
	stale := map[string][]string{"to": {"CHF"}, "rate": {"0,5"}, "rev": {"7"}}
	b.Submit(`form[method=post][action$="/settings/currencies/convert"]`, webtest.Values{})
	b.WantStatus(200).WantText("main", "CHF")
	s := o.settings(t)
	if s.Currencies.Management != "CHF" || len(s.Currencies.Display) != 1 || s.Currencies.Display[0].Code != "EUR" || !s.Currencies.Display[0].Active {
		t.Errorf("CUR-01: %+v", s.Currencies)
	}
	if page := b.Post(at("settings/currencies/convert"), stale); page.Status != 409 && page.Status != 422 {
		t.Errorf("CUR-01: the same again is answered %d", page.Status)
	}
	// The list of currencies can still be saved, and remembers when its currency became what it is.
	b.Get(at("settings/currencies") + "?lang=fr")
	b.Submit("main form", webtest.Values{"display.0.rate": "1,06"})
	b.WantStatus(200)
	if after := o.settings(t).Currencies; after.Management != "CHF" || !after.Since.Equal(s.Currencies.Since) || after.Since.IsZero() {
		t.Errorf("CUR-01: %+v", after)
	}
}

// CUR-01: what cannot be is refused beside its field, and nothing typed is lost.
func TestConvert_refuses(t *testing.T) {
	o := stocked(t)
	b := o.Browser(t)
	for field, typed := range map[string]webtest.Values{
		"to":     {"to": "", "rate": "1"},
		"rate":   {"to": "CHF", "rate": "0"},
		"step":   {"to": "JPY", "rate": "160", "step": "0.05"},
		"ending": {"to": "CHF", "rate": "0.9", "step": "1", "ending": "2"},
	} {
		b.Get(at("settings/currencies/convert") + "?lang=en")
		b.Submit("main form", typed)
		b.WantStatus(422).WantClean().Want(`[name=` + field + `][aria-invalid]`)
	}
	b.Get(at("settings/currencies/convert") + "?lang=en")
	b.Submit("main form", webtest.Values{"to": "USD", "ending": "0.5"}) // the bank is silent
	b.WantStatus(422).WantText(".error", "No rate is known")
	if got := b.Value("form[method=get] input[name=ending]"); got != "0.5" {
		t.Errorf("what was typed is lost: %q", got)
	}
	for _, rate := range []string{"-1", "abc", "99999999999"} {
		if page := b.Get(at("settings/currencies/convert") + "?asked=1&to=CHF&rate=" + rate); page.Status != 422 {
			t.Errorf("CUR-01: a rate of %s is answered %d", rate, page.Status)
		}
	}
	if page := b.Get(at("settings/currencies/convert") + "?asked=1&to=EUR&rate=1.5"); page.Status != 422 {
		t.Errorf("CUR-01: the same currency is answered %d", page.Status)
	}
	b.Get(at("settings/currencies/convert") + "?asked=1&to=CHF&rate=0.5")
	b.WantStatus(200)
	// Somebody saves the currencies meanwhile.
	if err := settings.Save(t.Context(), o.Shop, tenant.ByProgram, settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{}}, o.settings(t).Rev(settings.NameCurrencies)); err != nil {
		t.Fatal(err)
	}
	b.Submit(`form[method=post][action$="/settings/currencies/convert"]`, webtest.Values{})
	b.WantStatus(409)
	if s := o.settings(t); s.Currencies.Management != "EUR" {
		t.Error("CUR-01: a stale preview was run")
	}
}

// CUR-01: only the owner may.
func TestConvert_permission(t *testing.T) {
	o := stocked(t)
	o.Role = authz.Manager
	b := o.Browser(t)
	if page := b.Get(at("settings/currencies/convert")); page.Status != 403 && page.Status != 404 {
		t.Errorf("a manager is answered %d", page.Status)
	}
	b.Get(at("settings/currencies"))
	b.WantStatus(200)
	if b.Count(`a[href$="/settings/currencies/convert"]`) != 0 {
		t.Error("he is led there all the same")
	}
}
