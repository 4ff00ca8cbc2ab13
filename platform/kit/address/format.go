package address

import (
	"slices"
	"strings"
)

// Format is how the addresses of a country look.
type Format struct {
	// Country is the code, "" for the generic format.
	Country string
	// Order lists the fields line by line, as an envelope shows them.
	Order [][]string
	// Required lists the fields that may not be empty, besides the country.
	Required []string
	// Example is a postcode of the country, "" where there are none or many kinds.
	Example string
	// RegionLabel is the message key of what a region is called there.
	RegionLabel string
	// Regions are the choices for the region, nil for free text.
	Regions []RegionChoice
	// spelled regions stand on an envelope by their names rather than their codes.
	spelled bool
	// masks are the shapes of its postcodes: 9 is a digit, A a letter, X either, and
	// anything else is written for the reader. No masks: any postcode will do.
	masks []string
}

// RegionChoice is a state, province or territory. The name is what the country
// itself calls it.
type RegionChoice struct{ Code, Name string }

// FormatOf is the format of a country, the generic one for all others.
func FormatOf(country string) Format {
	if f, ok := formats[country]; ok {
		return f
	}
	return generic
}

// Has reports whether the country uses the field at all.
func (f Format) Has(field string) bool { return slices.Contains(f.Fields(), field) }

// Requires reports whether the field may not be empty.
func (f Format) Requires(field string) bool {
	return field == CountryOf || slices.Contains(f.Required, field)
}

// postcode writes a postcode in the notation of the country; false when it is none.
func (f Format) postcode(text string) (string, bool) {
	if len(f.masks) == 0 || text == "" || len(text) > maxDirty {
		return text, text == "" || len(f.masks) == 0
	}
	bare := compact(text)
	// "F-75001" and "L-1009" are an old habit on letters from abroad.
	bare = strings.TrimPrefix(bare, f.Country)
	if prefix, ok := plates[f.Country]; ok {
		bare = strings.TrimPrefix(bare, prefix)
	}
	for _, mask := range f.masks {
		if out, ok := fill(mask, bare); ok {
			return out, true
		}
	}
	return text, false
}

// plates are the car plates that people put before the postcode.
var plates = map[string]string{
	"AT": "A", "BE": "B", "DE": "D", "ES": "E", "FR": "F", "IT": "I", "LU": "L", "PT": "P", "SE": "S", "FI": "FIN",
}

// compact keeps letters and digits only, in capitals.
func compact(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		case r == ' ', r == '-', r == '.', r == '\u00a0', r == '\u202f', r == '〒':
			return -1
		default:
			return '?' // fits no mask
		}
	}, text)
}

// fill puts letters and digits into a mask.
func fill(mask, bare string) (string, bool) {
	out := make([]byte, 0, len(mask))
	for i := range len(mask) {
		fits, ok := wanted[mask[i]]
		if !ok {
			out = append(out, mask[i])
			continue
		}
		if bare == "" || !fits(bare[0]) {
			return "", false
		}
		out, bare = append(out, bare[0]), bare[1:]
	}
	return string(out), bare == ""
}

// wanted says what the placeholders of a mask take.
var wanted = map[byte]func(byte) bool{
	'9': isDigit,
	'A': isLetter,
	'X': func(b byte) bool { return isDigit(b) || isLetter(b) },
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b >= 'A' && b <= 'Z' }

// regionName is what a region is called, code itself where the country has no such choice.
func (f Format) regionName(code string) string {
	for _, r := range f.Regions {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}

// region finds the code of a region by its code or its name; false when the country
// has a list and the text is not on it.
func (f Format) region(text string) (string, bool) {
	if f.Regions == nil || text == "" {
		return text, true
	}
	for _, r := range f.Regions {
		if strings.EqualFold(r.Code, text) || strings.EqualFold(r.Name, text) {
			return r.Code, true
		}
	}
	return text, false
}
