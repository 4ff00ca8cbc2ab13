package address

// The usual orders of lines. In most of Europe the postcode stands before the city.
var (
	postcodeFirst = [][]string{{Name}, {Company}, {Line1}, {Line2}, {Postcode, City}}
	cityFirst     = [][]string{{Name}, {Company}, {Line1}, {Line2}, {City, Region, Postcode}}
	cityAbove     = [][]string{{Name}, {Company}, {Line1}, {Line2}, {City}, {Region}, {Postcode}}
	withProvince  = [][]string{{Name}, {Company}, {Line1}, {Line2}, {Postcode, City, Region}}
	japanese      = [][]string{{Postcode}, {Region, City}, {Line1}, {Line2}, {Company}, {Name}}
)

var (
	withPostcode = []string{Name, Line1, Postcode, City}
	withRegion   = []string{Name, Line1, Postcode, City, Region}
)

// The message keys of what regions are called.
const (
	labelRegion     = "address.label.region"
	labelState      = "address.label.state"
	labelProvince   = "address.label.province"
	labelCounty     = "address.label.county"
	labelPrefecture = "address.label.prefecture"
)

// generic asks little and takes much: half the countries of the world have no
// postcodes, and the others have all kinds.
var generic = Format{
	Order:       [][]string{{Name}, {Company}, {Line1}, {Line2}, {Postcode, City}, {Region}},
	Required:    []string{Name, Line1, City},
	RegionLabel: labelRegion,
}

// formats follows the addressing sheets of the Universal Postal Union
// (https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions).
var formats = func() map[string]Format {
	m := map[string]Format{
		"AT": european("1010", "9999"),
		"BE": european("1000", "9999"),
		"BG": european("1000", "9999"),
		"CH": european("8001", "9999"),
		"CY": european("1010", "9999"),
		"CZ": european("110 00", "999 99"),
		"DE": european("10115", "99999"),
		"DK": european("1050", "9999"),
		"EE": european("10111", "99999"),
		"FI": european("00100", "99999"),
		"FR": european("75001", "99999"),
		"GR": european("105 57", "999 99"),
		"HR": european("10000", "99999"),
		"HU": european("1011", "9999"),
		"LI": european("9490", "9999"),
		"LT": european("LT-01100", "LT-99999"),
		"LU": european("1009", "9999"),
		"LV": european("LV-1050", "LV-9999"),
		"MC": european("98000", "99999"),
		"NL": european("1012 AB", "9999 AA"),
		"NO": european("0150", "9999"),
		"PL": european("00-950", "99-999"),
		"PT": european("1000-001", "9999-999"),
		"RO": european("010011", "999999"),
		"SE": european("111 20", "999 99"),
		"SI": european("1000", "9999"),
		"SK": european("811 01", "999 99"),

		"MT": {Order: cityAbove, Required: withPostcode, Example: "VLT 1117", masks: []string{"AAA 9999"}},
		"GB": {
			Order: cityAbove, Required: withPostcode, Example: "SW1A 1AA", RegionLabel: labelCounty,
			masks: []string{"A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"},
		},
		// Eircodes exist since 2015 and many people do not know theirs.
		"IE": {
			Order: cityAbove, Required: []string{Name, Line1, City}, Example: "D02 AF30", RegionLabel: labelCounty,
			masks: []string{"A9X XXXX"},
		},
		"ES": {
			Order: withProvince, Required: withPostcode, Example: "28013", RegionLabel: labelProvince,
			Regions: spain, spelled: true, masks: []string{"99999"},
		},
		"IT": {
			Order: withProvince, Required: withRegion, Example: "00118", RegionLabel: labelProvince,
			Regions: italy, masks: []string{"99999"},
		},
		"US": {
			Order: cityFirst, Required: withRegion, Example: "10001", RegionLabel: labelState,
			Regions: unitedStates, masks: []string{"99999", "99999-9999"},
		},
		"CA": {
			Order: cityFirst, Required: withRegion, Example: "K1A 0B1", RegionLabel: labelProvince,
			Regions: canada, masks: []string{"A9A 9A9"},
		},
		"AU": {
			Order: cityFirst, Required: withRegion, Example: "2000", RegionLabel: labelState,
			Regions: australia, masks: []string{"9999"},
		},
		"JP": {
			Order: japanese, Required: withRegion, Example: "100-0001", RegionLabel: labelPrefecture,
			masks: []string{"999-9999"},
		},
	}
	for code, f := range m {
		f.Country = code
		m[code] = f
	}
	return m
}()

// european is the format of most of Europe: no region, postcode before the city.
func european(example string, masks ...string) Format {
	return Format{Order: postcodeFirst, Required: withPostcode, Example: example, masks: masks}
}
