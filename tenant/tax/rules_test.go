package tax_test

import (
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func rules(t *testing.T, s tax.Settings) *tax.Rules {
	t.Helper()
	r, err := tax.New(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func shop(country, postcode string) tax.Settings {
	return tax.Settings{Home: tax.Place{Country: country, Postcode: postcode}, Registered: true}
}

func to(country, postcode string) pricing.Destination {
	return pricing.Destination{Country: country, Postcode: postcode}
}

func business(country, number string) pricing.Destination {
	return pricing.Destination{Country: country, Business: true, VATNumber: number}
}

// LAW-04: a trace names countries, and their parts, as its reader does.
func TestRules_Apply_places(t *testing.T) {
	cat, err := i18n.Load(tax.Locales, "locales")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		to   pricing.Destination
		l    i18n.Locale
		want string
	}{
		{to("DE", "10115"), "fr", "(Allemagne)"}, {to("DE", "10115"), "es", "(Alemania)"}, {to("DE", "10115"), "de", "(Deutschland)"},
		{to("PT", "9500-001"), "fr", "(Portugal – Açores)"}, {to("CH", ""), "en", "(Switzerland)"},
		{business("DE", "DE 136 695 976"), "fr", "(Allemagne, DE136695976)"},
	} {
		p, err := pricing.Pipeline{rules(t, shop("FR", "75001"))}.Price(pricing.Basket{Currency: money.EUR, At: noon, Destination: tt.to,
			Lines: []pricing.Line{{ID: "1", Qty: 1, Class: tax.Standard, Physical: true, Unit: pricing.Price{Amount: money.FromMinor(12000, money.EUR)}}}})
		if err != nil {
			t.Fatal(err)
		}
		r := p.Taxation.Reason
		if got := cat.T(tt.l, r.Key, r.Args); !strings.Contains(got, tt.want) {
			t.Errorf("%+v in %s: %s", tt.to, tt.l, got)
		}
	}
}

func TestRules_Decide(t *testing.T) {
	home := shop("FR", "75001")
	atHome, taxAll, small := home, home, home
	atHome.Distance, taxAll.NoReverseCharge, small.Registered = tax.AtHome, true, false
	for _, tt := range []struct {
		name      string
		shop      tax.Settings
		to        pricing.Destination
		digital   bool
		treatment tax.Treatment
		territory string
		rate      string // of the standard class
	}{
		{"LAW-04 at home", home, to("FR", "69001"), false, tax.Domestic, "FR", "20"},
		{"LAW-04 nobody said where", home, to("", ""), false, tax.Domestic, "FR", "20"},
		{"LAW-04 Corsica is France", home, to("FR", "20000"), false, tax.Domestic, "FR/corsica", "20"},
		{"LAW-04 Monaco is France", home, to("MC", ""), false, tax.Domestic, "FR", "20"},
		{"LAW-04 a consumer elsewhere in the Union", home, to("DE", "10115"), false, tax.Destination, "DE", "19"},
		{"LAW-04 the Azores have rates of their own", home, to("PT", "9500-001"), false, tax.Destination, "PT/azores", "16"},
		{"LAW-04 below the threshold", atHome, to("DE", ""), false, tax.BelowLimit, "FR", "20"},
		{"LAW-04 a business with a number", home, business("DE", "DE 136 695 976"), false, tax.ReverseCharge, "", "0"},
		{"LAW-04 Greece writes EL", home, business("GR", "EL094259216"), false, tax.ReverseCharge, "", "0"},
		{"LAW-04 a number of another state", home, business("DE", "BE0428759497"), false, tax.Destination, "DE", "19"},
		{"LAW-04 a number that cannot be", home, business("DE", "DE12"), false, tax.Destination, "DE", "19"},
		{"LAW-04 a business without a number", home, business("DE", ""), false, tax.Destination, "DE", "19"},
		{"LAW-04 a number but no business", home, pricing.Destination{Country: "DE", VATNumber: "DE136695976"}, false, tax.Destination, "DE", "19"},
		{"LAW-04 a business at home", home, business("FR", "FR40303265045"), false, tax.Domestic, "FR", "20"},
		{"LAW-04 reverse charge switched off", taxAll, business("DE", "DE136695976"), false, tax.Destination, "DE", "19"},
		{"LAW-04 export", home, to("US", ""), false, tax.Export, "", "0"},
		{"LAW-04 overseas department", home, to("FR", "97400"), false, tax.Export, "", "0"},
		{"LAW-04 overseas department by its own code", home, to("RE", "97400"), false, tax.Export, "", "0"},
		{"LAW-04 Canary Islands", home, to("ES", "35001"), false, tax.Export, "", "0"},
		{"LAW-04 goods to Northern Ireland", home, to("GB", "BT1 1AA"), false, tax.Destination, "GB", "20"},
		{"LAW-04 a file to Northern Ireland", home, to("GB", "BT1 1AA"), true, tax.Export, "", "0"},
		{"LAW-04 a British shop to Northern Ireland", shop("GB", "SW1A 1AA"), to("GB", "BT1 1AA"), false, tax.Domestic, "GB", "20"},
		{"LAW-04 a Swiss shop at home", shop("CH", ""), to("CH", ""), false, tax.Domestic, "CH", "8.1"},
		{"LAW-04 a Swiss shop to France", shop("CH", ""), to("FR", ""), false, tax.Export, "", "0"},
		{"LAW-04 a small business", small, to("DE", ""), false, tax.Unregistered, "", "0"},
		{"LAW-04 a state whose rates are not known", shop("US", ""), to("US", ""), false, tax.Domestic, "US", "0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := rules(t, tt.shop).Decide(tt.to, !tt.digital, noon)
			if d.Treatment != tt.treatment || d.Territory != tt.territory {
				t.Errorf("got %s in %q, want %s in %q", d.Treatment, d.Territory, tt.treatment, tt.territory)
			}
			if got := d.Duty(tax.Standard).Rate.String(); got != tt.rate {
				t.Errorf("rate %s, want %s", got, tt.rate)
			}
		})
	}
}

// TestRules_Keep prices 120.00 entered with French tax.
func TestRules_Keep(t *testing.T) {
	gross, netPrice := shop("FR", ""), shop("FR", "")
	netPrice.Keep = tax.KeepNet
	small := shop("FR", "")
	small.Registered = false
	for _, tt := range []struct {
		name            string
		shop            tax.Settings
		to              pricing.Destination
		net, tax, gross string
	}{
		{"LAW-04 at home", gross, to("FR", ""), "100.00", "20.00", "120.00"},
		{"LAW-04 the gross price stays", gross, to("DE", ""), "100.84", "19.16", "120.00"},
		{"LAW-04 the net price stays", netPrice, to("DE", ""), "100.00", "19.00", "119.00"},
		{"LAW-04 export is without the tax of home", gross, to("US", ""), "100.00", "0.00", "100.00"},
		{"LAW-04 reverse charge is without the tax of home", gross, business("DE", "DE136695976"), "100.00", "0.00", "100.00"},
		{"LAW-04 a small business has none inside", small, to("FR", ""), "120.00", "0.00", "120.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := pricing.Pipeline{pricing.Shelf{}, rules(t, tt.shop)}.Price(pricing.Basket{
				Currency: money.EUR, At: noon, Destination: tt.to,
				Lines: []pricing.Line{{
					ID: "1", Qty: 1, Class: tax.Standard, Physical: true,
					Unit: pricing.Price{Amount: money.FromMinor(12000, money.EUR), IncludesTax: true},
				}},
			})
			if err != nil {
				t.Fatal(err)
			}
			got := [3]string{p.Totals.Net.String(), p.Totals.Tax.String(), p.Totals.ToPay.String()}
			if got != [3]string{tt.net, tt.tax, tt.gross} {
				t.Errorf("got %v, want %s %s %s", got, tt.net, tt.tax, tt.gross)
			}
			if p.Taxation.Treatment == "" || p.Taxation.Reason.Key != "tax."+p.Taxation.Treatment {
				t.Errorf("taxation %+v", p.Taxation)
			}
		})
	}
}

