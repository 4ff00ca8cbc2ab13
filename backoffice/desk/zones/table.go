package zones

import (
	"net/url"
	"strings"

	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/shipping"
)

// Row is a line of the table as it is sent; its lists are divided by commas.
type Row struct {
	Country   string `form:"country"`
	Regions   string `form:"regions"`
	Postcodes string `form:"postcodes"`
	Except    string `form:"except"`
}

// Read makes zones of what was typed; rows without anything are the spare ones. The others are numbered anew
// in sent, because a refusal names a row by its place. People type regions by their names as well; one that
// is not known stays as it is, to be refused by name.
func Read(sent url.Values, table string, rows []Row) []shipping.Zone {
	sheet.DropRows(sent, table)
	var list []shipping.Zone
	for _, r := range rows {
		if r == (Row{}) {
			continue
		}
		z := shipping.Zone{Country: r.Country, Regions: sheet.Items(r.Regions), Postcodes: sheet.Items(r.Postcodes), Except: sheet.Items(r.Except)}
		for i, text := range z.Regions {
			z.Regions[i], _ = shipping.Region(r.Country, text)
		}
		put(sent, table, len(list), z)
		list = append(list, z)
	}
	return list
}

// Put writes zones into the fields of a form.
func Put(values url.Values, table string, list []shipping.Zone) {
	for i, z := range list {
		put(values, table, i, z)
	}
}

func put(values url.Values, table string, row int, z shipping.Zone) {
	sheet.PutRow(values, table, row, map[string]string{
		"country": z.Country, "regions": strings.Join(z.Regions, ", "), "postcodes": strings.Join(z.Postcodes, ", "),
		"except": strings.Join(z.Except, ", "),
	})
}

// Field is the field of a refused part of a zone: "zones.1.postcodes.0" is told at the column of table.
func Field(table, refused string) string {
	part := strings.Split(refused, ".")
	part[0] = table
	return strings.Join(part[:min(len(part), 3)], ".") // a place in a list is not a field of its own
}

// Table is the table as it is drawn.
func Table(s sheet.Sheet, table string) ui.Rows {
	t := s.View().T
	places := []ui.Option{{}, {Value: shipping.Everywhere, Label: t("shipping.zone.everywhere")}, {Value: shipping.Union, Label: t("shipping.zone.union")}}
	return s.Rows(ui.Rows{
		Name: table, Blank: 1, AddText: t("shipping.zone.add"),
		Columns: []ui.Field{
			{Name: "country", Label: t("shipping.zone.country"), Options: sheet.Countries(s.View().Locale, places...)},
			{Name: "postcodes", Label: t("shipping.zone.postcodes"), Placeholder: "20*, 75001..75020", Autocomplete: "off"},
			{Name: "except", Label: t("shipping.zone.except"), Autocomplete: "off"},
			{Name: "regions", Label: t("shipping.zone.regions"), Autocomplete: "off"},
		},
	})
}
