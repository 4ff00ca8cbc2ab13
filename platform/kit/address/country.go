package address

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"echoppe.dev/platform/kit/i18n"
)

// Country is a country by its ISO 3166-1 code and its name in some language.
type Country struct{ Code, Name string }

// codes are the officially assigned codes of ISO 3166-1 alpha-2, without the
// territories nobody lives in permanently (AQ, BV, HM, TF), plus XK, which posts
// and carriers use for Kosovo.
var codes = strings.Fields(`
	AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ
	CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
	FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR
	IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH
	MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK
	PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ
	TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM
	ZW`)

// IsCountry reports whether code is one the program ships to.
func IsCountry(code string) bool {
	_, ok := slices.BinarySearch(codes, code)
	return ok
}

// CountryName is the name of a country in the language of l, in English when that
// language is not known, and the code itself for no country.
func CountryName(l i18n.Locale, code string) string {
	if name := renamed[code][l.Language()]; name != "" {
		return name
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := namer(l).Name(region); name != "" {
		return name
	}
	return code
}

// renamed are countries whose names are younger than the tables of x/text. French, Spanish and German
// go on calling Türkiye by its old name.
var renamed = map[string]i18n.Text{
	"CZ": {i18n.English: "Czechia", i18n.French: "Tchéquie", i18n.Spanish: "Chequia", i18n.German: "Tschechien"},
	"MK": {i18n.English: "North Macedonia", i18n.French: "Macédoine du Nord", i18n.Spanish: "Macedonia del Norte", i18n.German: "Nordmazedonien"},
	"SZ": {i18n.English: "Eswatini", i18n.French: "Eswatini", i18n.Spanish: "Esuatini", i18n.German: "Eswatini"},
	"TR": {i18n.English: "Türkiye", i18n.French: "Turquie", i18n.Spanish: "Turquía", i18n.German: "Türkei"},
}

func namer(l i18n.Locale) display.Namer {
	if tag, err := language.Parse(string(l)); err == nil {
		if n := display.Regions(tag); n != nil {
			return n
		}
	}
	return display.English.Regions()
}

// named keeps the sorted lists of the shipped languages: sorting as the language
// does takes a millisecond, and every checkout page shows the list.
var named sync.Map // i18n.Locale → []Country

// Countries lists all countries with their names in the language of l, sorted as
// that language sorts: Österreich between Norwegen and Pakistan.
func Countries(l i18n.Locale) []Country {
	if list, ok := named.Load(l); ok {
		return slices.Clone(list.([]Country))
	}
	list := make([]Country, len(codes))
	for i, code := range codes {
		list[i] = Country{code, CountryName(l, code)}
	}
	tag, err := language.Parse(string(l))
	if err != nil {
		tag = language.English
	}
	order := collate.New(tag, collate.IgnoreCase)
	slices.SortFunc(list, func(a, b Country) int { return order.CompareString(a.Name, b.Name) })
	if slices.Contains(i18n.Shipped, l) {
		named.Store(l, slices.Clone(list))
	}
	return list
}

// CountryNumber is the three digits of ISO 3166-1 that stand for a country, which older banks write in
// place of its letters; "" for what is no country.
func CountryNumber(code string) string {
	if !IsCountry(code) {
		return ""
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%03d", region.M49())
}