func TestRules_DaysAreThoseOfTheShop(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	r, err := tax.New(shop("EE", ""), paris)
	if err != nil {
		t.Fatal(err)
	}
	midnight := time.Date(2025, 7, 1, 0, 0, 0, 0, paris)
	for at, want := range map[time.Time]string{midnight.Add(-time.Second): "22", midnight: "24"} {
		if got := r.Decide(to("EE", ""), true, at).Duty(tax.Standard).Rate.String(); got != want {
			t.Errorf("LAW-04 at %s: %s, want %s", at, got, want)
		}
	}
}

func TestNew_Refuses(t *testing.T) {
	row := tax.Row{Territory: "FR", Class: "books", Rate: money.MustRate("5.5"), From: "2026-01-01"}
	for _, tt := range []struct {
		name   string
		change func(*tax.Settings)
		field  string
	}{
		{"no home", func(s *tax.Settings) { s.Home.Country = "" }, "home.country"},
		{"unknown distance rule", func(s *tax.Settings) { s.Distance = "moon" }, "distance"},
		{"unknown keep rule", func(s *tax.Settings) { s.Keep = "all" }, "keep"},
		{"a day that is none", func(s *tax.Settings) { row := row; row.From = "2026-02-30"; s.Own = []tax.Row{row} }, "own.0.from"},
		{"a rate above all", func(s *tax.Settings) { row := row; row.Rate = money.MustRate("101"); s.Own = []tax.Row{row} }, "own.0.rate"},
		{"a negative rate", func(s *tax.Settings) { row := row; row.Rate = money.MustRate("-1"); s.Own = []tax.Row{row} }, "own.0.rate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := shop("FR", "")
			tt.change(&s)
			_, err := tax.New(s, nil)
			if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestRules_SayWhenTheyKnowNoRates(t *testing.T) {
	for country, want := range map[string]bool{"US": true, "FR": false} {
		p, err := pricing.Pipeline{rules(t, shop(country, ""))}.Price(pricing.Basket{Currency: money.USD, At: noon})
		if err != nil {
			t.Fatal(err)
		}
		got := false
		for _, e := range p.Trace {
			got = got || e.Reason.Key == "tax.no_rates"
		}
		if got != want {
			t.Errorf("LAW-04 a shop in %s: remarked %v", country, got)
		}
	}
}
