package address

import (
	"slices"
	"strings"
)

// union are the member states of the European Union since 1 February 2020.
var union = strings.Fields("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")

// EU reports whether a country is a member state. Places inside a member state that
// its VAT does not reach are for VATTerritory to tell.
func EU(country string) bool { return slices.Contains(union, country) }

// Union lists the member states.
func Union() []string { return slices.Clone(union) }

// Territory is whose value added tax reaches a place.
type Territory struct {
	// Country is the state whose VAT is due, "XI" for goods in Northern Ireland, or
	// the country itself outside the Union.
	Country string
	// Union reports that goods sent there stay inside the VAT territory of the Union.
	// When it is false, sending them there is an export (Directive 2006/112/EC,
	// article 146).
	Union bool
	// GoodsOnly reports that this holds for goods and not for services (Northern
	// Ireland).
	GoodsOnly bool
	// OwnTax reports that the tax of Country does not hold there: the place has one of its own, or none. Goods
	// sent between it and the rest of the country are exported.
	OwnTax bool
	// Name is the name of a place with rules of its own, such as "canary_islands" or
	// "corsica", and "" everywhere else. Inside the Union it may have its own rates.
	Name string
}

// Label is the message key of the name of the territory, "" without one.
func (t Territory) Label() string {
	if t.Name == "" {
		return ""
	}
	return "address.territory." + t.Name
}

// place is a part of a country with rules of its own, known by its postcodes.
type place struct {
	country  string
	prefixes []string // of the postcode, without spaces
	is       Territory
}

// outside is a place where neither the Union's tax nor that of its state holds.
func outside(country, name string) Territory {
	return Territory{Country: country, OwnTax: true, Name: name}
}

// under is a place outside the Union's tax that is under the tax of a state all the same.
func under(country, name string) Territory { return Territory{Country: country, Name: name} }

func inside(country, name string) Territory {
	return Territory{Country: country, Union: true, Name: name}
}

// places is read from the top: the first that fits counts. "Article" means an
// article of Directive 2006/112/EC, in its version of 1 January 2025.
var places = []place{
	// Article 7: Monaco counts as France. Its postcodes are the 980s, so this stands
	// before the overseas collectivities.
	{"FR", []string{"980"}, inside("FR", "monaco")},
	// Article 6(1)(c): the territories of articles 349 and 355(1) of the Treaty, that
	// is Guadeloupe, Martinique, Guiana, Réunion, Mayotte and Saint-Martin. The
	// collectivities (975, 977, 98*) are not part of the Union's territory at all, and
	// French tax holds in none of them; Saint-Barthélemy and Saint-Martin kept postcodes of
	// Guadeloupe. Among the departments, article 294 of the French code (CGI): Guadeloupe and
	// Martinique are one, each other is a place of export; there is no tax in Guiana and Mayotte.
	{"FR", []string{"97133", "97150"}, outside("FR", "french_overseas")},
	{"FR", []string{"971", "972"}, outside("FR", "guadeloupe_martinique")},
	{"FR", []string{"973"}, outside("FR", "guiana")},
	{"FR", []string{"974"}, outside("FR", "reunion")},
	{"FR", []string{"976"}, outside("FR", "mayotte")},
	{"FR", []string{"97", "98"}, outside("FR", "french_overseas")},
	// Corsica is inside, with reduced rates (article 105, and 297 of the French code).
	{"FR", []string{"20"}, inside("FR", "corsica")},
	// Article 6(1)(b).
	{"ES", []string{"35", "38"}, outside("ES", "canary_islands")},
	// Article 6(2)(c) and (d).
	{"ES", []string{"51"}, outside("ES", "ceuta")},
	{"ES", []string{"52"}, outside("ES", "melilla")},
	// Article 6(2)(a) and (b).
	{"DE", []string{"27498"}, outside("DE", "heligoland")},
	// Büsingen is inside the Swiss tax: MWSTG article 3(a), treaty of 23 November 1964.
	{"DE", []string{"78266"}, under("CH", "buesingen")},
	// Article 6(2)(e), and 6(1)(g) since 2020 (Directive (EU) 2019/475).
	{"IT", []string{"23041"}, outside("IT", "livigno")},
	{"IT", []string{"22061"}, outside("IT", "campione")},
	// Article 6(1)(d). Finnish tax holds there, behind a border of tax.
	{"FI", []string{"22"}, under("FI", "aland")},
	// Article 6(1)(a).
	{"GR", []string{"63086", "63087"}, outside("GR", "mount_athos")},
	// Article 104: Jungholz and Mittelberg, whose rate is lower.
	{"AT", []string{"6691", "6991", "6992", "6993"}, inside("AT", "jungholz_mittelberg")},
	// Article 105(2): Madeira and the Azores, whose rates are lower.
	{"PT", []string{"90", "91", "92", "93", "94"}, inside("PT", "madeira")},
	{"PT", []string{"95", "96", "97", "98", "99"}, inside("PT", "azores")},
	// Northern Ireland: the Union's VAT on goods applies there by the Windsor
	// Framework, article 8 and annex 3 of the Protocol; services follow the United
	// Kingdom's.
	// The Isle of Man is one with the United Kingdom for its tax (Customs and Excise Agreement of 1979); the
	// Channel Islands are outside it (Value Added Tax Act 1994 s. 96(1)) and article 6(1)(e) of the Directive.
	{"GB", []string{"IM"}, under("GB", "isle_of_man")},
	{"GB", []string{"JE"}, outside("GB", "jersey")},
	{"GB", []string{"GY"}, outside("GB", "guernsey")},
	{"GB", []string{"BT"}, Territory{Country: "XI", Union: true, GoodsOnly: true, Name: "northern_ireland"}},
}

