package products

import (
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// versionsAPage is how many versions stand on a page.
const versionsAPage = 20

// versionsModel is the page of what was changed in an article (SEC-03).
type versionsModel struct {
	editor
	List  []catalog.Version
	Pages ui.Pages
}

type versionsQuery struct {
	After string `query:"after"`
}

// versions lists what was changed in an article in the last 30 days.
func (d *Desk) versions(c echo.Context) error {
	m := &versionsModel{editor: editor{visit: desk.Here(c)}}
	p, err := id.Parse[catalog.Product](c.Param("id"))
	if err != nil {
		return err
	}
	q, err := web.Query[versionsQuery](c)
	if err != nil {
		return err
	}
	var after catalog.VersionID // of an address nobody has made: the first page
	if parsed, err := id.Parse[catalog.Version](q.After); err == nil {
		after, m.Pages.Before = parsed, "newest" // the list knows no page before; this leads to the first
	}
	err = m.visit.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		if m.Product, err = catalog.FindBare(tx, p); err != nil {
			return err
		}
		if m.Settings, err = settings.Load(tx); err != nil {
			return err
		}
		m.List, err = catalog.History(tx, p, after, versionsAPage+1)
		return err
	})
	if err != nil {
		return err
	}
	if len(m.List) > versionsAPage {
		m.List = m.List[:versionsAPage]
		m.Pages.After = m.List[versionsAPage-1].ID.String()
	}
	return desk.Show(c, http.StatusOK, versionsPage(m.visit.View, m))
}

// lastVersion finds what to go back before for the last change to be undone; found is false where there is nothing.
func lastVersion(c echo.Context) (last catalog.VersionID, found bool, err error) {
	p, err := id.Parse[catalog.Product](c.Param("id"))
	if err != nil {
		return last, false, err
	}
	var list []catalog.Version
	err = desk.Here(c).Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		list, err = catalog.History(tx, p, catalog.VersionID{}, versionsAPage)
		return err
	})
	if err != nil {
		return last, false, err
	}
	i := slices.IndexFunc(list, func(v catalog.Version) bool { return v.Back && len(v.Parts) > 0 })
	if i < 0 {
		return last, false, nil
	}
	return list[i].ID, true, nil
}

func (m *versionsModel) header() ui.Header {
	v := m.visit.View
	return ui.Header{
		Title: v.T("products.versions.title"), Lead: v.T("products.versions.lead"),
		Crumbs: []ui.Crumb{{Label: v.T("office.nav.products"), Href: m.visit.Href("products")}, {Label: m.name(), Href: m.path()}, {Label: v.T("products.versions.title")}},
	}
}

func (m *versionsModel) table() ui.Table {
	v := m.visit.View
	t := ui.Table{
		ID: "versions", Caption: v.T("products.versions.title"),
		Columns: []ui.Column{{Title: v.T("products.versions.when"), Main: true}, {Title: v.T("products.versions.who")}, {Title: v.T("products.versions.what")}},
		Empty: ui.Empty{Icon: ui.IconHistory, Title: v.T("products.versions.none"), Text: v.T("products.versions.none_text"),
			Actions: []ui.Action{{Label: v.T("products.versions.back"), Href: m.path()}}},
	}
	for _, one := range m.List {
		when := v.DayTime(one.At)
		title := ui.Title{Text: when}
		row := ui.Row{Name: when}
		if one.Back && len(one.Parts) > 0 && m.visit.Can("articles.edit") {
			title.Href = m.path("versions", one.ID.String())
			row.More = []ui.Action{{Label: v.T("products.versions.before"), Href: title.Href, Icon: ui.IconArrowBackUp}}
		}
		row.Cells = []templ.Component{ui.TitleCell(v, title), ui.TextCell(one.By.Name), versionCell(m.deed(one), m.partWords(one), m.turnWords(one))}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// deed says what was done.
func (m *versionsModel) deed(one catalog.Version) string {
	_, deed, _ := strings.Cut(one.Action, ".")
	return m.visit.T("products.versions.deed." + deed)
}

// partWords say what a change was about.
func (m *versionsModel) partWords(one catalog.Version) string {
	if !one.Back {
		return ""
	}
	if len(one.Parts) == 0 {
		return m.visit.T("products.versions.nothing")
	}
	words := make([]string, len(one.Parts))
	for i, p := range one.Parts {
		words[i] = m.part(p)
	}
	return strings.Join(words, " · ")
}

func (m *editor) part(p catalog.Part) string { return m.visit.T("products.versions.part." + string(p)) }
