package shopsettings_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
)

// shows gives the shop display currencies.
func (o *office) shows(t *testing.T, list ...settings.DisplayCurrency) {
	t.Helper()
	doc := settings.Currencies{Management: "EUR", Display: list}
	if err := settings.Save(t.Context(), o.Shop, tenant.ByProgram, doc, o.settings(t).Rev(settings.NameCurrencies)); err != nil {
		t.Fatal(err)
	}
}

func (o *office) write(t *testing.T, sql ...string) {
	t.Helper()
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		for _, one := range sql {
			if err := tx.DB().Exec(one).Error; err != nil {
				return err
			}
		}
		tx.Touch()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

const (
	someCarts = `insert into carts (id, digest, lines, display, created_at, updated_at, expires_at) values
		(gen_random_uuid(), 'a', '[{"qty": 1}]', 'USD', now(), now(), now() + interval '1 day'),
		(gen_random_uuid(), 'b', '[{"qty": 1}]', 'USD', now(), now(), now() + interval '1 day'),
		(gen_random_uuid(), 'c', '[]', 'USD', now(), now(), now() + interval '1 day'),
		(gen_random_uuid(), 'd', '[{"qty": 1}]', 'USD', now(), now(), now() - interval '1 day'),
		(gen_random_uuid(), 'e', '[{"qty": 1}]', 'EUR', now(), now(), now() + interval '1 day')`
	someModes = `insert into payment_modes (id, kind, names, scope, active, position, created_at, updated_at) values
		(gen_random_uuid(), 'transfer', '{"en":"Transfer"}', '{"currencies": ["USD", "EUR"]}', true, 1, now(), now()),
		(gen_random_uuid(), 'cheque', '{"en":"Cheque"}', '{"currencies": ["USD"]}', true, 2, now(), now()),
		(gen_random_uuid(), 'cash_on_delivery', '{"en":"Cash"}', '{}', true, 3, now(), now())`
)

// CUR-02 CUR-03: before a currency goes that carts are shown in and payments settle in, the merchant is told what that
// does, and asked. What he has answered for is saved; anything else is asked about again.
func TestCurrencies_leaving(t *testing.T) {
	o := open(t)
	usd := settings.DisplayCurrency{Code: "USD", Rate: "1.08", Active: true}
	chf := settings.DisplayCurrency{Code: "CHF", Rate: "0.94", Active: true}
	o.shows(t, usd, chf)
	o.write(t, someCarts, someModes)
	b := o.Browser(t)
	b.Get(at("settings/currencies") + "?lang=en")
	b.WantNo("input[name=sure]")
	gone := webtest.Values{"display.0.code": "", "display.0.rate": "", "display.0.ending": ""}
	b.Submit("main form", gone)
	b.WantStatus(422).WantClean().Want("input[name=sure][aria-invalid]").WantText(".field-check .error", "2 open carts are shown in USD").
		WantText(".field-check .error", "will charge EUR instead of USD: Transfer.").
		WantText(".field-check .error", "settled in USD only: Cheque.")
	if len(o.settings(t).Currencies.Display) != 2 {
		t.Fatal("saved before it was confirmed")
	}
	b.Submit("main form", nil) // without the tick
	b.WantStatus(422)
	b.Submit("main form", webtest.Values{"sure": true, "display.0.active": "false", "display.0.rate": "0.3"}) // CHF is the first row now
	b.WantStatus(422).Want(`input[name="display.0.rate"][aria-invalid]`)
	if b.Count("input[name=sure][checked]") != 0 {
		t.Error("another question is answered already")
	}
	b.Submit("main form", webtest.Values{"sure": true})
	b.WantStatus(200)
	if got := o.settings(t).Currencies.Display; len(got) != 1 || got[0].Code != "CHF" || got[0].Rate != "0.3" || got[0].Active {
		t.Errorf("saved %+v", got)
	}
}

// CUR-02: a currency that is only hidden, or whose days end, keeps its rate: nothing is asked of payments in it alone.
func TestCurrencies_ending(t *testing.T) {
	o := open(t)
	o.shows(t, settings.DisplayCurrency{Code: "USD", Rate: "1.08", Active: true})
	o.write(t, someCarts, someModes)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		for name, end := range map[string]webtest.Values{
			"hidden": {"display.0.active": "false"}, "over": {"display.0.until": "2020-01-01"}, "later": {"display.0.from": "2999-01-01"},
		} {
			b.Get(at("settings/currencies") + "?lang=" + string(l))
			b.Submit("main form", end)
			b.WantStatus(422).WantClean().WantText(".field-check .error", "2 ").WantText(".field-check .error", "Transfer")
			text := b.Text(".field-check")
			if strings.Contains(text, "Cheque") || strings.Contains(text, "setup.") || strings.Contains(text, "{") {
				t.Errorf("%s in %s: %q", name, l, text)
			}
		}
	}
	b.Get(at("settings/currencies") + "?lang=en")
	b.Submit("main form", webtest.Values{"display.0.until": "2999-01-01"})
	b.WantStatus(200) // not yet
	o.write(t, "delete from carts", "delete from payment_modes")
	b.Submit("main form", webtest.Values{"display.0.code": "", "display.0.rate": ""})
	b.WantStatus(200).WantNo("input[name=sure]")
}

