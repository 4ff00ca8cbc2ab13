package start_test

import (
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/seed"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/tenanttest"
)

var who = tenant.Actor{Kind: tenant.Staff, ID: "1", Name: "Lucie"}

func look(t *testing.T, shop *tenant.Shop) (steps start.Steps, s *settings.Settings) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
		if s, err = settings.Load(tx); err != nil {
			return err
		}
		steps, err = start.Read(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return steps, s
}

// Every country's pack can be saved: its zone exists, its currency is ISO 4217, one of our languages.
func TestFindPack(t *testing.T) {
	for country, want := range map[string]struct {
		currency string
		language i18n.Locale
		taxed    bool
	}{
		"FR": {"EUR", "fr", true}, "CH": {"CHF", "de", true}, "GB": {"GBP", "en", true}, "US": {"USD", "en", false},
		"MX": {"MXN", "es", false}, "MC": {"EUR", "fr", true}, "JP": {"JPY", "en", false},
	} {
		p, ok := start.FindPack(country)
		if !ok || p.Currency.Code() != want.currency || p.Language != want.language || p.Taxed != want.taxed {
			t.Errorf("%s: %+v, %t", country, p, ok)
		}
		if _, err := time.LoadLocation(p.Zone); err != nil {
			t.Errorf("%s: %v", country, err)
		}
	}
	if _, ok := start.FindPack("XX"); ok {
		t.Error("XX is a country")
	}
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	if steps, _ := look(t, shop); steps.Asked {
		t.Error("a new shop was asked already")
	}
	if err := start.Answer(t.Context(), shop, who, start.Answers{Country: "CH", Trade: start.Digital, Elsewhere: true}); err != nil {
		t.Fatal(err)
	}
	steps, s := look(t, shop)
	if !steps.Asked || steps.Answers.Trade.Carries() || !steps.Answers.Elsewhere {
		t.Errorf("remembered %+v", steps.Answers)
	}
	if s.Identity.Address.Country != "CH" || s.Currencies.Management != "CHF" || s.Languages.Default != "de" || s.Identity.TimeZone != "Europe/Zurich" {
		t.Errorf("settings: %+v %+v %+v", s.Identity, s.Currencies, s.Languages)
	}
	if err := start.Answer(t.Context(), shop, who, start.Answers{Country: "FR"}); err != nil {
		t.Errorf("answering again: %v", err)
	}
	if _, s := look(t, shop); s.Currencies.Management != "EUR" {
		t.Errorf("currency after the second answer: %s", s.Currencies.Management)
	}
}

// CUR-01: prices that were typed keep their currency.
func TestAnswer_keepsTheCurrencyOfPrices(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec("insert into products (id, code, state, created_at, updated_at) values (gen_random_uuid(), 'mug', 'draft', now(), now())").Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := start.Answer(t.Context(), shop, who, start.Answers{Country: "US"}); err != nil {
		t.Fatal(err)
	}
	if _, s := look(t, shop); s.Currencies.Management != "EUR" || s.Identity.Address.Country != "US" || s.Tax.Registered {
		t.Errorf("settings: %+v %+v", s.Currencies, s.Tax)
	}
	err = shop.Read(t.Context(), start.CurrencyFree)
	if !fault.Is(err, fault.Conflict) {
		t.Errorf("the currency may be changed: %v", err)
	}
}

func TestSkip(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	if err := start.Skip(t.Context(), shop, who); err != nil {
		t.Fatal(err)
	}
	if steps, s := look(t, shop); !steps.Asked || s.Rev(settings.NameIdentity) != 0 {
		t.Errorf("after skipping: %+v", steps)
	}
}

func TestAnswer_refuses(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	err := start.Answer(t.Context(), shop, who, start.Answers{Country: "ZZ", Trade: "air"})
	if got := fault.FieldsOf(err); len(got) != 2 {
		t.Errorf("refused %v", got)
	}
}

// The pages of a new shop are there, but nobody has written them: the step is open until the gaps are
// filled in the languages offered and the seller is named.
func TestSteps_Lawful(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	write := func(do func(tenant.Tx) error) {
		t.Helper()
		if err := shop.Write(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
	sql := func(text string) func(tenant.Tx) error {
		return func(tx tenant.Tx) error { return tx.DB().Exec(text).Error }
	}
	write(func(tx tenant.Tx) error {
		return seed.Defaults(tx, seed.New{Name: "Zoé", Email: "zoe@example.org", Locale: "fr"})
	})
	lawful := func(when string, want bool) {
		t.Helper()
		if steps, _ := look(t, shop); steps.Lawful() != want {
			t.Errorf("%s: lawful %t, %+v", when, steps.Lawful(), steps)
		}
	}
	lawful("seconds old", false)
	write(sql(`update page_texts set body = regexp_replace(body, '\[[^][]*\]', 'Zoé', 'g') || ' [1]' where locale = 'fr'`))
	write(func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		l := s.Languages
		l.Offered = []i18n.Locale{"fr"}
		return settings.SaveIn(tx, who, l, s.Rev(settings.NameLanguages))
	})
	lawful("written by nobody", false)
	write(func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err != nil {
			return err
		}
		i := s.Identity
		i.LegalName, i.Email, i.Address.Line1, i.Address.Postcode, i.Address.City = "Zoé SARL", "zoe@example.org", "1 rue Neuve", "75002", "Paris"
		return settings.SaveIn(tx, who, i, s.Rev(settings.NameIdentity))
	})
	lawful("written", true)
	write(sql(`update page_texts set body = body || '<p>[adresse]</p>' where locale = 'fr' and page_id in (select id from pages where code = 'about')`))
	lawful("a gap where the law asks nothing", true)
	write(sql(`update page_texts set body = body || '<p>[adresse]</p>' where locale = 'fr' and page_id in (select id from pages where code = 'terms')`))
	lawful("a gap again", false)
}
