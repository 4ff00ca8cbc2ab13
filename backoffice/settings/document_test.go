package shopsettings_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tax"
)

func TestIdentity(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/identity"))
	b.Submit("main form", webtest.Values{
		"name": "Atelier Soleil", "slogan.fr": "Tout est lin", "legal_name": "Soleil SARL", "vat_number": "fr 40 303 265 045",
		"email": "bonjour@soleil.fr", "address.line1": "1 rue du Lin", "address.postcode": "75001", "address.city": "Paris",
		"address.country": "FR", "time_zone": "Europe/Paris",
	})
	b.WantStatus(200).WantPath("/shops/test/settings/identity").WantText(".alert", "Saved.").WantClean()
	got := o.settings(t).Identity
	if got.Name != "Atelier Soleil" || got.Slogan["fr"] != "Tout est lin" || got.VATNumber != "FR40303265045" || got.Address.City != "Paris" {
		t.Errorf("stored %+v", got)
	}
	if name := o.row(t).Name; name != "Atelier Soleil" {
		t.Errorf("the registry calls it %q", name)
	}
	b.Submit("main form", webtest.Values{"name": "", "email": "nobody", "slogan.de": "Alles Leinen"})
	b.WantStatus(422).WantClean().WantText(".error", "Please fill in this field.").WantText(".alert-list", "E-mail")
	if got := b.Value(`input[name="slogan.de"]`); got != "Alles Leinen" {
		t.Errorf("what was typed is lost: %q", got)
	}
	if o.settings(t).Identity.Slogan["de"] != "" {
		t.Error("a refused form was stored")
	}
}

// QUO-03: numbers and validity of quotes are the shop's.
func TestQuotes(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings"))
	b.Follow(`main a[href$="/settings/quotes"]`)
	b.WantStatus(200).WantClean().WantText("main", "Empty: “D-”")
	if got := b.Value("[name=days]"); got != "30" {
		t.Errorf("at first it holds %q days", got)
	}
	b.Submit("main form", webtest.Values{"prefix": "2026", "days": "366"})
	b.WantStatus(422).WantClean().WantCount("[aria-invalid=true]", 2)
	b.Submit("main form", webtest.Values{"prefix": " DEV-2026- ", "days": "45"})
	b.WantStatus(200).WantClean().WantText(".alert", "Saved.")
	if got := o.settings(t).Quoting; got != (settings.Quoting{Prefix: "DEV-2026-", Days: 45}) {
		t.Errorf("stored %+v", got)
	}
}

func TestLanguages(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/languages"))
	b.Submit("main form", webtest.Values{"offered": []string{"fr", "de"}, "default": "de"})
	b.WantStatus(200)
	if diff := cmp.Diff(settings.Languages{Default: "de", Offered: []i18n.Locale{"fr", "de"}}, o.settings(t).Languages); diff != "" {
		t.Error(diff)
	}
	b.Submit("main form", webtest.Values{"default": "es"})
	b.WantStatus(422).WantText(".error", "The main language must be one of the languages offered.")
}

// CUR-02: any number of display currencies, with a rate and an ending, typed as the reader types.
func TestCurrencies(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/currencies") + "?lang=fr")
	b.Submit("main form", webtest.Values{
		"display.0.code": "USD", "display.0.rate": "1,08", "display.0.ending": ",95",
		"display.1.code": "CHF", "display.1.rate": "0,94", "display.1.active": "false",
	})
	b.WantStatus(200)
	want := []settings.DisplayCurrency{{Code: "USD", Rate: "1.08", Ending: ".95", Active: true}, {Code: "CHF", Rate: "0.94"}}
	if diff := cmp.Diff(want, o.settings(t).Currencies.Display); diff != "" {
		t.Error(diff)
	}
	if got := b.Value(`input[name="display.0.rate"]`); got != "1,08" {
		t.Errorf("shown in French: %q", got)
	}
	b.Submit("main form", webtest.Values{"display.0.code": "", "display.0.rate": "", "display.0.ending": "", "display.1.rate": "rien"})
	b.WantStatus(422).WantClean()
	if got := b.Value(`input[name="display.0.rate"][aria-invalid]`); got != "rien" {
		t.Errorf("the refused row is not where its error is: %q", got)
	}
}

