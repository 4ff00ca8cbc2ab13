package families

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/catalog"
)

// listsModel is what the page of all classifications shows.
type listsModel struct{ room }

// lists shows the classifications of the shop.
func (d *Desk) lists(c echo.Context) error {
	m := &listsModel{room{visit: desk.Here(c)}}
	if err := m.visit.Shop.Read(c.Request().Context(), m.read); err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, listsPage(m.visit.View, m))
}

func (m *listsModel) header() ui.Header {
	v := m.visit.View
	h := ui.Header{
		Title: v.T("families.lists.title"), Lead: v.T("families.lists.lead"),
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.families"), Href: m.visit.Href("families")}, {Label: v.T("families.lists.title")}},
	}
	if m.visit.Can("families.edit") {
		h.Actions = []ui.Action{{Label: v.T("families.lists.new"), Href: m.visit.Href("families/lists/new"), Icon: ui.IconPlus, Look: ui.Primary}}
	}
	return h
}

func (m *listsModel) table() ui.Table {
	v := m.visit.View
	t := ui.Table{
		Caption: v.T("families.lists.title"),
		Columns: []ui.Column{{Title: v.T("families.field.name"), Main: true}, {Title: v.T("families.lists.entries"), End: true}, {Title: v.T("families.field.facet")}},
		Empty:   ui.Empty{Icon: ui.IconTags, Title: v.T("families.lists.none")},
	}
	for _, x := range m.familiesFirst() {
		n := 0
		m.all(x, func(*catalog.Node) bool { n++; return true })
		facet := v.T("ui.no")
		if x.Facet {
			facet = v.T("ui.yes")
		}
		t.Rows = append(t.Rows, ui.Row{Name: m.title(x), Cells: []templ.Component{
			ui.TitleCell(v, ui.Title{Text: m.title(x), Sub: x.Code, Href: m.visit.Href("families/lists/" + x.Code)}),
			ui.LinkCell(m.visit.Href("families")+"?list="+url.QueryEscape(x.Code), v.Number(n)), ui.TextCell(facet),
		}})
	}
	return t
}

// listSheet is the form of a classification.
type listSheet struct {
	Code  string            `form:"code"`
	Name  map[string]string `form:"name"`
	Tree  bool              `form:"tree"`
	Facet bool              `form:"facet"`
}

// listModel is what the page of one classification shows.
type listModel struct {
	room
	List    *catalog.Taxonomy // without id for a new one
	Sheet   listSheet
	Answers ui.Answers
}

// openList reads the classification of the address.
func openList(c echo.Context) (*listModel, error) {
	m := &listModel{room: room{visit: desk.Here(c)}, List: &catalog.Taxonomy{Facet: true}}
	if err := m.visit.Shop.Read(c.Request().Context(), m.read); err != nil {
		return nil, err
	}
	if code := c.Param("list"); code != "" {
		found, ok := m.Tree.Taxonomy(code)
		if !ok {
			return nil, catalog.ErrTaxonomy
		}
		m.List = found
	}
	m.Sheet = listSheet{Code: m.List.Code, Name: map[string]string{}, Tree: m.List.Tree, Facet: m.List.Facet}
	for l, text := range m.List.Names {
		m.Sheet.Name[string(l)] = text
	}
	return m, nil
}

func (d *Desk) newList(c echo.Context) error { return d.editList(c) }

// editList shows the form of a classification.
func (d *Desk) editList(c echo.Context) error {
	m, err := openList(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, listPage(m.visit.View, m))
}

// saveList makes or saves a classification.
func (d *Desk) saveList(c echo.Context) error {
	typed, err := web.Form[listSheet](c)
	if err != nil {
		return err
	}
	m, err := openList(c)
	if err != nil {
		return err
	}
	m.Sheet = typed
	edited := *m.List
	edited.Names = i18n.Text{}
	for _, l := range m.Locales {
		if text := typed.Name[string(l)]; text != "" {
			edited.Names[l] = text
		}
	}
	edited.Facet = typed.Facet
	if edited.Code != catalog.Families { // what the shop is built on keeps its shape
		edited.Code, edited.Tree = typed.Code, typed.Tree
	}
	if edited.Code == "" {
		edited.Code = catalog.Slug(m.Locales[0], edited.Names.In(m.Locales[0]))
	}
	if edited.ID.IsZero() {
		edited.Position = len(m.Tree.Taxonomies)
	}
	err = formNames(catalog.SaveTaxonomy(c.Request().Context(), m.visit.Shop, m.visit.Actor(), &edited), string(m.Locales[0]))
	if desk.Repairable(err) || len(fault.FieldsOf(err)) > 0 {
		m.Answers = ui.Refused(m.visit.View, nil, err)
		return desk.Show(c, web.Status(err), listPage(m.visit.View, m))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "families?list="+url.QueryEscape(edited.Code), "families.saved", map[string]string{"name": m.title(&edited)})
}

func (m *listModel) header() ui.Header {
	v := m.visit.View
	h := ui.Header{
		Title: v.T("families.lists.new"), Lead: v.T("families.lists.lead"),
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.families"), Href: m.visit.Href("families")}, {Label: v.T("families.lists.title"), Href: m.visit.Href("families/lists")}},
	}
	if !m.List.ID.IsZero() {
		h.Title, h.Lead = m.title(m.List), ""
	}
	if m.deletable() && m.visit.Can("families.edit") {
		h.More = []ui.Action{{Label: v.T("families.delete"), Href: m.visit.Href("families/lists/" + m.List.Code + "/delete"), Icon: ui.IconTrash, Look: ui.Danger}}
	}
	h.Crumbs = append(h.Crumbs, ui.Crumb{Label: h.Title})
	return h
}

func (m *listModel) check(name string, on bool) ui.Field {
	f := ui.Field{Name: name, Label: m.visit.T("families.field." + name), Help: m.visit.T("families.field." + name + ".help")}
	if on {
		f.Value = "1"
	}
	return f
}

func (m *listModel) names() ui.Texts {
	t := ui.Texts{Field: ui.Field{Name: "name", Label: m.visit.T("families.field.name")}, Locales: m.Locales, Text: i18n.Text{}, Errors: map[i18n.Locale]string{}}
	for _, l := range m.Locales {
		t.Text[l] = m.Sheet.Name[string(l)]
		if text := m.Answers.Errors["name."+string(l)]; text != "" {
			t.Errors[l] = text
		}
	}
	return t
}
