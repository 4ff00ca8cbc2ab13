package products

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// panelsModel is the page of the views that articles share (ART-04). An article's own views are
// deleted with its last use; a shared one waits here for the next article, until somebody deletes it.
type panelsModel struct {
	visit    *desk.Visit
	Settings *settings.Settings
	Shared   []catalog.Panel
	Use      map[catalog.PanelID]int
	Panel    catalog.Panel // the one to be deleted
}

func (m *panelsModel) read(tx tenant.Tx) (err error) {
	if m.Settings, err = settings.Load(tx); err != nil {
		return err
	}
	if m.Shared, err = catalog.SharedPanels(tx); err != nil {
		return err
	}
	m.Use, err = catalog.PanelUse(tx)
	return err
}

// panels lists the shared views.
func (d *Desk) panels(c echo.Context) error {
	m := &panelsModel{visit: desk.Here(c)}
	if err := m.visit.Shop.Read(c.Request().Context(), m.read); err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, panelsPage(m.visit.View, m))
}

// openPanel reads the shared view of the address.
func openPanel(c echo.Context) (*panelsModel, error) {
	m := &panelsModel{visit: desk.Here(c)}
	if err := m.visit.Shop.Read(c.Request().Context(), m.read); err != nil {
		return nil, err
	}
	wanted, err := id.Parse[catalog.Panel](c.Param("panel"))
	i := slices.IndexFunc(m.Shared, func(p catalog.Panel) bool { return p.ID == wanted })
	if err != nil || i < 0 {
		return nil, catalog.ErrPanel
	}
	m.Panel = m.Shared[i]
	return m, nil
}

// askDropPanel asks before a view is taken off all its articles.
func (d *Desk) askDropPanel(c echo.Context) error {
	m, err := openPanel(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, dropPanelPage(m.visit.View, m))
}

// dropPanel deletes a shared view.
func (d *Desk) dropPanel(c echo.Context) error {
	m, err := openPanel(c)
	if err != nil {
		return err
	}
	if err := catalog.DeletePanel(c.Request().Context(), m.visit.Shop, m.visit.Actor(), m.Panel.ID); err != nil {
		return err
	}
	return desk.Back(c, "products/panels", "products.panels.dropped", map[string]string{"name": m.name(m.Panel)})
}

func (m *panelsModel) name(p catalog.Panel) string {
	return p.Titles.In(m.visit.View.Locale, m.Settings.Languages.Default)
}

func (m *panelsModel) header() ui.Header {
	v := m.visit.View
	return ui.Header{Title: v.T("products.panels.title"), Lead: v.T("products.panels.title_lead"), Crumbs: []ui.Crumb{
		{Label: v.T("office.nav.products"), Href: m.visit.Href("products")}, {Label: v.T("products.panels.title"), Href: m.visit.Href("products/panels")}}}
}

func (m *panelsModel) table() ui.Table {
	v := m.visit.View
	t := ui.Table{
		ID: "panels", Caption: v.T("products.panels.title"),
		Columns: []ui.Column{{Title: v.T("products.field.panel_title"), Main: true}, {Title: v.T("products.panels.use"), End: true}},
		Empty:   ui.Empty{Icon: ui.IconStack, Title: v.T("products.panels.none")},
	}
	for _, p := range m.Shared {
		row := ui.Row{Name: m.name(p), Cells: []templ.Component{ui.TextCell(m.name(p)), ui.TextCell(v.Number(m.Use[p.ID]))}}
		if m.visit.Can("articles.edit") {
			row.More = []ui.Action{{Label: v.T("products.panels.drop"), Href: m.visit.Href("products/panels/" + p.ID.String() + "/delete"), Icon: ui.IconTrash, Look: ui.Danger}}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (m *panelsModel) confirm() ui.Confirm {
	v := m.visit.View
	return ui.Confirm{
		ID: "drop", Title: v.T("products.panels.drop_ask", ui.Args{"name": m.name(m.Panel)}),
		Text: v.T("products.panels.drop_means", ui.Args{"n": m.Use[m.Panel.ID]}), Label: v.T("products.panels.drop"),
		Post: m.visit.Href("products/panels/" + m.Panel.ID.String() + "/delete"), Cancel: m.visit.Href("products/panels"),
	}
}