// CUR-02: the central bank's rate is asked for when the merchant leaves it to the bank, and a silent bank loses
// nothing that was typed.
func TestCurrencies_centralBank(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/currencies") + "?lang=en")
	b.Submit("main form", webtest.Values{"display.0.code": "USD", "display.0.source": "ecb", "display.0.from": "2026-03-01", "display.0.until": "2026-02-01"})
	b.WantStatus(422).WantClean().WantText(".error", "central bank does not answer")
	if got := b.Value(`select[name="display.0.code"]`); got != "USD" {
		t.Errorf("what was chosen is lost: %q", got)
	}
	o.bank = map[string]string{"USD": "1.08"}
	b.Submit("main form", webtest.Values{})
	b.WantStatus(422).WantClean().Want(`input[name="display.0.until"][aria-invalid]`)
	b.Submit("main form", webtest.Values{"display.0.until": "2026-03-31", "display.1.code": "XAF", "display.1.source": "ecb"})
	b.WantStatus(422).WantClean().WantText(".error", "does not quote")
	b.Submit("main form", webtest.Values{"display.1.source": "", "display.1.rate": "655.957"})
	b.WantStatus(200)
	want := []settings.DisplayCurrency{
		{Code: "USD", Rate: "1.08", Source: currency.ECB, At: bankDay, From: "2026-03-01", Until: "2026-03-31", Active: true},
		{Code: "XAF", Rate: "655.957", Active: true},
	}
	if diff := cmp.Diff(want, o.settings(t).Currencies.Display); diff != "" {
		t.Error(diff)
	}
	rev := o.settings(t).Rev(settings.NameCurrencies)
	tomorrow := quotes{"USD": "1.1"}
	for range 2 { // the second time there is nothing to write
		if err := settings.RefreshRates(t.Context(), o.Shop, tomorrow, bankDay.AddDate(0, 0, 1)); err != nil {
			t.Fatal(err)
		}
	}
	s := o.settings(t)
	if got := s.Currencies.Display; got[0].Rate != "1.1" || got[1].Rate != "655.957" || s.Rev(settings.NameCurrencies) != rev+1 {
		t.Errorf("after the next day: %+v, revision %d", got, s.Rev(settings.NameCurrencies))
	}
}

// CUR-01: the management currency is not changed among the others: only by a conversion.
func TestCurrencies_fixed(t *testing.T) {
	o := open(t)
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec("insert into products (id, code, state, created_at, updated_at) values (gen_random_uuid(), 'mug', 'draft', now(), now())").Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(at("settings/currencies"))
	b.Want(`select[name=management][disabled]`).WantText("main", "Every price, fee and minimum is a number in this currency").Want(`a[href$="/settings/currencies/convert"]`)
	b.Submit("main form", webtest.Values{"display.0.code": "GBP", "display.0.rate": "0.85"})
	b.WantStatus(200)
	if s := o.settings(t); s.Currencies.Management != "EUR" || len(s.Currencies.Display) != 1 {
		t.Errorf("stored %+v", s.Currencies)
	}
	if page := b.Post(at("settings/currencies"), map[string][]string{"management": {"USD"}, "rev": {"2"}}); page.Status != 422 && page.Status != 409 {
		t.Errorf("another currency: %d", page.Status)
	}
}

// LAW-04
func TestVAT(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/vat"))
	b.WantText(".terms", "Standard rate").WantText(".terms", "20%")
	b.Submit("main form", webtest.Values{"registered": true, "entry": "net", "show": "gross", "destination": "there", "fixed": "net"})
	b.WantStatus(200)
	if diff := cmp.Diff(settings.Tax{Registered: true, ShowGross: true, Destination: true}, o.settings(t).Tax); diff != "" {
		t.Error(diff)
	}
	b.Submit("main form", webtest.Values{"verify": "charge"})
	b.WantStatus(200)
	if got := o.settings(t).Tax.Verify; got != tax.VerifyCharge {
		t.Errorf("LAW-04 numbers are looked up: %q", got)
	}
	b.Get(at("settings/rates"))
	b.Submit("main form", webtest.Values{"classes.0.name": "Books", "classes.0.code": "books",
		"own.0.territory": "FR", "own.0.class": "reduced", "own.0.rate": "5.6", "own.0.from": "2026-01-01", "own.0.source": "CGI art. 278-0 bis"})
	b.WantStatus(200).WantClean()
	b.Submit("main form", webtest.Values{"own.1.territory": "FR/corsica", "own.1.class": "books", "own.1.rate": "2.1", "own.1.from": "2026-01-01"})
	b.WantStatus(200)
	got := o.settings(t).Tax
	if len(got.Own) != 2 || got.Own[1].Class != "books" || got.Own[0].Rate.Percent().String() != "5.6" || got.Verify != tax.VerifyCharge || !got.Destination {
		t.Errorf("LAW-04 stored %+v", got)
	}
	b.Submit("main form", webtest.Values{"own.1.class": "", "own.1.rate": "210", "own.0.from": "yesterday", "classes.0.code": "standard"})
	b.WantStatus(422).WantClean().Want(`select[name="own.1.class"][aria-invalid]`).Want(`input[name="own.1.rate"][aria-invalid][value="210"]`).
		Want(`input[name="own.0.from"][aria-invalid]`).Want(`input[name="classes.0.code"][aria-invalid]`)
	b.Get(at("settings/rates/known"))
	b.WantClean().WantText("tbody tr", "CGI art. 278").WantText("tbody tr", "Yours").WantText("tbody tr", "5.6%")
	b.Submit("main form", webtest.Values{"territory": "DE"})
	b.WantText("tbody tr", "UStG §12(1)").WantNoText("Yours")
}

