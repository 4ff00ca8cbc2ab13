package shopsettings

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tax"
)

// rates are the merchant's own classes of goods and his own rates (LAW-04). They are part of the
// document of VAT, with a page of their own.
func rates() document {
	return document{path: "rates", name: settings.NameTax, values: rateValues, read: readRates, fields: rateFields, table: true}
}

// The tables of the page.
const (
	classTable = "classes"
	rateTable  = "own"
)

func rateValues(v *desk.Visit, k *known) url.Values {
	values := url.Values{}
	for i, c := range k.Tax.Classes {
		sheet.PutRow(values, classTable, i, map[string]string{"code": string(c.Code), "name": c.Name})
	}
	for i, r := range k.Tax.Own {
		sheet.PutRow(values, rateTable, i, map[string]string{
			"territory": r.Territory, "class": string(r.Class), "from": r.From, "source": r.Source,
			"rate": percentInput(v.View.Locale, r),
		})
	}
	return values
}

// percentInput is a rate as it is typed; a class that ends there has none.
func percentInput(l i18n.Locale, r tax.Row) string {
	if r.Closed {
		return ""
	}
	return i18n.FormatInput(l, r.Rate.Percent(), 0)
}

type ratesForm struct {
	Classes []struct {
		Code string `form:"code"`
		Name string `form:"name"`
	} `form:"classes"`
	Own []struct {
		Territory string `form:"territory"`
		Class     string `form:"class"`
		Rate      string `form:"rate"`
		From      string `form:"from"`
		Source    string `form:"source"`
	} `form:"own"`
}

// readRates drops the spare rows and numbers the others anew, in what was sent as well: a refusal names
// a row by its place.
func readRates(c echo.Context, v *desk.Visit, k *known) (settings.Document, error) {
	f, err := web.Form[ratesForm](c)
	if err != nil {
		return k.Tax, err
	}
	sent := c.Request().PostForm
	sheet.DropRows(sent, classTable)
	sheet.DropRows(sent, rateTable)
	d := k.Tax
	d.Classes, d.Own = nil, nil
	for _, row := range f.Classes {
		if row.Code == "" && row.Name == "" {
			continue
		}
		sheet.PutRow(sent, classTable, len(d.Classes), map[string]string{"code": row.Code, "name": row.Name})
		d.Classes = append(d.Classes, settings.TaxClass{Code: pricing.Class(row.Code), Name: row.Name})
	}
	var check form.Checker
	for _, row := range f.Own {
		if row.Territory == "" && row.Class == "" && row.Rate == "" && row.From == "" && row.Source == "" {
			continue
		}
		n := len(d.Own)
		sheet.PutRow(sent, rateTable, n, map[string]string{
			"territory": row.Territory, "class": row.Class, "rate": row.Rate, "from": row.From, "source": row.Source,
		})
		const places = 4
		rate := check.Decimal(rateTable+"."+strconv.Itoa(n)+".rate", v.View.Locale, row.Rate, places)
		d.Own = append(d.Own, tax.Row{Territory: row.Territory, Class: pricing.Class(row.Class), Rate: money.Percent(rate),
			Closed: row.Rate == "", From: row.From, Source: row.Source})
	}
	if err := d.Check(); err != nil {
		if err := check.Add("", err); err != nil {
			return d, err
		}
	}
	return d, check.Err()
}

func classRows(s sheet.Sheet) ui.Rows {
	return s.Rows(ui.Rows{
		Name: classTable, Blank: 1,
		Columns: []ui.Field{
			{Name: "name", Autocomplete: "off"},
			{Name: "code", Autocomplete: "off", Placeholder: "books"},
		},
	})
}

func rateRows(s sheet.Sheet, k *known) ui.Rows {
	return s.Rows(ui.Rows{
		Name: rateTable, Blank: 1,
		Columns: []ui.Field{
			{Name: "territory", Options: territoryOptions(s.View())},
			{Name: "class", Options: append([]ui.Option{{}}, taxClasses(s.Visit, k.Tax)...)},
			{Name: "rate", InputMode: "decimal", Autocomplete: "off", Suffix: "%"},
			{Name: "from", Type: "date", Autocomplete: "off"},
			{Name: "source", Autocomplete: "off"},
		},
	})
}

// taxClasses are the classes goods of the shop can have, in words.
func taxClasses(v *desk.Visit, t settings.Tax) []ui.Option {
	var list []ui.Option
	for _, class := range t.AllClasses() {
		list = append(list, ui.Option{Value: string(class), Label: className(v, t, class)})
	}
	return list
}

// className is what a class is called: the merchant's own word, or that of the program.
func className(v *desk.Visit, t settings.Tax, class pricing.Class) string {
	if name := t.ClassName(class); name != "" {
		return name
	}
	if key := "tax.class." + string(class); v.View.Words.Has(v.View.Locale, key) {
		return v.T(key)
	}
	return string(class)
}

// territoryOptions are the countries, each followed by its parts with rates of their own.
func territoryOptions(v ui.View) []ui.Option {
	options := []ui.Option{{}}
	for _, country := range address.Countries(v.Locale) {
		options = append(options, ui.Option{Value: country.Code, Label: country.Name})
		for _, part := range tax.Parts(country.Code) {
			options = append(options, ui.Option{Value: part, Label: territoryName(v, part)})
		}
	}
	return options
}

func territoryName(v ui.View, territory string) string {
	country, part, ok := strings.Cut(territory, "/")
	name := address.CountryName(v.Locale, country)
	if !ok {
		return name
	}
	return name + " – " + v.T(address.Territory{Name: part}.Label())
}
