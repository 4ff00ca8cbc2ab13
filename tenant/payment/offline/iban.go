package offline

import (
	"regexp"
	"strings"
)

// ibanLengths are the lengths of the SWIFT IBAN registry (ISO 13616), release 99. A country that is
// not among them is checked by its digits alone.
var ibanLengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29,
	"BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
	"ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
	"HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
	"LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
	"MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25,
	"QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25,
	"SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}

var (
	ibanShape = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`)
	// bicShape is ISO 9362: institution, country, place, and a branch or none.
	bicShape = regexp.MustCompile(`^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$`)
)

// ValidIBAN tells whether text is an account number with the right length for its country and right
// check digits (ISO 7064, mod 97-10). Spaces and lower case are taken.
func ValidIBAN(text string) bool {
	iban := compact(text)
	if !ibanShape.MatchString(iban) {
		return false
	}
	if want, known := ibanLengths[iban[:2]]; known && len(iban) != want {
		return false
	}
	return mod97(iban[4:]+iban[:4]) == 1
}

func validBIC(text string) bool { return bicShape.MatchString(compact(text)) }

// mod97 reads letters as two digits, A being 10, and gives the remainder.
func mod97(text string) int {
	rest := 0
	for i := range len(text) {
		switch b := text[i]; {
		case b >= 'A':
			rest = (rest*100 + int(b-'A') + 10) % 97
		default:
			rest = (rest*10 + int(b-'0')) % 97
		}
	}
	return rest
}

// compact is a code as machines write it.
func compact(text string) string { return strings.ToUpper(strings.Join(strings.Fields(text), "")) }

// printIBAN is an IBAN as people read it, in groups of four.
func printIBAN(text string) string {
	iban := compact(text)
	var b strings.Builder
	for i := range len(iban) {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteByte(iban[i])
	}
	return b.String()
}
