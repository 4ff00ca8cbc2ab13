package products

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

type optionFields struct {
	Rev      int    `form:"rev,revision"`
	Kind     string `form:"kind"` // kindExtra adds to the price; else it forms variants
	Name     string `form:"option_name"`
	Values   string `form:"values"`
	Required bool   `form:"required"`
}

// addOption gives the article one more thing its variants differ in, and makes them all.
func (d *Desk) addOption(c echo.Context) error {
	typed, wrong := web.Form[optionFields](c)
	if wrong != nil {
		return wrong
	}
	m, err := openTable(c)
	if err != nil {
		return err
	}
	m.Option = typed
	if typed.Kind == kindExtra {
		return d.addExtra(c, m, typed)
	}
	p, err := m.whole(c.Request().Context(), typed.Rev)
	if err != nil {
		return err
	}
	o, err := newOption(p, m.Settings.Languages.Default, typed.Name, typed.Values)
	if err == nil {
		extend(p, o)
		_, err = complete(p)
	}
	if err == nil {
		err = formNames(p.Check(), m.Settings.Languages.Default)
	}
	if err == nil {
		err = store(c.Request().Context(), m.visit.Shop, m.visit.Actor(), &change{product: p})
	}
	return m.leave(c, err, "option", "products.variants.made")
}

// optionPage is one option of an article.
type optionModel struct {
	table
	At    catalog.Option
	Names map[string]string
	Lines []ui.Line
	Ask   bool // some variants would go: ask
	Gone  int
	Drop  bool
}

func openOption(c echo.Context) (*optionModel, error) {
	t, err := openTable(c)
	if err != nil {
		return nil, err
	}
	code := c.Param("option")
	i := slices.IndexFunc(t.Product.Options, func(o catalog.Option) bool { return o.Code == code })
	if i < 0 {
		return nil, errNoOption
	}
	return &optionModel{table: *t, At: t.Product.Options[i]}, nil
}

var errNoOption = fault.New(fault.NotFound, "products.option.gone")

// option shows the names and values of one option.
func (d *Desk) option(c echo.Context) error {
	m, err := openOption(c)
	if err != nil {
		return err
	}
	m.Names = typed(m.At.Name)
	for i, value := range m.At.Values {
		line := ui.Line{Values: map[string]string{"code": value.Code, "order": strconv.Itoa(i + 1)}}
		for l, text := range value.Name {
			line.Values["name_"+string(l)] = text
		}
		if value.Media != nil {
			line.Values["picture"] = value.Media.String()
		}
		m.Lines = append(m.Lines, line)
	}
	return desk.Show(c, http.StatusOK, optionPage(m.visit.View, m))
}

// askDropOption asks before an option is taken away, because variants go with it.
func (d *Desk) askDropOption(c echo.Context) error {
	m, err := openOption(c)
	if err != nil {
		return err
	}
	p, err := m.whole(c.Request().Context(), m.Rev)
	if err != nil {
		return err
	}
	m.Gone = len(shrink(p, m.At.Code))
	return desk.Show(c, http.StatusOK, dropOptionPage(m.visit.View, m, m.confirm()))
}

// dropOption takes an option away.
func (d *Desk) dropOption(c echo.Context) error {
	typed, err := web.Form[revField](c)
	if err != nil {
		return err
	}
	m, err := openOption(c)
	if err != nil {
		return err
	}
	p, err := m.whole(c.Request().Context(), typed.Rev)
	if err != nil {
		return err
	}
	shrink(p, m.At.Code)
	return m.leave(c, store(c.Request().Context(), m.visit.Shop, m.visit.Actor(), &change{product: p}), "option", "products.option.dropped")
}

func (m *optionModel) confirm() ui.Confirm {
	v := m.visit.View
	return ui.Confirm{
		ID: "drop", Title: v.T("products.option.drop", ui.Args{"name": m.text(m.At.Name)}), Text: v.T("products.option.drop_means", ui.Args{"n": m.Gone}),
		Post: m.path("options", m.At.Code, "delete"), Label: v.T("products.option.drop_do"), Cancel: m.path("variants"),
		Hidden: map[string]string{"rev": strconv.Itoa(m.Product.Rev)},
	}
}

// columns of the table of values: the code the shop gave, the name in every language, the place, and
// a picture of its own (a swatch).
func (m *optionModel) columns() []ui.Field {
	cols := []ui.Field{}
	for i, l := range m.Locales {
		cols = append(cols, ui.Field{Name: "name_" + string(l), Label: l.Name(), Required: i == 0, Lang: l})
	}
	return append(cols,
		ui.Field{Name: "order", Label: m.visit.T("products.option.order"), InputMode: "numeric"},
		ui.Field{Name: "picture", Label: m.visit.T("products.option.picture"), Options: m.pictureChoices()},
		ui.Field{Name: "code", Label: m.visit.T("products.field.code"), ReadOnly: true})
}

func localeText(v map[string]string, l i18n.Locale) string { return v["name_"+string(l)] }
