package zones

import (
	"slices"
	"strings"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/shipping"
)

// shown is how many zones are named; of more only their number is told.
const shown = 3

// Names says where zones are, in few words; no zone is everywhere.
func Names(v ui.View, list []shipping.Zone) string {
	if len(list) == 0 {
		return v.T("shipping.zone.everywhere")
	}
	var names []string
	for i, z := range list {
		if i == shown {
			names = append(names, v.T("ui.and_more", ui.Args{"n": len(list) - shown}))
			break
		}
		names = append(names, name(v, z))
	}
	return strings.Join(names, ", ")
}

func name(v ui.View, z shipping.Zone) string {
	name := address.CountryName(v.Locale, z.Country)
	switch z.Country {
	case shipping.Everywhere:
		name = v.T("shipping.zone.everywhere")
	case shipping.Union:
		name = v.T("shipping.zone.union")
	}
	var only []string
	for _, code := range z.Regions {
		only = append(only, region(z.Country, code))
	}
	for _, p := range z.Postcodes {
		only = append(only, pattern(v, z.Country, p))
	}
	if except := excepted(v, z); except != "" {
		only = append(only, except)
	}
	if len(only) > 0 {
		name += " (" + strings.Join(only, ", ") + ")"
	}
	return name
}

// excepted says what is left out of a zone, "" for nothing. It stands in brackets, so that the next zone of a list
// does not read as left out too.
func excepted(v ui.View, z shipping.Zone) string {
	var names []string
	for _, p := range z.Except {
		if one := pattern(v, z.Country, p); !slices.Contains(names, one) {
			names = append(names, one)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return v.T("shipping.zone.but", ui.Args{"except": strings.Join(names, ", ")})
}

// pattern is what people call the places of a pattern ("20*" in France is Corsica), the pattern itself when
// they call them nothing.
func pattern(v ui.View, country, pattern string) string {
	prefix, wide := strings.CutSuffix(pattern, "*")
	label := address.VATTerritory(country, prefix).Label()
	if !wide || label == "" {
		return pattern
	}
	return v.T(label)
}

func region(country, code string) string {
	for _, r := range address.FormatOf(country).Regions {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}
