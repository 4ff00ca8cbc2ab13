package start

import (
	"slices"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/tax"
)

// Pack is what a country suggests to a shop that opens there.
type Pack struct {
	Country  string
	Currency money.Currency
	Language i18n.Locale // of the four, the one most people there read
	Zone     string
	// Taxed tells that VAT rates of the country are known; without them a shop that charged VAT
	// could not sell.
	Taxed bool
}

// local is what neither ISO 4217 nor the tax table says of a country: its time zone (the capital's)
// and which of our languages to begin with.
var local = map[string]struct {
	language i18n.Locale
	zone     string
}{
	"AT": {i18n.German, "Europe/Vienna"}, "BE": {i18n.French, "Europe/Brussels"}, "BG": {i18n.English, "Europe/Sofia"},
	"CA": {i18n.English, "America/Toronto"}, "CH": {i18n.German, "Europe/Zurich"}, "CY": {i18n.English, "Asia/Nicosia"},
	"CZ": {i18n.English, "Europe/Prague"}, "DE": {i18n.German, "Europe/Berlin"}, "DK": {i18n.English, "Europe/Copenhagen"},
	"EE": {i18n.English, "Europe/Tallinn"}, "ES": {i18n.Spanish, "Europe/Madrid"}, "FI": {i18n.English, "Europe/Helsinki"},
	"FR": {i18n.French, "Europe/Paris"}, "GB": {i18n.English, "Europe/London"}, "GR": {i18n.English, "Europe/Athens"},
	"HR": {i18n.English, "Europe/Zagreb"}, "HU": {i18n.English, "Europe/Budapest"}, "IE": {i18n.English, "Europe/Dublin"},
	"IT": {i18n.English, "Europe/Rome"}, "LI": {i18n.German, "Europe/Vaduz"}, "LT": {i18n.English, "Europe/Vilnius"},
	"LU": {i18n.French, "Europe/Luxembourg"}, "LV": {i18n.English, "Europe/Riga"}, "MA": {i18n.French, "Africa/Casablanca"},
	"MC": {i18n.French, "Europe/Monaco"}, "MT": {i18n.English, "Europe/Malta"}, "MX": {i18n.Spanish, "America/Mexico_City"},
	"NL": {i18n.English, "Europe/Amsterdam"}, "NO": {i18n.English, "Europe/Oslo"}, "PL": {i18n.English, "Europe/Warsaw"},
	"PT": {i18n.English, "Europe/Lisbon"}, "RO": {i18n.English, "Europe/Bucharest"}, "SE": {i18n.English, "Europe/Stockholm"},
	"SI": {i18n.English, "Europe/Ljubljana"}, "SK": {i18n.English, "Europe/Bratislava"}, "SN": {i18n.French, "Africa/Dakar"},
	"TN": {i18n.French, "Africa/Tunis"}, "US": {i18n.English, "America/New_York"}, "AR": {i18n.Spanish, "America/Argentina/Buenos_Aires"},
	"CL": {i18n.Spanish, "America/Santiago"}, "CO": {i18n.Spanish, "America/Bogota"}, "PE": {i18n.Spanish, "America/Lima"},
}

// FindPack is what a country suggests; false for a code that is no country.
func FindPack(country string) (Pack, bool) {
	region, err := language.ParseRegion(country)
	if err != nil || !address.IsCountry(country) {
		return Pack{}, false
	}
	p := Pack{Country: country, Currency: money.EUR, Language: i18n.English, Zone: "UTC"}
	if unit, known := currency.FromRegion(region); known {
		if c, err := money.ParseCurrency(unit.String()); err == nil {
			p.Currency = c
		}
	}
	if l, ok := local[country]; ok {
		p.Language, p.Zone = l.language, l.zone
	}
	p.Taxed = len(tax.Builtin().Rows(address.VATTerritory(country, "").Country)) > 0
	return p, true
}

// Zones lists the time zones a shop is offered, by name; UTC is the last.
func Zones() []string {
	var names []string
	for _, l := range local {
		if !slices.Contains(names, l.zone) {
			names = append(names, l.zone)
		}
	}
	slices.Sort(names)
	return append(names, "UTC")
}
