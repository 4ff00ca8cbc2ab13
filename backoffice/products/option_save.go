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
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
)

type optionForm struct {
	Rev  int               `form:"rev,revision"`
	Name map[string]string `form:"name"`
	Drop bool              `form:"drop"` // variants of values that are gone may go
}

// saveOption saves the names and values of an option. A value without a name is taken away; its
// variants go only when that was said.
func (d *Desk) saveOption(c echo.Context) error {
	head, err := web.Form[optionForm](c)
	if err != nil {
		return err
	}
	m, err := openOption(c)
	if err != nil {
		return err
	}
	m.Names, m.Drop = head.Name, head.Drop
	p, err := m.whole(c.Request().Context(), head.Rev)
	if err != nil {
		return err
	}
	o, err := m.readValues(c.Request().PostForm, head.Name)
	if err == nil {
		p.Options[slices.IndexFunc(p.Options, func(have catalog.Option) bool { return have.Code == o.Code })] = o
		if m.Gone = len(without(p, o)); m.Gone > 0 && !head.Drop {
			m.Ask = true
			err = fault.Invalid(fault.Field{Name: "drop", Key: "products.option.confirm", Args: fault.Args{"n": m.Gone}})
		}
	}
	if err == nil {
		sortVariants(p)
		err = store(c.Request().Context(), m.visit.Shop, m.visit.Actor(), &change{product: p})
	}
	if mendable(err) {
		m.Answers = ui.Refused(m.visit.View, nil, err)
		return desk.Show(c, status(err), optionPage(m.visit.View, m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "products/"+p.ID.String()+"/variants", "products.option.saved", nil)
}

// placed is a value with the place somebody gave it.
type placed struct {
	catalog.OptionValue
	order int
}

// readValues reads the table of values, in the order its column says; rows of equal order stay in
// the order of the page.
func (m *optionModel) readValues(sent url.Values, names map[string]string) (catalog.Option, error) {
	o := catalog.Option{Code: m.At.Code, Name: textOf(names)}
	var c form.Checker
	c.Required("name."+string(m.Locales[0]), names[string(m.Locales[0])])
	taken := map[string]bool{}
	for _, value := range m.At.Values {
		taken[value.Code] = true
	}
	var values []placed
	for _, i := range rowNumbers(sent, "value.") {
		at := "value." + strconv.Itoa(i) + "."
		line := ui.Line{Values: map[string]string{}}
		for _, col := range m.columns() {
			line.Values[col.Name] = strings.TrimSpace(sent.Get(at + col.Name))
		}
		value := m.value(line, taken)
		if value.Name.IsZero() {
			continue // an emptied row takes its value away
		}
		m.Lines = append(m.Lines, line)
		order := c.Int(at+"order", line.Values["order"], 0, catalog.MaxValues)
		if order == 0 {
			order = catalog.MaxValues + 1 // without a place: at the end
		}
		values = append(values, placed{value, order})
	}
	if len(values) == 0 {
		c.Refuse("value", "catalog.option_empty", nil)
	}
	slices.SortStableFunc(values, func(a, b placed) int { return a.order - b.order })
	for _, v := range values {
		o.Values = append(o.Values, v.OptionValue)
	}
	return o, c.Err()
}

func (m *optionModel) value(line ui.Line, taken map[string]bool) catalog.OptionValue {
	value := catalog.OptionValue{Code: line.Values["code"], Name: i18n.Text{}}
	for _, l := range m.Locales {
		if text := localeText(line.Values, l); text != "" {
			value.Name[l] = text
		}
	}
	if which, err := id.Parse[media.Media](line.Values["picture"]); err == nil {
		value.Media = &which
	}
	if !taken[value.Code] { // a new row, or a code that somebody made up
		value.Code = freeCode(m.Locales[0], value.Name.In(m.Locales[0]), taken)
		taken[value.Code] = true
	}
	return value
}

// rowNumbers are the numbers of the rows of a table that were sent, in order.
func rowNumbers(sent url.Values, prefix string) []int {
	var found []int
	for name := range sent {
		rest, ok := strings.CutPrefix(name, prefix)
		number, _, _ := strings.Cut(rest, ".")
		if n, err := strconv.Atoi(number); ok && err == nil && n >= 0 && n < 10*catalog.MaxValues {
			found = append(found, n)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}
