package address_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

func ExampleAddress_Lines() {
	a := address.Address{Name: "Ann Lee", Line1: "1 Main St", City: "Ottawa", Region: "ontario", Postcode: "k1a0b1", Country: "ca"}
	fmt.Println(strings.Join(a.Lines(i18n.German), "\n"))
	// Output:
	// Ann Lee
	// 1 Main St
	// Ottawa ON K1A 0B1
	// Kanada
}

func ExampleCheck() {
	err := address.Check(address.Address{Name: "Ann", Line1: "Rue Haute 1", City: "Bruxelles", Postcode: "75001", Country: "BE"})
	for _, f := range fault.FieldsOf(err) {
		fmt.Println(f.Name, "-", i18n.Base().T("en", f.Key, f.Args))
	}
	// Output:
	// postcode - This postcode is not right. Example: 1000
}

func TestPostcode(t *testing.T) {
	tests := []struct{ country, typed, want string }{
		{"FR", "75001", "75001"}, {"FR", "75 001", "75001"}, {"FR", "F-75001", "75001"}, {"FR", "7500", ""}, {"FR", "75001x", ""},
		{"BE", "B-1000", "1000"}, {"LU", "L-1009", "1009"}, {"CH", "CH-8001", "8001"}, {"CH", "80012", ""},
		{"DE", "D 10115", "10115"}, {"AT", "A-1010", "1010"}, {"IT", "00118", "00118"}, {"ES", "28013", "28013"},
		{"PT", "1000001", "1000-001"}, {"PT", "1000", ""},
		{"NL", "1012ab", "1012 AB"}, {"NL", "1012", ""},
		{"GB", "sw1a1aa", "SW1A 1AA"}, {"GB", "m1 1ae", "M1 1AE"}, {"GB", "BT1 5GS", "BT1 5GS"}, {"GB", "SW1A", ""},
		{"IE", "d02af30", "D02 AF30"}, {"IE", "D6WXH01", "D6W XH01"}, {"IE", "", ""},
		{"US", "10001", "10001"}, {"US", "100011234", "10001-1234"}, {"US", "1000", ""},
		{"CA", "k1a 0b1", "K1A 0B1"}, {"CA", "11a 0b1", ""}, {"AU", "2000", "2000"},
		{"JP", "〒1000001", "100-0001"}, {"PL", "00950", "00-950"}, {"SE", "11120", "111 20"}, {"SE", "SE-111 20", "111 20"},
		{"DK", "DK-1050", "1050"}, {"FI", "00100", "00100"}, {"NO", "0150", "0150"}, {"CZ", "11000", "110 00"}, {"GR", "10557", "105 57"},
		{"LV", "1050", "LV-1050"}, {"LV", "lv1050", "LV-1050"}, {"LT", "LT-01100", "LT-01100"}, {"MC", "98000", "98000"},
		{"BR", "anything 1", "anything 1"},
	}
	for _, tt := range tests {
		t.Run(tt.country+"/"+tt.typed, func(t *testing.T) {
			a := address.Address{Postcode: tt.typed, Country: tt.country}
			refused := ""
			for _, f := range fault.FieldsOf(address.Check(a)) {
				if f.Name == address.Postcode && f.Key == address.KeyPostcode {
					refused = f.Args["example"].(string)
				}
			}
			if tt.want == "" && tt.typed != "" {
				if refused == "" {
					t.Errorf("accepted as %q", a.Clean().Postcode)
				}
				return
			}
			if got := a.Clean().Postcode; got != tt.want || refused != "" {
				t.Errorf("got %q, refused with example %q", got, refused)
			}
		})
	}
}

func TestFormat_ExamplesAreGood(t *testing.T) {
	wanted := strings.Fields("FR BE CH LU DE AT ES IT PT NL GB IE US CA AU JP PL SE DK FI NO CZ GR")
	for _, code := range append(wanted, address.Union()...) {
		f := address.FormatOf(code)
		if f.Country != code || f.Example == "" {
			t.Errorf("%s has no format of its own", code)
			continue
		}
		a := address.Address{Name: "Ann", Line1: "1", City: "X", Postcode: f.Example, Region: "X", Country: code}
		if len(f.Regions) > 0 {
			a.Region = f.Regions[0].Name
		}
		if err := address.Check(a); err != nil {
			t.Errorf("%s: %v", code, err)
		}
		if got := a.Clean(); got.Postcode != f.Example || got != got.Clean() {
			t.Errorf("%s: %q cleans to %q", code, f.Example, got.Postcode)
		}
	}
}

