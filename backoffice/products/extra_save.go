package products

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

type extraForm struct {
	Rev      int               `form:"rev,revision"`
	Name     map[string]string `form:"name"`
	Required bool              `form:"required"`
}

// saveExtra saves the names of a price-adding option, its values and what they add. A value without a
// name is taken away: carts that chose it are told.
func (d *Desk) saveExtra(c echo.Context) error {
	head, err := web.Form[extraForm](c)
	if err != nil {
		return err
	}
	m, err := openExtra(c)
	if err != nil {
		return err
	}
	m.Names, m.Required, m.Rev = head.Name, head.Required, head.Rev
	e, rows, err := m.read(c.Request().PostForm, head)
	if err == nil {
		m.Product.Extras = slices.Clone(m.Product.Extras)
		at := slices.IndexFunc(m.Product.Extras, func(have catalog.Extra) bool { return have.Code == e.Code })
		m.Product.Extras[at] = e
		err = rowNames(m.saveChoices(c, head.Rev), at, rows)
	}
	if mendable(err) {
		m.Answers = ui.Refused(m.visit.View, nil, err)
		m.mark(rows)
		return desk.Show(c, status(err), extraPage(m.visit.View, m))
	}
	if err != nil {
		return err
	}
	m.warnHigh(c, &e)
	return desk.Back(c, "products/"+m.Product.ID.String()+"/variants", "products.option.saved", nil)
}

// placedExtra is a value with the place somebody gave it and the row it was typed in.
type placedExtra struct {
	catalog.ExtraValue
	order int
	row   int
}

// read reads the table of values, in the order its column says. rows are where each value was typed.
func (m *extraModel) read(sent url.Values, head extraForm) (e catalog.Extra, rows []int, err error) {
	e = catalog.Extra{Code: m.Extra.Code, Name: textOf(head.Name), Required: head.Required}
	main := string(m.Locales[0])
	var c form.Checker
	c.Required("name."+main, head.Name[main])
	taken := map[string]bool{}
	for _, value := range m.Extra.Values {
		taken[value.Code] = true
	}
	var values []placedExtra
	for _, i := range rowNumbers(sent, "value.") {
		at := "value." + strconv.Itoa(i) + "."
		line := ui.Line{Values: map[string]string{}}
		for _, col := range m.columns() {
			line.Values[col.Name] = strings.TrimSpace(sent.Get(at + col.Name))
		}
		named := m.value(line, taken)
		if named.Name.IsZero() {
			continue // an emptied row takes its value away
		}
		m.Lines, rows = append(m.Lines, line), append(rows, i)
		value := placedExtra{ExtraValue: catalog.ExtraValue{Code: named.Code, Name: named.Name, Media: named.Media}, row: i}
		value.Fixed = c.Decimal(at+"fixed", m.visit.View.Locale, line.Values["fixed"], places)
		value.Percent = c.Decimal(at+"percent", m.visit.View.Locale, strings.TrimSuffix(line.Values["percent"], "%"), places)
		if value.order = c.Int(at+"order", line.Values["order"], 0, catalog.MaxValues); value.order == 0 {
			value.order = catalog.MaxValues + 1 // without a place: at the end
		}
		for l, name := range value.Name {
			if name = strings.TrimSpace(name); placedNamed(values, l, name) {
				c.Refuse(at+"name_"+string(l), keyTwice, fault.Args{"value": name})
			}
		}
		values = append(values, value)
	}
	if len(values) == 0 {
		c.Refuse("value", "catalog.option_empty", nil)
	}
	if err := c.Err(); err != nil {
		return e, rows, err
	}
	slices.SortStableFunc(values, func(a, b placedExtra) int { return a.order - b.order })
	rows = rows[:0]
	for _, v := range values {
		e.Values, rows = append(e.Values, v.ExtraValue), append(rows, v.row)
	}
	return e, rows, nil
}

// placedNamed tells whether one of the values typed so far is called so in a language.
func placedNamed(values []placedExtra, l i18n.Locale, name string) bool {
	return slices.ContainsFunc(values, func(v placedExtra) bool { return named([]catalog.ExtraValue{v.ExtraValue}, l, name) })
}

// rowNames gives what the catalogue refuses of the extra at a place the names of the form's fields.
func rowNames(err error, at int, rows []int) error {
	fields := fault.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	named := make([]fault.Field, len(fields))
	for i, f := range fields {
		named[i] = f
		rest, ok := strings.CutPrefix(f.Name, "extras."+strconv.Itoa(at)+".values.")
		number, column, _ := strings.Cut(rest, ".")
		if n, bad := strconv.Atoi(number); ok && bad == nil && n < len(rows) {
			named[i].Name = "value." + strconv.Itoa(rows[n]) + "." + column
		}
	}
	return fault.Invalid(named...)
}

// mark puts what is wrong with the rows beside their fields. Lines stand in the order of the page.
func (m *extraModel) mark(rows []int) {
	slices.Sort(rows)
	for i := range m.Lines {
		m.Lines[i].Errors = map[string]string{}
		for _, col := range m.columns() {
			if text := m.Answers.Errors["value."+strconv.Itoa(rows[i])+"."+col.Name]; text != "" {
				m.Lines[i].Errors[col.Name] = text
			}
		}
	}
}

// side says on which side of the tax the amounts are.
func (m *extraModel) side() string {
	if m.Product.PriceGross {
		return m.visit.T("products.extra.gross")
	}
	return m.visit.T("products.extra.net")
}
