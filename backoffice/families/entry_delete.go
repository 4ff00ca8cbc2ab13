package families

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant/catalog"
)

// askDelete asks before an entry is deleted; one with others below it cannot be.
func (d *Desk) askDelete(c echo.Context) error {
	m := &entryModel{room: room{visit: desk.Here(c)}}
	if err := m.stored(c); err != nil {
		return err
	}
	m.Sheet = sheetOf(m.Node)
	if err := m.visit.Shop.Read(c.Request().Context(), m.furnish); err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, deletePage(m.visit.View, m))
}

// delete removes an entry; its articles stay.
func (d *Desk) delete(c echo.Context) error {
	m := &entryModel{room: room{visit: desk.Here(c)}}
	if err := m.stored(c); err != nil {
		return err
	}
	err := catalog.DeleteNode(c.Request().Context(), m.visit.Shop, m.visit.Actor(), m.Node.ID)
	if errors.Is(err, catalog.ErrNotEmpty) {
		web.AddFlash(c, web.Bad, catalog.ErrNotEmpty.Key(), nil)
		return c.Redirect(http.StatusSeeOther, m.visit.Href("families/"+m.Node.ID.String()))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, m.treeAt(m.Node), "families.deleted", map[string]string{"name": m.name(m.Node)})
}
