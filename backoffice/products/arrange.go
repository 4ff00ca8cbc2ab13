package products

import (
	"slices"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/catalog"
)

type arrangeFields struct {
	Rev   int    `form:"rev,revision"`
	Table string `form:"table"` // "", tableList, or tableAcross and the code of an option
}

const (
	tableList   = "list"
	tableAcross = "across:"
)

// arrange says how buyers order the variants of an article: one at a time, or several from a table or a
// list (ART-09).
func (d *Desk) arrange(c echo.Context) error {
	typed, err := web.Form[arrangeFields](c)
	if err != nil {
		return err
	}
	m, err := openTable(c)
	if err != nil {
		return err
	}
	known := slices.ContainsFunc(m.tableChoices(), func(o ui.Option) bool { return o.Value == typed.Table })
	if !known {
		return m.leave(c, fault.Invalid(fault.Field{Name: "table", Key: "form.choice"}), "arrange", "")
	}
	across := ""
	if len(typed.Table) > len(tableAcross) {
		across = typed.Table[len(tableAcross):]
	}
	m.Product.Arrange(typed.Table != "", across)
	return m.leave(c, m.saveChoices(c, typed.Rev), "arrange", "products.arrange.saved")
}

// tableChoices are the ways to order the variants.
func (m *table) tableChoices() []ui.Option {
	v := m.visit.View
	choices := []ui.Option{{Label: v.T("products.arrange.single")}, {Value: tableList, Label: v.T("products.arrange.list")}}
	if len(m.Product.Options) > 1 {
		for _, o := range m.Product.Options {
			choices = append(choices, ui.Option{Value: tableAcross + o.Code, Label: v.T("products.arrange.across", ui.Args{"name": m.text(o.Name)})})
		}
	}
	return choices
}

func (m *table) arrangeField() ui.Field {
	v := m.visit.View
	f := ui.Field{Name: "table", Label: v.T("products.arrange.how"), Width: ui.Medium, Options: m.tableChoices(),
		Help: v.T("products.arrange.help", ui.Args{"max": catalog.MaxCells}), Error: m.Answers.Errors["table"]}
	if grid, ok := m.Product.Table(); ok {
		f.Value = tableList
		if grid.Across != nil {
			f.Value = tableAcross + grid.Across.Code
		}
	}
	return f
}
