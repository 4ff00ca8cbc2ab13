package address

import (
	"regexp"
	"strings"
	"sync"
)

// patterns are the shapes of VAT numbers after their prefix, as the European
// Commission lists them (VIES, question 11 of its FAQ:
// https://ec.europa.eu/taxation_customs/vies/#/faq), and those of neighbours.
var patterns = map[string]string{
	"AT": `U\d{8}`,
	"BE": `[01]\d{9}`,
	"BG": `\d{9,10}`,
	"CY": `\d{8}[A-Z]`,
	"CZ": `\d{8,10}`,
	"DE": `\d{9}`,
	"DK": `\d{8}`,
	"EE": `\d{9}`,
	"EL": `\d{9}`,
	"ES": `[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z]`,
	"FI": `\d{8}`,
	"FR": `[A-HJ-NP-Z0-9]{2}\d{9}`,
	"HR": `\d{11}`,
	"HU": `\d{8}`,
	"IE": `\d[A-Z0-9+*]\d{5}[A-Z]|\d{7}[A-W][A-I]`,
	"IT": `\d{11}`,
	"LT": `\d{9}|\d{12}`,
	"LU": `\d{8}`,
	"LV": `\d{11}`,
	"MT": `\d{8}`,
	"NL": `[A-Z0-9+*]{10}\d{2}`,
	"PL": `\d{10}`,
	"PT": `\d{9}`,
	"RO": `\d{2,10}`,
	"SE": `\d{10}01`,
	"SI": `\d{8}`,
	"SK": `\d{10}`,
	"XI": `\d{9}|\d{12}|GD\d{3}|HA\d{3}`,
	"GB": `\d{9}|\d{12}|GD\d{3}|HA\d{3}`,
	"CH": `E\d{9}(MWST|TVA|IVA)?`, // "CHE" followed by the UID
	"NO": `\d{9}(MVA)?`,
}

var compiled = sync.OnceValue(func() map[string]*regexp.Regexp {
	m := make(map[string]*regexp.Regexp, len(patterns))
	for prefix, pattern := range patterns {
		m[prefix] = regexp.MustCompile(`^(?:` + pattern + `)$`)
	}
	return m
})

// CleanVATNumber is a VAT number without spaces and signs, in capitals, with the
// prefix the tax offices use: "be 0123.456.789" is BE0123456789, and GR, which many
// Greeks write, is EL.
func CleanVATNumber(text string) string {
	text = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-/\u00a0\u202f", r) {
			return -1
		}
		return r
	}, strings.ToUpper(text))
	if rest, ok := strings.CutPrefix(text, "GR"); ok {
		return "EL" + rest
	}
	return text
}

// CheckVATNumber reports whether text has the shape of a VAT number of the country
// its first two letters name, and whether its check digits agree where the rule for
// them is simple: a digit that was mistyped is found without asking anybody. A number of a country without a known shape passes
// with 4 to 20 letters and digits. It says nothing on whether the number exists.
func CheckVATNumber(text string) bool {
	text = CleanVATNumber(text)
	if len(text) < 4 || len(text) > 20 {
		return false
	}
	if re, ok := compiled()[text[:2]]; ok {
		return re.MatchString(text[2:]) && checkDigits(text[:2], text[2:])
	}
	return strings.IndexFunc(text, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }) < 0
}

// VATPrefix is what the VAT numbers of a country start with: its code, except for
// Greece (EL) and Monaco (FR).
func VATPrefix(country string) string {
	switch country {
	case "GR":
		return "EL"
	case "MC":
		return "FR"
	default:
		return country
	}
}
