package stockroom

import (
	"strings"

	"github.com/a-h/templ"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/supply"
)

// leads are the ways from a variant to what else is known of it.
func (m variantModel) leads() []ui.Action {
	product := m.Item.Product.String()
	list := []ui.Action{{Label: m.t("to_article"), Href: m.href("/articles/" + product), Icon: ui.IconCalendar}}
	if m.visit.Can("articles.view") {
		list = append(list, ui.Action{Label: m.t("to_sheet"), Href: m.visit.Href("products/" + product), Icon: ui.IconPackage})
	}
	return list
}

// actions begin an order.
func (m ordersModel) actions() []ui.Action {
	if !m.can() {
		return nil
	}
	return []ui.Action{{Label: m.t("new_order"), Post: m.href("/orders/new"), Icon: ui.IconPlus}}
}

// addField takes the code of an article to be put on a draft.
func (m orderModel) addField() ui.Field {
	f := m.Form.Typed("add", "", "off")
	f.Width = ui.Medium
	if m.Form.Errors["add"] == "" {
		f.Value = ""
	}
	return f
}

// sender is who orders, on the printed order.
func (m orderModel) sender() []string {
	i := m.Settings.Identity
	lines := []string{i.Name}
	if i.LegalName != "" && i.LegalName != i.Name {
		lines = append(lines, i.LegalName)
	}
	a := i.Address
	a.Name, a.Company = "", ""
	return append(lines, a.Lines(m.view().Locale)...)
}

// head is to whom the printed order goes, and when it was made.
func (m orderModel) head() []ui.Term {
	day := m.Order.Created
	if m.Order.Placed != nil {
		day = *m.Order.Placed
	}
	terms := []ui.Term{{Name: m.t("when"), Text: m.view().Day(day)}}
	for _, s := range m.Suppliers {
		if s.ID != m.Order.Supplier {
			continue
		}
		a := s.Address
		a.Name = s.Name
		terms = append(terms, ui.Term{Name: m.t("field.supplier"), Text: strings.Join(a.Lines(m.view().Locale), ", ")})
		if s.Account != "" {
			terms = append(terms, ui.Term{Name: m.t("field.account"), Text: s.Account})
		}
	}
	if m.Order.Expected != nil {
		terms = append(terms, ui.Term{Name: m.t("field.expected"), Text: m.view().Day(*m.Order.Expected)})
	}
	return terms
}

// paper are the lines of the printed order, under the supplier's references.
func (m orderModel) paper() ui.Table {
	t := ui.Table{
		Caption: m.t("lines"), Bare: true, Dense: true,
		Columns: []ui.Column{{Title: m.t("article"), Main: true}, {Title: m.t("field.ref")}, {Title: m.t("pieces"), End: true}, {Title: m.t("field.price"), End: true}},
	}
	for _, l := range m.Order.Lines {
		t.Rows = append(t.Rows, ui.Row{Cells: []templ.Component{
			ui.TwoLineCell(l.Name, l.SKU), ui.TextCell(l.Ref), ui.TextCell(m.view().Number(l.Qty)), ui.TextCell(m.each(l)),
		}})
	}
	return t
}

func (m orderModel) each(l supply.Line) string {
	if l.Price == nil {
		return "–"
	}
	return m.view().Decimal(*l.Price) + " " + m.currency()
}
