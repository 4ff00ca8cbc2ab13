package products

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// kindExtra is the kind of an option that adds to the price, in the form for one more option; any other
// forms variants (ART-08).
const kindExtra = "extra"

// addExtra gives the article an option that adds to the price. It touches no variant.
func (d *Desk) addExtra(c echo.Context, m *table, typed optionFields) error {
	e, err := newExtra(m.Product, m.Settings.Languages.Default, m.visit.View.Locale, typed)
	if err != nil {
		return m.leave(c, err, "option", "")
	}
	m.Product.Extras = append(slices.Clone(m.Product.Extras), e)
	err = m.saveChoices(c, typed.Rev)
	for _, f := range fault.FieldsOf(err) { // whatever is wrong with it was typed as its values
		err = fault.Invalid(fault.Field{Name: "values", Key: f.Key, Args: f.Args})
	}
	if err != nil {
		return m.leave(c, err, "option", "")
	}
	m.warnHigh(c, &e)
	return desk.Back(c, "products/"+m.Product.ID.String()+"/extras/"+e.Code, "products.extra.made", nil)
}

// saveChoices writes the options of the article that touch no variant.
func (m *table) saveChoices(c echo.Context, rev int) error {
	m.Product.Rev = rev
	return m.visit.Shop.Write(c.Request().Context(), func(tx tenant.Tx) error {
		edited := *m.Product // a retried unit of work must start from what was given
		return catalog.SaveChoices(tx, m.visit.Actor(), &edited)
	})
}

// newExtra makes an extra of a name and of lines such as "Logo = 3,00" and "Wood = 10 %".
//
// Errors: Malformed on "option_name", "values".
func newExtra(p *catalog.Product, main, l i18n.Locale, typed optionFields) (catalog.Extra, error) {
	e := catalog.Extra{Code: freeCode(main, typed.Name, optionCodes(p)), Name: i18n.Text{main: typed.Name}, Required: typed.Required}
	var c form.Checker
	c.Required("option_name", typed.Name)
	codes := map[string]bool{}
	for _, line := range strings.Split(typed.Values, "\n") {
		name, adds, _ := strings.Cut(line, "=")
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		value := catalog.ExtraValue{Code: freeCode(main, name, codes), Name: i18n.Text{main: name}}
		if named(e.Values, main, name) {
			c.Refuse("values", keyTwice, fault.Args{"value": name})
		}
		codes[value.Code] = true
		if percent, ok := strings.CutSuffix(strings.TrimSpace(adds), "%"); ok {
			value.Percent = c.Decimal("values", l, percent, places)
		} else {
			value.Fixed = c.Decimal("values", l, adds, places)
		}
		e.Values = append(e.Values, value)
	}
	if len(e.Values) == 0 {
		c.Refuse("values", form.KeyRequired, nil)
	}
	return e, c.Err()
}

// keyTwice refuses a value whose name another value has: who buys could not tell them apart.
const keyTwice = "products.extra.twice"

// named tells whether one of the values is called so in a language, however it is written.
func named(values []catalog.ExtraValue, l i18n.Locale, name string) bool {
	return slices.ContainsFunc(values, func(v catalog.ExtraValue) bool {
		return name != "" && strings.EqualFold(strings.TrimSpace(v.Name[l]), name)
	})
}

// double is the percentage above which a value more than doubles the price, which is seldom meant.
var double = decimal.NewFromInt(100)

// warnHigh says after a save which values more than double the price.
func (m *table) warnHigh(c echo.Context, e *catalog.Extra) {
	for _, v := range e.Values {
		if v.Percent.GreaterThan(double) {
			web.AddFlash(c, web.Note, "products.extra.high", map[string]string{"value": m.text(v.Name), "percent": m.visit.View.Percent(v.Percent)})
		}
	}
}

// optionCodes are those the options and extras of an article have.
func optionCodes(p *catalog.Product) map[string]bool {
	taken := map[string]bool{}
	for _, o := range p.Options {
		taken[o.Code] = true
	}
	for _, e := range p.Extras {
		taken[e.Code] = true
	}
	return taken
}

// extraModel is one price-adding option of an article.
type extraModel struct {
	optionModel
	Extra    catalog.Extra
	Required bool
}

func openExtra(c echo.Context) (*extraModel, error) {
	t, err := openTable(c)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(t.Product.Extras, func(e catalog.Extra) bool { return e.Code == c.Param("extra") })
	if i < 0 {
		return nil, errNoOption
	}
	e := t.Product.Extras[i]
	return &extraModel{optionModel: optionModel{table: *t, At: catalog.Option{Code: e.Code, Name: e.Name}}, Extra: e}, nil
}

// extra shows the values of a price-adding option and what each adds.
func (d *Desk) extra(c echo.Context) error {
	m, err := openExtra(c)
	if err != nil {
		return err
	}
	m.Names, m.Required = typed(m.Extra.Name), m.Extra.Required
	l := m.visit.View.Locale
	for i, value := range m.Extra.Values {
		line := ui.Line{Values: map[string]string{"code": value.Code, "order": strconv.Itoa(i + 1)}}
		for locale, text := range value.Name {
			line.Values["name_"+string(locale)] = text
		}
		if !value.Fixed.IsZero() {
			line.Values["fixed"] = i18n.FormatInput(l, value.Fixed, leastDigits)
		}
		if !value.Percent.IsZero() {
			line.Values["percent"] = i18n.FormatInput(l, value.Percent, 0)
		}
		if value.Media != nil {
			line.Values["picture"] = value.Media.String()
		}
		m.Lines = append(m.Lines, line)
	}
	return desk.Show(c, http.StatusOK, extraPage(m.visit.View, m))
}

// columns of the table of values.
func (m *extraModel) columns() []ui.Field {
	var cols []ui.Field
	for _, col := range m.optionModel.columns() {
		if col.Name == "order" {
			cols = append(cols,
				ui.Field{Name: "fixed", Label: m.visit.T("products.extra.fixed") + " (" + m.Settings.Currencies.Management + ")", InputMode: "decimal"},
				ui.Field{Name: "percent", Label: m.visit.T("products.extra.percent"), InputMode: "decimal"})
		}
		cols = append(cols, col)
	}
	return cols
}

// askDropExtra asks before a price-adding option is taken away.
func (d *Desk) askDropExtra(c echo.Context) error {
	m, err := openExtra(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, dropOptionPage(m.visit.View, &m.optionModel, m.confirm()))
}

func (m *extraModel) confirm() ui.Confirm {
	v := m.visit.View
	return ui.Confirm{
		ID: "drop", Title: v.T("products.option.drop", ui.Args{"name": m.text(m.Extra.Name)}), Text: v.T("products.extra.drop_means"),
		Post: m.path("extras", m.Extra.Code, "delete"), Label: v.T("products.option.drop_do"), Cancel: m.path("variants"),
		Hidden: map[string]string{"rev": strconv.Itoa(m.Product.Rev)},
	}
}

// dropExtra takes a price-adding option away.
func (d *Desk) dropExtra(c echo.Context) error {
	typed, err := web.Form[revField](c)
	if err != nil {
		return err
	}
	m, err := openExtra(c)
	if err != nil {
		return err
	}
	m.Product.Extras = slices.DeleteFunc(slices.Clone(m.Product.Extras), func(e catalog.Extra) bool { return e.Code == m.Extra.Code })
	return m.leave(c, m.saveChoices(c, typed.Rev), "option", "products.option.dropped")
}