// placesIn are the places of a country, in their order: most countries have none, and every basket asks.
var placesIn = func() map[string][]place {
	in := map[string][]place{}
	for _, p := range places {
		in[p.country] = append(in[p.country], p)
	}
	return in
}()

// VATPlaces are the names of the places inside a state that may have rates of their own: those that stay
// inside the Union's VAT ("madeira"), and those whose tax is not that of the state ("canary_islands").
func VATPlaces(state string) []string {
	var names []string
	for _, p := range places {
		if p.is.Country == state && (p.is.Union || p.is.OwnTax) && !slices.Contains(names, p.is.Name) {
			names = append(names, p.is.Name)
		}
	}
	return names
}

// HasOwnTax reports that the tax of a state does not hold in its place of that name.
func HasOwnTax(state, name string) bool {
	return slices.ContainsFunc(places, func(p place) bool { return p.is.OwnTax && p.is.Country == state && p.is.Name == name })
}

// own are the places that have a country code of their own.
var own = map[string]Territory{
	"MC": inside("FR", "monaco"),                 // article 7(1)
	"GP": outside("FR", "guadeloupe_martinique"), // article 6(1)(c), as are the next five
	"MQ": outside("FR", "guadeloupe_martinique"),
	"GF": outside("FR", "guiana"),
	"RE": outside("FR", "reunion"),
	"YT": outside("FR", "mayotte"),
	"MF": outside("MF", "french_overseas"),
	"AX": under("FI", "aland"), // article 6(1)(d)
	"IM": under("GB", "isle_of_man"),
	"JE": outside("GB", "jersey"),
	"GG": outside("GB", "guernsey"),
	"LI": under("CH", "liechtenstein"), // inside the Swiss tax: MWSTG article 3(a), treaty of 28 October 1994
}

// VATTerritory is whose value added tax is due on goods sent to a place. The
// postcode may be in any notation; without one, the mainland is meant.
func VATTerritory(country, postcode string) Territory {
	if t, ok := own[country]; ok {
		return t
	}
	if parts := placesIn[country]; len(parts) > 0 {
		bare := compact(postcode)
		if p, ok := FormatOf(country).postcode(postcode); ok {
			bare = compact(p)
		}
		for _, p := range parts {
			if slices.ContainsFunc(p.prefixes, func(prefix string) bool { return strings.HasPrefix(bare, prefix) }) {
				return p.is
			}
		}
	}
	return Territory{Country: country, Union: EU(country)}
}
