package products

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/settings"
)

// edit shows the editor of an article.
func (d *Desk) edit(c echo.Context) error {
	v := desk.Here(c)
	p, err := id.Parse[catalog.Product](c.Param("id"))
	if err != nil {
		return err
	}
	m := &editor{visit: v}
	err = v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		if m.Product, err = catalog.FindIn(tx, p); err != nil {
			return err
		}
		pics, err := mediaOf(tx, m.Product.Pictures)
		if err != nil {
			return err
		}
		panels, err := catalog.Panels(tx, m.Product.Panels)
		if err != nil {
			return err
		}
		set, err := settings.Load(tx)
		if err != nil {
			return err
		}
		m.Sheet = sheetOf(m.Product, pics, panels, v.View.Locale, set.Rules().Zone)
		return m.furnish(tx)
	})
	if err != nil {
		return err
	}
	return desk.Show(c, http.StatusOK, editPage(v.View, m))
}