// CUR-02: a rate far from the central bank's, or from the one before, is asked about beside its field; what was typed
// stays, and a tick is enough. A rate that was confirmed is not asked about again.
func TestCurrencies_farRate(t *testing.T) {
	o := open(t)
	o.bank = map[string]string{"USD": "1.08", "JPY": "162"}
	b := o.Browser(t)
	for _, tt := range []struct{ language, code, typed, said string }{
		{"en", "USD", "108", "The European Central Bank says 1 EUR = 1.08 USD. Did you mean 1.08?"},
		{"fr", "USD", "108", "Selon la Banque centrale européenne, 1 EUR vaut 1,08 USD. Vouliez-vous saisir 1,08"},
		{"es", "USD", "10,9", "¿Quería escribir 1,09?"},
		{"de", "JPY", "0,0062", "Laut Europäischer Zentralbank ist 1 EUR = 162 JPY. Meinten Sie 161,29?"},
	} {
		b.Get(at("settings/currencies") + "?lang=" + tt.language)
		b.Submit("main form", webtest.Values{"display.0.code": tt.code, "display.0.rate": tt.typed})
		b.WantStatus(422).WantClean().Want("input[name=sure]").WantText("td .error", tt.said)
		if got := b.Value("select[name=management]"); got != "EUR" {
			t.Errorf("CUR-01: the management currency is shown as %q", got)
		}
		if got := b.Value(`input[name="display.0.rate"][aria-invalid]`); got != tt.typed {
			t.Errorf("the field holds %q", got)
		}
	}
	if len(o.settings(t).Currencies.Display) != 0 {
		t.Fatal("saved before it was confirmed")
	}
	b.Get(at("settings/currencies") + "?lang=en")
	b.Submit("main form", webtest.Values{"display.0.code": "USD", "display.0.rate": "108"})
	b.Submit("main form", webtest.Values{"sure": true})
	b.WantStatus(200)
	b.Submit("main form", webtest.Values{"display.0.ending": ".95"})
	b.WantStatus(200)
	b.Submit("main form", webtest.Values{"display.0.rate": "1.1"}) // the bank knows better than what was stored
	b.WantStatus(200)
	o.bank = nil
	b.Submit("main form", webtest.Values{"display.0.rate": "11"})
	b.WantStatus(422).WantText("td .error", "Until now 1 EUR was 1.1 USD. Did you mean 1.1?")
	b.Submit("main form", webtest.Values{"display.0.rate": "2.2"})
	b.WantStatus(200)
}

// CUR-02: an ending that begins far above the cheapest article is saved, and told of beside its field.
func TestCurrencies_highEnding(t *testing.T) {
	o := open(t)
	o.write(t, `insert into products (id, code, state, price_min, created_at, updated_at) values
		(gen_random_uuid(), 'pin', 'published', 0.30, now(), now()), (gen_random_uuid(), 'gift', 'published', 0, now(), now()),
		(gen_random_uuid(), 'draft', 'draft', 0.01, now(), now())`)
	b := o.Browser(t)
	for language, said := range map[string]string{
		"en": "Prices with this ending begin at $0.95. Your cheapest item comes to $0.33 and is shown as $0.33.",
		"fr": "commencent à 0,95", "es": "empiezan en 0,95", "de": "beginnen bei 0,95",
	} {
		b.Get(at("settings/currencies") + "?lang=" + language)
		b.Submit("main form", webtest.Values{"display.0.code": "USD", "display.0.rate": "1.1", "display.0.ending": ".95"})
		b.WantStatus(200).WantClean().WantText("td .help", said).Want(`input[name="display.0.ending"][aria-describedby]:not([aria-invalid])`)
	}
	b.Submit("main form", webtest.Values{"display.0.ending": ".65"})
	b.WantStatus(200).WantNo("td .help") // 0.33 is more than half of it
}
