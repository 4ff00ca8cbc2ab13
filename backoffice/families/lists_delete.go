package families

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/tenant/catalog"
)

// askDeleteList asks before a classification goes with all its entries.
func (d *Desk) askDeleteList(c echo.Context) error {
	m, err := openLasting(c)
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, deleteListPage(m.visit.View, m))
}

// deleteList removes a classification; its articles stay.
func (d *Desk) deleteList(c echo.Context) error {
	m, err := openLasting(c)
	if err != nil {
		return err
	}
	if err := catalog.DeleteTaxonomy(c.Request().Context(), m.visit.Shop, m.visit.Actor(), m.List.ID); err != nil {
		return err
	}
	return desk.Back(c, "families/lists", "families.deleted", map[string]string{"name": m.title(m.List)})
}

// openLasting is openList for one that can be deleted: families cannot.
func openLasting(c echo.Context) (*listModel, error) {
	m, err := openList(c)
	if err == nil && !m.deletable() {
		return nil, catalog.ErrTaxonomy
	}
	return m, err
}

func (m *listModel) deletable() bool { return !m.List.ID.IsZero() && m.List.Code != catalog.Families }

func (m *listModel) confirm() ui.Confirm {
	v, n := m.visit.View, 0
	m.all(m.List, func(*catalog.Node) bool { n++; return true })
	at := m.visit.Href("families/lists/" + m.List.Code)
	means := v.T("families.lists.delete_empty")
	if n > 0 {
		means = v.T("families.lists.delete_means", ui.Args{"n": n})
	}
	return ui.Confirm{
		ID: "delete", Title: v.T("families.delete_ask", ui.Args{"name": m.title(m.List)}), Text: means,
		Post: at + "/delete", Label: v.T("families.delete"), Cancel: at,
	}
}
