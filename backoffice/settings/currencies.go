package shopsettings

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
)

// currencies are the currency of management and those prices are shown in (CUR-01, CUR-02).
func (d *Desk) currencies() document {
	return document{
		path: "currencies", name: settings.NameCurrencies,
		values: currencyValues, read: d.readCurrencies, fields: currencyFields, table: true,
	}
}

func currencyValues(v *desk.Visit, k *known) url.Values {
	values := url.Values{"management": {k.Currencies.Management}}
	for i, c := range k.Currencies.Display {
		at := "display." + strconv.Itoa(i) + "."
		values.Set(at+"code", c.Code)
		values.Set(at+"rate", writeDecimal(v.View.Locale, c.Rate))
		values.Set(at+"source", string(c.Source))
		values.Set(at+"ending", c.Ending)
		values.Set(at+"from", c.From)
		values.Set(at+"until", c.Until)
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
		Source string `form:"source"`
		Ending string `form:"ending"`
		From   string `form:"from"`
		Until  string `form:"until"`
		Active bool   `form:"active"`
	} `form:"display"`
}

// readCurrencies drops the spare rows of the table and numbers the others anew, in what was sent as
// well: a refusal names a row by its place.
func (d *Desk) readCurrencies(c echo.Context, v *desk.Visit, k *known) (settings.Document, error) {
	f, err := web.Form[currencyForm](c)
	doc := settings.Currencies{Management: f.Management, Display: []settings.DisplayCurrency{}}
	if k.sold && f.Management == "" {
		doc.Management = k.Currencies.Management
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
		at := "display." + strconv.Itoa(len(doc.Display)) + "."
		sent.Set(at+"code", row.Code)
		sent.Set(at+"rate", row.Rate)
		sent.Set(at+"source", row.Source)
		sent.Set(at+"ending", row.Ending)
		sent.Set(at+"from", row.From)
		sent.Set(at+"until", row.Until)
		sent.Set(at+"active", strconv.FormatBool(row.Active))
		ending := strings.Replace(row.Ending, ",", ".", 1)
		doc.Display = append(doc.Display, settings.DisplayCurrency{
			Code: row.Code, Rate: readDecimal(v.View.Locale, row.Rate), Source: currency.Source(row.Source), Ending: ending,
			From: row.From, Until: row.Until, Active: row.Active,
		})
	}
	if k.sold && doc.Management != k.Currencies.Management && err == nil {
		err = start.ErrSold.On("management")
	}
	if err != nil {
		return doc, err
	}
	return d.quoted(c.Request().Context(), doc)
}

// quoted asks the central bank for the rates the merchant leaves to it. What it does not quote, or an answer that
// does not come, is told beside the rate, which may then be typed.
func (d *Desk) quoted(ctx context.Context, doc settings.Currencies) (settings.Currencies, error) {
	if !slices.ContainsFunc(doc.Display, func(x settings.DisplayCurrency) bool { return x.Source == currency.ECB }) {
		return doc, nil
	}
	q, day, err := d.Quotes(ctx)
	var bad []fault.Field
	for i, x := range doc.Display {
		if x.Source != currency.ECB {
			continue
		}
		key := "setup.currencies.ecb_silent"
		if err == nil {
			if _, ok := q.Rate(doc.Management, x.Code); ok {
				continue
			}
			key = "setup.currencies.ecb_unquoted"
		}
		if x.Rate == "" || err == nil {
			bad = append(bad, fault.Field{Name: "display." + strconv.Itoa(i) + ".rate", Key: key})
		}
	}
	if len(bad) > 0 {
		return doc, fault.Invalid(bad...)
	}
	if err == nil {
		doc, _ = doc.Quoted(q, day)
	}
	return doc, nil
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
			{Name: "source", Label: s.t("display.source"), Options: []ui.Option{{Label: s.t("display.source.manual")}, {Value: string(currency.ECB), Label: s.t("display.source.ecb")}}},
			{Name: "ending", Label: s.t("display.ending"), Placeholder: ".95", Autocomplete: "off"},
			{Name: "from", Label: s.t("display.from"), Type: "date"},
			{Name: "until", Label: s.t("display.until"), Type: "date"},
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
