package products

import (
	"strconv"

	"echoppe.dev/backoffice/products/pictures"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/media"
)

func (m *newcomer) header() ui.Header {
	v := m.visit.View
	return ui.Header{
		Title: v.T("products.new"), Lead: v.T("products.new.lead"),
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.products"), Href: m.visit.Href("products")}, {Label: v.T("products.new")}},
	}
}

func (m *newcomer) main() string { return string(m.Settings.Languages.Default) }

func (m *newcomer) field(name, label, value string) ui.Field {
	return ui.Field{Name: name, Label: m.visit.T("products.field." + label), Value: value, Error: m.Answers.Errors[name]}
}

func (m *newcomer) nameField() ui.Field {
	f := m.field("name."+m.main(), "name", m.Sheet.Name[m.main()])
	f.Required, f.Lang = true, m.Settings.Languages.Default
	return f
}

func (m *newcomer) priceField() ui.Field {
	f := m.field("price", "price", m.Sheet.Price)
	f.Required, f.Suffix, f.Help = true, m.Settings.Currencies.Management, priceHelp(m.visit.View)
	return f
}

func (m *newcomer) stockField() ui.Field {
	f := m.field("stock", "stock", m.Sheet.Stock)
	f.Help, f.InputMode = m.visit.T("products.field.stock.help"), "numeric"
	f.ReadOnly = !m.visit.Can("stock.edit")
	return f
}

func (m *newcomer) grossField() ui.Field {
	f := m.field("gross", "gross", m.Sheet.Gross)
	f.Options = []ui.Option{{Value: "1", Label: m.visit.T("products.gross.with")}, {Value: "0", Label: m.visit.T("products.gross.without")}}
	return f
}

func (m *newcomer) saveBar() ui.Save {
	v := m.visit.View
	return ui.Save{
		Label: v.T("products.save_publish"), Cancel: m.visit.Href("products"),
		More: []ui.Action{{Label: v.T("products.save_draft"), Name: "do", Value: "withdraw"}},
	}
}

func (m *newcomer) labels() map[string]string {
	return map[string]string{
		"name." + m.main(): m.visit.T("products.field.name"), "price": m.visit.T("products.field.price"),
		"stock": m.visit.T("products.field.stock"), "photos": m.visit.T("products.section.photos"),
	}
}

func (m *newcomer) photo(text string) *media.Media {
	which, err := id.Parse[media.Media](text)
	if err != nil {
		return nil
	}
	return m.Media[which]
}

func (m *newcomer) src(pic *media.Media) string {
	return pictures.Src(m.visit.Href("products"), pic.Sizes, thumbSide)
}

func (m *newcomer) pictureName(i int) string { return "picture." + strconv.Itoa(i) + ".id" }
