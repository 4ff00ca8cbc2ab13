package shopsettings

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/shipping"
)

// zoneForm is a row of the table of zones; the lists are typed on one line, divided by commas.
type zoneForm struct {
	Country   string `form:"country"`
	Regions   string `form:"regions"`
	Postcodes string `form:"postcodes"`
	Except    string `form:"except"`
}

// zoneField is the name of the table of zones.
const zoneField = "mode-zones"

// zonesOf reads the table; rows without a country are the spare ones. Rows are numbered anew in
// sent, because a refusal names a row by its place.
func zonesOf(rows []zoneForm, sent url.Values) []shipping.Zone {
	for name := range sent {
		if strings.HasPrefix(name, zoneField+".") {
			delete(sent, name)
		}
	}
	var zones []shipping.Zone
	for _, r := range rows {
		if r == (zoneForm{}) {
			continue
		}
		z := shipping.Zone{Country: r.Country, Regions: regionsOf(r), Postcodes: items(r.Postcodes), Except: items(r.Except)}
		putZone(sent, len(zones), z)
		zones = append(zones, z)
	}
	return zones
}

func putZone(values url.Values, row int, z shipping.Zone) {
	at := zoneField + "." + strconv.Itoa(row) + "."
	values.Set(at+"country", z.Country)
	values.Set(at+"regions", strings.Join(z.Regions, ", "))
	values.Set(at+"postcodes", strings.Join(z.Postcodes, ", "))
	values.Set(at+"except", strings.Join(z.Except, ", "))
}

// regionsOf are the regions of a row by their codes; people type names as well.
func regionsOf(r zoneForm) []string {
	list := items(r.Regions)
	for i, text := range list {
		list[i], _ = shipping.Region(r.Country, text) // one that is not known is refused by name
	}
	return list
}

// items divides a line at its commas.
func items(line string) []string {
	var list []string
	for part := range strings.SplitSeq(line, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// zoneRows is the table of zones as it is drawn.
func zoneRows(s sheet) ui.Rows {
	places := []ui.Option{{}, {Value: shipping.Everywhere, Label: s.t("zone.everywhere")}, {Value: shipping.Union, Label: s.t("zone.union")}}
	rows := ui.Rows{
		Name: zoneField, Label: s.t("zones"), Help: s.t("zones_help"), Error: s.Errors[zoneField], Blank: 1, AddText: s.t("zone.add"),
		Columns: []ui.Field{
			{Name: "country", Label: s.t("zone.country"), Options: append(places, countries(s.view())...)},
			{Name: "postcodes", Label: s.t("zone.postcodes"), Placeholder: "20*, 75001..75020", Autocomplete: "off"},
			{Name: "except", Label: s.t("zone.except"), Autocomplete: "off"},
			{Name: "regions", Label: s.t("zone.regions"), Autocomplete: "off"},
		},
	}
	for i := 0; s.Values.Has(zoneField + "." + strconv.Itoa(i) + ".country"); i++ {
		line := ui.Line{Values: map[string]string{}, Errors: map[string]string{}}
		for _, c := range rows.Columns {
			name := zoneField + "." + strconv.Itoa(i) + "." + c.Name
			line.Values[c.Name], line.Errors[c.Name] = s.Values.Get(name), s.Errors[name]
		}
		rows.Lines = append(rows.Lines, line)
	}
	return rows
}

// zoneNames says where a mode goes, in few words.
func zoneNames(v ui.View, zones []shipping.Zone) string {
	if len(zones) == 0 {
		return v.T("setup.shipping.zone.everywhere")
	}
	const shown = 3
	var names []string
	for i, z := range zones {
		if i == shown {
			names = append(names, v.T("ui.and_more", ui.Args{"n": len(zones) - shown}))
			break
		}
		names = append(names, zoneName(v, z))
	}
	return strings.Join(names, ", ")
}

func zoneName(v ui.View, z shipping.Zone) string {
	name := address.CountryName(v.Locale, z.Country)
	switch z.Country {
	case shipping.Everywhere:
		name = v.T("setup.shipping.zone.everywhere")
	case shipping.Union:
		name = v.T("setup.shipping.zone.union")
	}
	var only []string
	for _, code := range z.Regions {
		only = append(only, regionName(z.Country, code))
	}
	for _, p := range z.Postcodes {
		only = append(only, patternName(v, z.Country, p))
	}
	if len(only) > 0 {
		name += " (" + strings.Join(only, ", ") + ")"
	}
	if len(z.Except) == 0 {
		return name
	}
	var except []string
	for _, p := range z.Except {
		if one := patternName(v, z.Country, p); !slices.Contains(except, one) {
			except = append(except, one)
		}
	}
	return v.T("setup.shipping.zone.but", ui.Args{"name": name, "except": strings.Join(except, ", ")})
}

// patternName is what people call the places of a pattern ("20*" in France is Corsica), the pattern
// itself when they call them nothing.
func patternName(v ui.View, country, pattern string) string {
	prefix, wide := strings.CutSuffix(pattern, "*")
	label := address.VATTerritory(country, prefix).Label()
	if !wide || label == "" {
		return pattern
	}
	return v.T(label)
}

func regionName(country, code string) string {
	for _, r := range address.FormatOf(country).Regions {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}
