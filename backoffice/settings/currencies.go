package shopsettings

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/settings"
)

// currencies are the currency of management, which only a conversion changes (convert.go), and those prices are shown in (CUR-01, CUR-02).
func (d *Desk) currencies() document {
	return document{
		path: "currencies", name: settings.NameCurrencies,
		values: currencyValues, read: d.readCurrencies, fields: currencyFields, more: readCurrencyUse, table: true,
	}
}

func currencyValues(v *desk.Visit, k *known) url.Values {
	values := url.Values{"management": {k.Currencies.Management}}
	for i, c := range k.Currencies.Display {
		c.Rate = writeDecimal(v.View.Locale, c.Rate)
		putDisplay(values, i, displayForm{c.Code, c.Rate, string(c.Source), c.Ending, c.From, c.Until, c.Active})
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

// displayTable is the name of the table of display currencies.
const displayTable = "display"

type currencyForm struct {
	Management string        `form:"management"`
	Display    []displayForm `form:"display"`
}

type displayForm struct {
	Code   string `form:"code"`
	Rate   string `form:"rate"`
	Source string `form:"source"`
	Ending string `form:"ending"`
	From   string `form:"from"`
	Until  string `form:"until"`
	Active bool   `form:"active"`
}

func putDisplay(values url.Values, row int, d displayForm) {
	sheet.PutRow(values, displayTable, row, map[string]string{
		"code": d.Code, "rate": d.Rate, "source": d.Source, "ending": d.Ending, "from": d.From, "until": d.Until,
		"active": strconv.FormatBool(d.Active),
	})
}

// errByConversion refuses another management currency without a conversion of everything that is kept in it (CUR-01).
var errByConversion = fault.New(fault.Conflict, "setup.currencies.by_conversion")

// readCurrencies drops the spare rows of the table and numbers the others anew, in what was sent as
// well: a refusal names a row by its place.
func (d *Desk) readCurrencies(c echo.Context, v *desk.Visit, k *known) (settings.Document, error) {
	f, err := web.Form[currencyForm](c)
	doc := settings.Currencies{Management: k.Currencies.Management, Display: []settings.DisplayCurrency{}, Since: k.Currencies.Since}
	sent := c.Request().PostForm
	sheet.DropRows(sent, displayTable)
	for _, row := range f.Display {
		if row.Code == "" && row.Rate == "" && row.Ending == "" {
			continue
		}
		putDisplay(sent, len(doc.Display), row)
		ending := strings.Replace(row.Ending, ",", ".", 1)
		doc.Display = append(doc.Display, settings.DisplayCurrency{
			Code: row.Code, Rate: readDecimal(v.View.Locale, row.Rate), Source: currency.Source(row.Source), Ending: ending,
			From: row.From, Until: row.Until, Active: row.Active,
		})
	}
	sent.Set("management", doc.Management) // a field that is fixed is not sent, and is to be shown again
	if f.Management != "" && f.Management != doc.Management && err == nil {
		err = errByConversion.On("management")
	}
	if err != nil {
		return doc, err
	}
	q, day, silent := d.reference(c.Request().Context(), k.Currencies, doc)
	if doc, err = quoted(doc, q, day, silent); err != nil {
		return doc, err
	}
	if err := doc.Check(); err != nil {
		return doc, err // what is wrong comes before what is odd
	}
	return doc, doubts(v, k, doc, q, sent)
}

// patience is how long the bank is waited for where its rate is only to be compared with the one that was typed.
const patience = 3 * time.Second

// reference are the rates of the central bank, where the merchant leaves a rate to it or has typed another one; none
// when it does not answer.
func (d *Desk) reference(ctx context.Context, before, doc settings.Currencies) (settings.Quotes, time.Time, error) {
	leaves := slices.ContainsFunc(doc.Display, func(x settings.DisplayCurrency) bool { return x.Source == currency.ECB })
	if !leaves {
		typed := slices.ContainsFunc(doc.Display, func(x settings.DisplayCurrency) bool {
			return !slices.ContainsFunc(before.Display, func(y settings.DisplayCurrency) bool { return x.Code == y.Code && x.Rate == y.Rate })
		})
		if !typed {
			return nil, time.Time{}, nil
		}
		short, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		ctx = short
	}
	q, day, err := d.Quotes(ctx)
	if err != nil {
		return nil, time.Time{}, err
	}
	return q, day, nil
}

// quoted puts in the rates the merchant leaves to the central bank. What it does not quote, or an answer that
// does not come, is told beside the rate, which may then be typed.
func quoted(doc settings.Currencies, q settings.Quotes, day time.Time, err error) (settings.Currencies, error) {
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
	if err == nil && q != nil {
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
func currencyRows(s sheet.Sheet, k *known) ui.Rows {
	return endingNotes(s, k, s.Rows(ui.Rows{
		Name: displayTable, Blank: 2,
		Columns: []ui.Field{
			{Name: "code", Options: currencyOptions(true)},
			{Name: "rate", InputMode: "decimal", Autocomplete: "off"},
			{Name: "source", Options: []ui.Option{{Label: s.T("display.source.manual")}, {Value: string(currency.ECB), Label: s.T("display.source.ecb")}}},
			{Name: "ending", Placeholder: ".95", Autocomplete: "off"},
			{Name: "from", Type: "date"},
			{Name: "until", Type: "date"},
			{Name: "active", Options: []ui.Option{{Value: "true", Label: s.View().T("ui.yes")}, {Value: "false", Label: s.View().T("ui.no")}}},
		},
	}))
}