// LAW-04: the page says where the shop stands with its sales at a distance.
func TestVAT_watch(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/vat"))
	b.WantText("main .alert", "below the threshold")
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery,
				currency, goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
			values (gen_random_uuid(), 'A-7', 'x', 'k', 'paid', true, 'a@example.org', 'A', 'fr', '{}', '{"country":"DE"}',
				'EUR', 0, 0, 0, 10000.01, '{"taxation":{"treatment":"below_limit"}}', now(), now())`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Get(at("settings/vat"))
	b.WantClean().WantText("main .alert", "€10,000.01").WantText("main .alert", "A-7").WantText("main .alert", "one-stop shop")
}

func TestStockCatalogueNumberingLetters(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/stock"))
	b.Submit("main form", webtest.Values{"show": "exact", "low_at": "5", "hide_sold_out": true, "hold_minutes": "45", "rest_days": "10"})
	b.WantStatus(200)
	b.Submit("main form", webtest.Values{"hold_minutes": "0"})
	b.WantStatus(422).Want(`input[name=hold_minutes][aria-invalid=true][value="0"]`)
	b.Get(at("settings/catalogue"))
	b.Submit("main form", webtest.Values{"per_page": "48", "sort": "newest"})
	b.WantStatus(200)
	b.Get(at("settings/numbering"))
	b.Submit("main form", webtest.Values{"prefix": "AL-", "next_number": "5000"})
	b.WantStatus(200)
	b.Get(at("settings/letters"))
	b.Submit("main form", webtest.Values{"from_name": "Atelier", "staff": "a@lune.fr\nb@lune.fr"})
	b.WantStatus(200)
	b.Submit("main form", webtest.Values{"staff": "a@lune.fr\nnobody"})
	b.WantStatus(422)
	s := o.settings(t)
	if s.Stock != (settings.Stock{Show: settings.ShowExact, LowAt: 5, HideSoldOut: true, HoldMinutes: 45, RestDays: 10}) || s.Catalogue.PerPage != 48 ||
		s.Orders.NextNumber != 5000 || len(s.Mail.Staff) != 2 {
		t.Errorf("stored %+v %+v %+v %+v", s.Stock, s.Catalogue, s.Orders, s.Mail)
	}
}

// Two people change the same page: the second learns what the first saved, and saves knowingly.
func TestSave_stale(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/letters"))
	if err := settings.Save(t.Context(), o.Shop, officetest.Who, settings.Mail{FromName: "Faster", Staff: []string{}}, 0); err != nil {
		t.Fatal(err)
	}
	b.Submit("main form", webtest.Values{"from_name": "Slower"})
	b.WantStatus(409).WantClean().WantText("td", "Faster").WantText("td", "Slower")
	if got := o.settings(t).Mail.FromName; got != "Faster" {
		t.Errorf("stored %q", got)
	}
	b.Submit("main form[data-guard]", nil)
	b.WantStatus(200)
	if got := o.settings(t).Mail.FromName; got != "Slower" {
		t.Errorf("after saving again: %q", got)
	}
}

// The page of a country shows what would change, changes what is ticked, and nothing that was not shown.
func TestPack(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/pack"))
	b.WantClean().WantText("main", "Parcel in France").WantText("main", "Code de la consommation")
	b.Submit(`form[method=get]`, webtest.Values{"country": "CH"})
	b.WantClean().WantText("main", "EUR → CHF").WantText("main", "France → Switzerland")
	if o.settings(t).Currencies.Management != "EUR" {
		t.Error("looking has changed something")
	}
	stale := map[string][]string{"country": {"CH"}, "digest": {b.Value("input[name=digest]")}, "items": {"country", "currency", "delivery.home"}}
	b.Submit(`form[method=post][action$="/settings/pack"]`, webtest.Values{"items": []string{"country", "currency", "delivery.home"}})
	b.WantStatus(200).WantText(".alert", "The shop is prepared.").WantText("main", "Parcel to the European Union")
	modes := o.shippingModes(t)
	if s := o.settings(t); s.Identity.Address.Country != "CH" || s.Currencies.Management != "CHF" || len(modes) != 1 || !modes[0].Active {
		t.Errorf("%+v %+v", s.Currencies, modes)
	}
	if page := b.Post(at("settings/pack"), stale); page.Status != 409 {
		t.Errorf("a preview that is out of date: %d", page.Status)
	}
	b.WantText(".alert", "has changed since this preview")
	o.Role = authz.ReadOnly
	b.Get(at("settings/pack"))
	b.WantStatus(200).WantClean().WantNo("form[method=post][action$='/settings/pack']").WantText(".terms", "Parcel to the European Union")
}