func TestFormat_FieldsAreWholeAndNamed(t *testing.T) {
	c := i18n.Base()
	for _, country := range append(address.Countries(i18n.English), address.Country{}) {
		f := address.FormatOf(country.Code)
		for _, field := range f.Required {
			if !f.Has(field) {
				t.Errorf("%s requires %s but does not show it", country.Code, field)
			}
		}
		for _, field := range f.Fields() {
			i18ntest.Used(t, c, f.Label(field))
		}
		seen := map[string]bool{}
		for _, r := range f.Regions {
			if seen[r.Code] || seen[r.Name] || r.Name == "" {
				t.Errorf("%s: region %s twice or without a name", country.Code, r.Code)
			}
			seen[r.Code], seen[r.Name] = true, true
		}
	}
	i18ntest.Used(t, c, address.KeyPostcode, address.KeyRegion, address.KeyCountry, address.KeyVATNumber, address.KeyPhone,
		address.KeyText, "address.label.country", "address.label.vat_number")
}

func TestCheck_NamesEveryFieldThatIsWrong(t *testing.T) {
	a := address.Address{
		Company: strings.Repeat("x", 101), Line1: "a\x00", Line2: strings.Repeat(" ", 5000), Postcode: "x", Region: "ZZ",
		Country: "US", Phone: "call me", VATNumber: "FR1",
	}
	want := map[string]string{
		"name": "form.required", "company": "form.too_long", "line1": "form.text", "line2": "form.too_long", "city": "form.required",
		"postcode": "address.postcode", "region": "address.region_unknown", "phone": "form.phone", "vat_number": "address.vat_number",
	}
	got := map[string]string{}
	for _, f := range fault.FieldsOf(address.Check(a)) {
		got[f.Name] = f.Key
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for country, key := range map[string]string{"": "form.required", "ZZ": "address.country_unknown", "FRA": "form.too_long"} {
		fields := fault.FieldsOf(address.Check(address.Address{Name: "a", Line1: "b", City: "c", Country: country}))
		if len(fields) != 1 || fields[0].Key != key {
			t.Errorf("country %q: %v", country, fields)
		}
	}
}

func TestLines_Japan(t *testing.T) {
	a := address.Address{Name: "Aya", Line1: "1-1 Chiyoda", City: "Chiyoda-ku", Region: "Tokyo", Postcode: "1000001", Country: "JP"}
	want := []string{"100-0001", "Tokyo Chiyoda-ku", "1-1 Chiyoda", "Aya", "Japon"}
	if diff := cmp.Diff(want, address.Lines(a, i18n.French)); diff != "" {
		t.Error(diff)
	}
	if lines := (address.Address{}).Lines("fr"); lines != nil {
		t.Errorf("lines of nothing: %q", lines)
	}
}

func TestCountries(t *testing.T) {
	for l, want := range map[i18n.Locale]string{"fr": "Allemagne", "en": "Germany", "es": "Alemania", "de": "Deutschland", "xx": "Germany"} {
		if got := address.CountryName(l, "DE"); got != want {
			t.Errorf("%s: %s", l, got)
		}
	}
	names := map[string]int{}
	for i, c := range address.Countries(i18n.German) {
		if c.Name == "" || c.Name == c.Code || !address.IsCountry(c.Code) {
			t.Errorf("%+v", c)
		}
		names[c.Code] = i
	}
	if len(names) < 240 || names["AT"] < names["NO"] || names["AT"] > names["PK"] {
		t.Errorf("%d countries, Österreich is number %d", len(names), names["AT"])
	}
	list := address.Countries(i18n.French)
	list[0].Name = "changed"
	if address.Countries(i18n.French)[0].Name == "changed" {
		t.Error("a caller changed the list of all")
	}
	for _, bad := range []string{"", "fr", "EU", "XX", "FRA"} {
		if address.IsCountry(bad) {
			t.Errorf("%q is a country", bad)
		}
	}
}

// Countries go by the name they have taken, not by the one older tables know.
func TestCountryName_renamed(t *testing.T) {
	for code, want := range map[string]string{
		"CZ": "Tchéquie Czechia Chequia Tschechien", "MK": "Macédoine du Nord North Macedonia Macedonia del Norte Nordmazedonien",
		"SZ": "Eswatini Eswatini Esuatini Eswatini", "TR": "Turquie Türkiye Turquía Türkei",
	} {
		var names []string
		for _, l := range []i18n.Locale{"fr", "en", "es", "de"} {
			names = append(names, address.CountryName(l, code))
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s", code, got)
		}
	}
	if got := address.CountryName("fr-CA", "MK"); got != "Macédoine du Nord" {
		t.Errorf("MK in Canada: %s", got)
	}
}

// A Spanish province is written out, and once where the town has its name.
func TestLines_spain(t *testing.T) {
	for city, want := range map[string]string{"Astorga": "24700 Astorga León", "León": "24700 León"} {
		a := address.Address{Name: "Lola Pérez", Line1: "Calle Mayor 5", Postcode: "24700", City: city, Region: "LE", Country: "ES"}
		if got := a.Lines("es")[2]; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
