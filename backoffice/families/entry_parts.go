package families

import (
	"net/url"

	"echoppe.dev/backoffice/products/pictures"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

const pictureSide = 160

func (m *entryModel) header() ui.Header {
	v := m.visit.View
	h := ui.Header{Title: v.T("families.new"), Crumbs: []ui.Crumb{{Label: v.T("office.nav.families"), Href: m.visit.Href("families")}}}
	if m.List.Code != catalog.Families {
		h.Crumbs = append(h.Crumbs, ui.Crumb{Label: m.title(m.List), Href: m.visit.Href("families") + "?list=" + url.QueryEscape(m.List.Code)})
	}
	if m.Node.ID.IsZero() {
		h.Crumbs = append(h.Crumbs, ui.Crumb{Label: h.Title})
		return h
	}
	h.Title = m.name(m.Node)
	for _, above := range m.Node.Path[:len(m.Node.Path)-1] {
		if a, ok := m.Tree.Node(above); ok {
			h.Crumbs = append(h.Crumbs, ui.Crumb{Label: m.name(a), Href: m.visit.Href("families/" + above.String())})
		}
	}
	h.Crumbs = append(h.Crumbs, ui.Crumb{Label: h.Title})
	h.Lead = v.T("families.articles", ui.Args{"n": m.Articles})
	if !m.Node.Visible {
		h.Badges = []ui.Badge{{Label: v.T("families.hidden")}}
	}
	h.Actions = []ui.Action{{Label: v.T("families.see"), Href: m.inShop(), NewTab: true}}
	h.More = m.moreActions()
	return h
}

func (m *entryModel) moreActions() []ui.Action {
	v, at := m.visit.View, m.Node.ID.String()
	all := []ui.Action{{Label: v.T("families.see_articles"), Href: m.visit.Href("products") + "?family=" + at, Icon: ui.IconPackage}}
	if !m.visit.Can("families.edit") {
		return all
	}
	if m.List.Tree {
		all = append(all, ui.Action{Label: v.T("families.new_below"), Href: m.visit.Href("families/new") + "?" + url.Values{"list": {m.List.Code}, "under": {at}}.Encode(), Icon: ui.IconPlus})
	}
	return append(all, ui.Action{Label: v.T("families.delete"), Href: m.visit.Href("families/" + at + "/delete"), Icon: ui.IconTrash, Look: ui.Danger})
}

// inShop is the entry's page in the shop.
func (m *entryModel) inShop() string {
	l := m.Settings.Languages.Default
	at := m.visit.Shop.BaseURL()
	if t := m.Node.Texts[m.visit.View.Locale]; t.Slug != "" && l != m.visit.View.Locale && m.Settings.Languages.Serves(m.visit.View.Locale) {
		l = m.visit.View.Locale
		at += "/" + string(l)
	}
	slug := url.PathEscape(m.Node.Text(l, m.Settings.Languages.Default).Slug)
	if m.List.Code == catalog.Families {
		return at + "/family/" + slug
	}
	return at + "/c/" + url.PathEscape(m.List.Code) + "/" + slug
}

func (m *entryModel) src() string {
	if m.Picture == nil {
		return ""
	}
	return pictures.Src(m.visit.Href("families"), m.Picture.Sizes, pictureSide)
}

func (m *entryModel) field(name, value string) ui.Field {
	return ui.Field{Name: name, Label: m.visit.T("families.field." + name), Value: value, Error: m.Answers.Errors[name]}
}

func (m *entryModel) texts(name string, values map[string]string) ui.Texts {
	t := ui.Texts{
		Field:   ui.Field{Name: name, Label: m.visit.T("families.field." + name)},
		Locales: m.Locales, Text: i18n.Text{}, Errors: map[i18n.Locale]string{},
	}
	for _, l := range m.Locales {
		t.Text[l] = values[string(l)]
		if text := m.Answers.Errors[name+"."+string(l)]; text != "" {
			t.Errors[l] = text
		}
	}
	return t
}

func (m *entryModel) long(name string, values map[string]string, rows int) ui.Texts {
	t := m.texts(name, values)
	t.LongText, t.Rows = true, rows
	return t
}

func (m *entryModel) parentField() ui.Field {
	f := m.field("parent", m.Sheet.Parent)
	f.Options, f.Help, f.Width = m.parentChoices(), m.visit.T("families.field.parent.help"), ui.Medium
	return f
}

// showField asks how the articles of the family tell their stock (STK-01).
func (m *entryModel) showField() ui.Field {
	f := m.field("show_stock", m.Sheet.ShowStock)
	f.Help = m.visit.T("families.field.show_stock.help")
	for _, s := range []settings.Show{"", settings.ShowExact, settings.ShowLevel, settings.ShowHidden} {
		f.Options = append(f.Options, ui.Option{Value: string(s), Label: m.showName(s)})
	}
	return f
}

func (m *entryModel) showName(s settings.Show) string {
	if s == "" {
		return m.visit.T("families.show_stock.above")
	}
	return m.visit.T("families.show_stock." + string(s))
}

func (m *entryModel) visibleField() ui.Field {
	f := m.field("visible", "")
	if m.Sheet.Visible {
		f.Value = "1"
	}
	f.Help = m.visit.T("families.field.visible.help")
	return f
}

func (m *entryModel) slugField() ui.Texts {
	t := m.texts("slug", m.Sheet.Slug)
	t.Help = m.visit.T("families.field.slug.help")
	return t
}

// wrongSEO unfolds the part about search engines while something in it is wrong.
func (m *entryModel) wrongSEO() bool {
	for _, name := range []string{"slug", "seo_title", "seo_description"} {
		for _, l := range m.Locales {
			if m.Answers.Errors[name+"."+string(l)] != "" {
				return true
			}
		}
	}
	return false
}

func (m *entryModel) labels() map[string]string {
	labels := map[string]string{"parent": m.visit.T("families.field.parent"), "photo": m.visit.T("families.field.photo")}
	for _, name := range []string{"name", "slug", "body", "seo_title", "seo_description"} {
		for _, l := range m.Locales {
			labels[name+"."+string(l)] = m.visit.T("families.field."+name) + " (" + l.Name() + ")"
		}
	}
	return labels
}

func (m *entryModel) confirm() ui.Confirm {
	v := m.visit.View
	means := v.T("families.delete_empty")
	if m.Articles > 0 {
		means = v.T("families.delete_means", ui.Args{"n": m.Articles})
	}
	return ui.Confirm{
		ID: "delete", Title: v.T("families.delete_ask", ui.Args{"name": m.name(m.Node)}), Text: means,
		Post: m.visit.Href("families/" + m.Node.ID.String() + "/delete"), Label: v.T("families.delete"),
		Cancel: m.visit.Href("families/" + m.Node.ID.String()),
	}
}
