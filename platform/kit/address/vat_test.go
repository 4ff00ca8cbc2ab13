package address_test

import (
	"fmt"
	"testing"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
)

func ExampleVATTerritory() {
	for _, place := range [][2]string{{"ES", "28013"}, {"ES", "35001"}, {"FR", "98000"}, {"US", "10001"}} {
		t := address.VATTerritory(place[0], place[1])
		fmt.Printf("%s %s %t %q\n", place, t.Country, t.Union, t.Name)
	}
	// Output:
	// [ES 28013] ES true ""
	// [ES 35001] ES false "canary_islands"
	// [FR 98000] FR true "monaco"
	// [US 10001] US false ""
}

// ownTax are the places where the tax of their state does not hold.
var ownTax = map[string]bool{"french_overseas": true, "guadeloupe_martinique": true, "guiana": true, "reunion": true, "mayotte": true,
	"canary_islands": true, "ceuta": true, "melilla": true, "heligoland": true, "livigno": true, "campione": true, "mount_athos": true,
	"jersey": true, "guernsey": true}

func TestVATTerritory(t *testing.T) {
	tests := []struct {
		country, postcode string
		vat               string
		union             bool
		name              string
	}{
		{"FR", "75001", "FR", true, ""}, {"FR", "", "FR", true, ""}, {"FR", "20000", "FR", true, "corsica"},
		{"FR", "97100", "FR", false, "guadeloupe_martinique"}, {"FR", "97200", "FR", false, "guadeloupe_martinique"}, {"FR", "97300", "FR", false, "guiana"},
		{"FR", "97400", "FR", false, "reunion"}, {"FR", "97600", "FR", false, "mayotte"}, {"FR", "97133", "FR", false, "french_overseas"},
		{"FR", "97150", "FR", false, "french_overseas"}, {"FR", "97500", "FR", false, "french_overseas"}, {"FR", "97", "FR", false, "french_overseas"},
		{"GP", "97110", "FR", false, "guadeloupe_martinique"}, {"MQ", "97200", "FR", false, "guadeloupe_martinique"}, {"GF", "97300", "FR", false, "guiana"},
		{"YT", "97600", "FR", false, "mayotte"}, {"MF", "97150", "MF", false, "french_overseas"}, {"BL", "97133", "BL", false, ""},
		{"FR", "F-98 800", "FR", false, "french_overseas"}, {"FR", "98000", "FR", true, "monaco"},
		{"MC", "98000", "FR", true, "monaco"}, {"RE", "97400", "FR", false, "reunion"}, {"NC", "98800", "NC", false, ""},
		{"ES", "35001", "ES", false, "canary_islands"}, {"ES", "38001", "ES", false, "canary_islands"},
		{"ES", "51001", "ES", false, "ceuta"}, {"ES", "52001", "ES", false, "melilla"}, {"ES", "28013", "ES", true, ""},
		{"DE", "27498", "DE", false, "heligoland"}, {"DE", "D-78266", "CH", false, "buesingen"}, {"DE", "78267", "DE", true, ""},
		{"IT", "23041", "IT", false, "livigno"}, {"IT", "22061", "IT", false, "campione"}, {"IT", "23030", "IT", true, ""},
		{"FI", "22100", "FI", false, "aland"}, {"AX", "22100", "FI", false, "aland"}, {"FI", "00100", "FI", true, ""},
		{"GR", "630 86", "GR", false, "mount_athos"}, {"AT", "6691", "AT", true, "jungholz_mittelberg"},
		{"PT", "9000-001", "PT", true, "madeira"}, {"PT", "9500-001", "PT", true, "azores"}, {"PT", "8000-001", "PT", true, ""},
		{"GB", "bt1 5gs", "XI", true, "northern_ireland"}, {"GB", "B1 1AA", "GB", false, ""}, {"GB", "", "GB", false, ""},
		{"GB", "IM1 1AA", "GB", false, "isle_of_man"}, {"IM", "IM1 1AA", "GB", false, "isle_of_man"}, {"GB", "JE2 3AB", "GB", false, "jersey"}, {"JE", "", "GB", false, "jersey"},
		{"GB", "GY1 1AA", "GB", false, "guernsey"}, {"GG", "GY1 1AA", "GB", false, "guernsey"}, {"LI", "9490", "CH", false, "liechtenstein"},
		{"CH", "8001", "CH", false, ""}, {"SM", "47890", "SM", false, ""}, {"", "", "", false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.country+"/"+tt.postcode, func(t *testing.T) {
			got := address.VATTerritory(tt.country, tt.postcode)
			want := address.Territory{Country: tt.vat, Union: tt.union, Name: tt.name, GoodsOnly: tt.vat == "XI", OwnTax: ownTax[tt.name]}
			if got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if got.Name != "" {
				i18ntest.Used(t, i18n.Base(), got.Label())
			}
		})
	}
	if n := len(address.Union()); n != 27 || address.EU("GB") || !address.EU("HR") {
		t.Errorf("%d member states", n)
	}
}

func TestCheckVATNumber(t *testing.T) {
	good := []string{
		"ATU13585627", "BE0428759497", "BG123456789", "CY12345678X", "CZ12345678", "DE136695976", "DK13585628", "EE100931558",
		"EL094259216", "GR094259216", "ESX1234567X", "ES12345678Z", "FI20774740", "FRXX123456789", "fr 40 303265045", "HR33392005961", "HU12892312",
		"IE1234567WA", "IE1X34567A", "IT00743110157", "LT123456789", "LT123456789012", "LU15027442", "LV12345678901", "MT11679112",
		"NL123456789B01", "PL8567346215", "PT501964843", "RO12", "SE123456789701", "SI50223054", "SK1234567890", "XI123456789",
		"GB123456789", "CHE-107.787.577 MWST", "NO123456789MVA", "BE 0428.759.497", "US12345",
	}
	for _, n := range good {
		if !address.CheckVATNumber(n) {
			t.Errorf("%s refused", n)
		}
	}
	for _, n := range []string{
		"", "FR", "FR1", "ATX12345678", "BE2123456789", "DE12345678", "DE1234567890", "GR123456789x", "IT1234567890", "FROO123456789",
		"SE123456789002", "ES1234567", "DE136695975", "FR41303265045", "BE0428759498", "IT00743110158", "CHE107787578",
		"ATU13585628", "DK13585627", "EE100931559", "EL094259217", "FI20774741", "HR33392005962", "HU12892313", "LU15027443", "MT11679113",
		"PL8567346216", "PT501964844", "SE123456789801", "SI50223055", "U$12345", "DE12345678\u0663", "123456789012345678901",
	} {
		if address.CheckVATNumber(n) {
			t.Errorf("%s accepted", n)
		}
	}
	for _, country := range address.Union() {
		// Every member state has a pattern, so that a stranger's number is refused.
		if address.CheckVATNumber(address.VATPrefix(country) + "ABCDEFGHIJKLMN") {
			t.Errorf("%s has no pattern", country)
		}
	}
}
