package shopsettings

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
)

// currencies are the currency of management and those prices are shown in (CUR-01, CUR-02).
func currencies() document {
	return document{
		path: "currencies", name: settings.NameCurrencies,
		values: currencyValues, read: readCurrencies, fields: currencyFields, table: true,
	}
}

func currencyValues(v *desk.Visit, k *known) url.Values {
	values := url.Values{"management": {k.Currencies.Management}}
	for i, c := range k.Currencies.Display {
		at := "display." + strconv.Itoa(i) + "."
		values.Set(at+"code", c.Code)
		values.Set(at+"rate", writeDecimal(v.View.Locale, c.Rate))
		values.Set(at+"ending", c.Ending)
		values.Set(at+"active", strconv.FormatBool(c.Active))
	}
	return values
}

// writeDecimal writes a stored number as the reader types it; what is no number stays as it is.
func writeDecimal(l i18n.Locale, text string) string {
	n, err := decimal.NewFromString(text)
	if err != nil {
		return text
	}
	return i18n.FormatInput(l, n, 0)
}

// readDecimal is the other way; what is no number stays as it is, to be refused by name.
func readDecimal(l i18n.Locale, text string) string {
	n, err := i18n.ParseDecimal(l, text)
	if err != nil {
		return text
	}
	return n.String()
}

type currencyForm struct {
	Management string `form:"management"`
	Display    []struct {
		Code   string `form:"code"`
		Rate   string `form:"rate"`
		Ending string `form:"ending"`
		Active bool   `form:"active"`
	} `form:"display"`
}

// readCurrencies drops the spare rows of the table and numbers the others anew, in what was sent as
// well: a refusal names a row by its place.
func readCurrencies(c echo.Context, v *desk.Visit, k *known) (settings.Document, error) {
	f, err := web.Form[currencyForm](c)
	d := settings.Currencies{Management: f.Management, Display: []settings.DisplayCurrency{}}
	if k.sold && f.Management == "" {
		d.Management = k.Currencies.Management
	}
	sent := c.Request().PostForm
	for name := range sent {
		if strings.HasPrefix(name, "display.") {
			delete(sent, name)
		}
	}
	for _, row := range f.Display {
		if row.Code == "" && row.Rate == "" && row.Ending == "" {
			continue
		}
		at := "display." + strconv.Itoa(len(d.Display)) + "."
		sent.Set(at+"code", row.Code)
		sent.Set(at+"rate", row.Rate)
		sent.Set(at+"ending", row.Ending)
		sent.Set(at+"active", strconv.FormatBool(row.Active))
		ending := strings.Replace(row.Ending, ",", ".", 1)
		d.Display = append(d.Display, settings.DisplayCurrency{
			Code: row.Code, Rate: readDecimal(v.View.Locale, row.Rate), Ending: ending, Active: row.Active,
		})
	}
	if k.sold && d.Management != k.Currencies.Management && err == nil {
		err = start.ErrSold.On("management")
	}
	return d, err
}

func currencyOptions(blank bool) []ui.Option {
	var options []ui.Option
	if blank {
		options = append(options, ui.Option{})
	}
	for _, c := range money.Currencies() {
		options = append(options, ui.Option{Value: c.Code(), Label: c.Code()})
	}
	return options
}

// currencyRows is the table of display currencies.
func currencyRows(s sheet) ui.Rows {
	rows := ui.Rows{
		Name: "display", Label: s.t("display"), Help: s.t("display_help"), Error: s.Errors["display"], Blank: 2, AddText: s.t("display_add"),
		Columns: []ui.Field{
			{Name: "code", Label: s.t("display.code"), Options: currencyOptions(true)},
			{Name: "rate", Label: s.t("display.rate"), InputMode: "decimal", Autocomplete: "off"},
			{Name: "ending", Label: s.t("display.ending"), Placeholder: ".95", Autocomplete: "off"},
			{Name: "active", Label: s.t("display.active"), Options: []ui.Option{{Value: "true", Label: s.view().T("ui.yes")}, {Value: "false", Label: s.view().T("ui.no")}}},
		},
	}
	for i := 0; s.Values.Has("display." + strconv.Itoa(i) + ".code"); i++ {
		line := ui.Line{Values: map[string]string{}, Errors: map[string]string{}}
		for _, c := range rows.Columns {
			name := "display." + strconv.Itoa(i) + "." + c.Name
			line.Values[c.Name], line.Errors[c.Name] = s.Values.Get(name), s.Errors[name]
		}
		rows.Lines = append(rows.Lines, line)
	}
	return rows
}
