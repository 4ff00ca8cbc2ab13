package shopsettings

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
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
		putRow(values, classTable, i, map[string]string{"code": string(c.Code), "name": c.Name})
	}
	for i, r := range k.Tax.Own {
		putRow(values, rateTable, i, map[string]string{
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
	dropRows(sent, classTable)
	dropRows(sent, rateTable)
	d := k.Tax
	d.Classes, d.Own = nil, nil
	for _, row := range f.Classes {
		if row.Code == "" && row.Name == "" {
			continue
		}
		putRow(sent, classTable, len(d.Classes), map[string]string{"code": row.Code, "name": row.Name})
		d.Classes = append(d.Classes, settings.TaxClass{Code: pricing.Class(row.Code), Name: row.Name})
	}
	var check form.Checker
	for _, row := range f.Own {
		if row.Territory == "" && row.Class == "" && row.Rate == "" && row.From == "" && row.Source == "" {
			continue
		}
		n := len(d.Own)
		putRow(sent, rateTable, n, map[string]string{
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

// dropRows forgets a table in what was sent.
func dropRows(sent url.Values, table string) {
	for name := range sent {
		if strings.HasPrefix(name, table+".") {
			delete(sent, name)
		}
	}
}

// putRow writes a row of a table into the fields of a form.
func putRow(values url.Values, table string, row int, cells map[string]string) {
	for column, text := range cells {
		values.Set(table+"."+strconv.Itoa(row)+"."+column, text)
	}
}

// drawRows fills a table with what stands in the form; its first column is in every row.
func drawRows(s sheet, rows ui.Rows) ui.Rows {
	rows.Error = s.Errors[rows.Name]
	for i := 0; s.Values.Has(rows.Name + "." + strconv.Itoa(i) + "." + rows.Columns[0].Name); i++ {
		line := ui.Line{Values: map[string]string{}, Errors: map[string]string{}}
		for _, c := range rows.Columns {
			name := rows.Name + "." + strconv.Itoa(i) + "." + c.Name
			line.Values[c.Name], line.Errors[c.Name] = s.Values.Get(name), s.Errors[name]
		}
		rows.Lines = append(rows.Lines, line)
	}
	return rows
}

func classRows(s sheet) ui.Rows {
	return drawRows(s, ui.Rows{
		Name: classTable, Label: s.t("classes"), Help: s.t("classes_help"), Blank: 1, AddText: s.t("classes_add"),
		Columns: []ui.Field{
			{Name: "name", Label: s.t("classes.name"), Autocomplete: "off"},
			{Name: "code", Label: s.t("classes.code"), Autocomplete: "off", Placeholder: "books"},
		},
	})
}

func rateRows(s sheet, k *known) ui.Rows {
	return drawRows(s, ui.Rows{
		Name: rateTable, Label: s.t("own"), Help: s.t("own_help"), Blank: 1, AddText: s.t("own_add"),
		Columns: []ui.Field{
			{Name: "territory", Label: s.t("own.territory"), Options: territoryOptions(s.view())},
			{Name: "class", Label: s.t("own.class"), Options: append([]ui.Option{{}}, taxClasses(s.visit, k.Tax)...)},
			{Name: "rate", Label: s.t("own.rate"), InputMode: "decimal", Autocomplete: "off", Suffix: "%"},
			{Name: "from", Label: s.t("own.from"), Type: "date", Autocomplete: "off"},
			{Name: "source", Label: s.t("own.source"), Autocomplete: "off"},
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
