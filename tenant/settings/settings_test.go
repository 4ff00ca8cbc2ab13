package settings_test

import (
	"errors"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tenanttest"
)

var owner = tenant.Actor{Kind: tenant.Staff, ID: "1", Name: "Owner"}

func load(t *testing.T, shop *tenant.Shop) (s *settings.Settings) {
	t.Helper()
	if err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { s, err = settings.Load(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSave(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	s := load(t, shop)
	if s.Currencies.Management != "EUR" || s.Rev(settings.NameTax) != 0 {
		t.Errorf("defaults: %+v", s.Currencies)
	}
	tax := s.Tax
	tax.ShowGross = false
	if err := settings.Save(t.Context(), shop, owner, tax, 0); err != nil {
		t.Fatal(err)
	}
	if s := load(t, shop); s.Tax.ShowGross || s.Rev(settings.NameTax) != 1 {
		t.Errorf("after saving: %+v, revision %d", s.Tax, s.Rev(settings.NameTax))
	}
	for _, rev := range []int{0, 2} {
		if err := settings.Save(t.Context(), shop, owner, tax, rev); !errors.Is(err, settings.ErrStale) {
			t.Errorf("saving over revision %d: %v", rev, err)
		}
	}
	if err := settings.Save(t.Context(), shop, owner, tax, 1); err != nil {
		t.Errorf("saving over the present revision: %v", err)
	}
}

func TestCheck(t *testing.T) {
	good := settings.Defaults()
	for _, tt := range []struct {
		name  string
		doc   settings.Document
		field string
	}{
		{"no name", settings.Identity{TimeZone: "Europe/Paris"}, "name"},
		{"no such zone", settings.Identity{Name: "A", TimeZone: "Mars/Olympus"}, "time_zone"},
		{"mail", settings.Identity{Name: "A", TimeZone: "UTC", Email: "no"}, "email"},
		{"LANG-01 default not offered", settings.Languages{Default: "it", Offered: []i18n.Locale{"fr"}}, "default"},
		{"CUR-01 unknown", settings.Currencies{Management: "XXX?"}, "management"},
		{"CUR-02 twice", settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "EUR", Rate: "1"}}}, "display.0.code"},
		{"CUR-02 rate", settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "0"}}}, "display.0.rate"},
		{"Bad input: CUR-02 a rate with an exponent", settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1e3"}}}, "display.0.rate"},
		{"Bad input: CUR-02 an absurd rate", settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1000000001"}}}, "display.0.rate"},
		{"Bad input: CUR-02 next to nothing", settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "0.0000000001"}}}, "display.0.rate"},
		{"CUR-02 a rate of many digits", settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "VND", Rate: "28345.123456"}}}, ""},
		{"CUR-02 ending", settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1", Ending: "95"}}}, "display.0.ending"},
		{"stock words", settings.Stock{Show: "all", HoldMinutes: 5}, "show"},
		{"endless hold", settings.Stock{Show: "exact", HoldMinutes: 99999}, "hold_minutes"},
		{"page as dump", settings.Catalogue{PerPage: 5000, Sort: "name"}, "per_page"},
		{"order number", settings.Orders{NextNumber: 0}, "next_number"},
		{"staff mail", settings.Mail{Staff: []string{"x"}}, "staff"},
		{"good identity", good.Identity, ""},
		{"good currencies", settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.08", Ending: ".95", Active: true}}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fields := fault.FieldsOf(tt.doc.Check())
			if tt.field == "" && len(fields) == 0 {
				return
			}
			if len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("refused %v, want %q", fields, tt.field)
			}
		})
	}
}

// CUR-02: a stored display currency becomes a rule; what is inactive, or whose days are not, is not offered. All of
// them have rates, since a payment mode may settle in what nobody is shown (CUR-04).
func TestRules(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	doc := settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{
		{Code: "USD", Rate: "1.10", Ending: ".95", Active: true}, {Code: "GBP", Rate: "0.85"},
		{Code: "CHF", Rate: "0.95", From: "2026-03-01", Until: "2026-03-31", Active: true}}}
	if err := settings.Save(t.Context(), shop, owner, doc, 0); err != nil {
		t.Fatal(err)
	}
	r := load(t, shop).Rules()
	paris := r.Zone
	for at, want := range map[time.Time]int{
		time.Date(2026, 2, 28, 23, 59, 59, 0, paris): 2, time.Date(2026, 3, 1, 0, 0, 0, 0, paris): 3,
		time.Date(2026, 3, 31, 23, 59, 59, 0, paris): 3, time.Date(2026, 4, 1, 0, 0, 0, 0, paris): 2,
	} {
		if got := len(r.Offered(at)); got != want {
			t.Errorf("at %v: %d offered, want %d", at, got, want)
		}
	}
	now := time.Date(2026, 4, 1, 0, 0, 0, 0, paris)
	if r.Display("GBP", now).Currency.Code() != "EUR" || r.Display("CHF", now).Currency.Code() != "EUR" {
		t.Error("what is not offered is shown")
	}
	if _, err := r.Rates.Find(money.GBP); err != nil {
		t.Error(err)
	}
	shown, err := r.Display("USD", now).Price(r.Rates, money.Must(money.Parse("20.00", money.EUR)))
	if err != nil || shown.Amount.String() != "21.95" {
		t.Errorf("20 EUR is shown as %v, %v", shown.Amount, err)
	}
}
