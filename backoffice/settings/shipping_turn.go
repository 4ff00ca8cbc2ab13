package shopsettings

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/shipping"
)

type switchForm struct {
	Active bool `form:"active"`
}

// switchShipping offers a mode to buyers, or takes it back.
func (d *Desk) switchShipping(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[switchForm](c)
	if err != nil {
		return err
	}
	m, _, err := findShipping(c)
	if err != nil {
		return err
	}
	m.Active = f.Active
	if _, err := d.Calculators.Save(c.Request().Context(), v.Shop, v.Actor(), m); err != nil {
		return desk.Refuse(c, "settings/shipping", "setup.refused", err)
	}
	return desk.Back(c, "settings/shipping", "setup.saved", nil)
}

type moveForm struct {
	Up bool `form:"up"`
}

// moveShipping puts a mode before or after its neighbour.
func (d *Desk) moveShipping(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	f, err := web.Form[moveForm](c)
	if err != nil {
		return err
	}
	modes, _, err := readShipping(ctx, v.Shop)
	if err != nil {
		return err
	}
	ids := make([]string, len(modes))
	for i, m := range modes {
		ids[i] = m.ID
	}
	for at, i := range moved(ids, c.Param("mode"), f.Up) {
		if modes[i].Position == at {
			continue
		}
		modes[i].Position = at
		if _, err := d.Calculators.Save(ctx, v.Shop, v.Actor(), modes[i]); err != nil {
			return desk.Refuse(c, "settings/shipping", "setup.refused", err)
		}
	}
	return c.Redirect(http.StatusSeeOther, v.Href("settings/shipping"))
}

// moved is the order of a list after one of its items changed place with its neighbour, as indexes
// into it.
func moved(ids []string, which string, up bool) []int {
	order := make([]int, len(ids))
	at := -1
	for i, one := range ids {
		order[i] = i
		if one == which {
			at = i
		}
	}
	next := at + 1
	if up {
		next = at - 1
	}
	if at >= 0 && next >= 0 && next < len(order) {
		order[at], order[next] = order[next], order[at]
	}
	return order
}

func (d *Desk) askRemoveShipping(c echo.Context) error {
	v := desk.Here(c)
	m, _, err := findShipping(c)
	if err != nil {
		return err
	}
	name := m.Name.In(v.View.Locale)
	return desk.Show(c, http.StatusOK, confirmPage(v, frame(v, "shipping", ui.Crumb{Label: name}), ui.Confirm{
		ID: "remove", Title: v.T("setup.shipping.remove", ui.Args{"name": name}), Text: v.T("setup.shipping.remove_text"),
		Post: v.Href("settings/shipping/" + m.ID + "/remove"), Label: v.T("setup.remove_do"), Cancel: v.Href("settings/shipping"),
		Hidden: map[string]string{"rev": strconv.Itoa(m.Rev)},
	}))
}

type revForm struct {
	Rev int `form:"rev,revision"`
}

func (d *Desk) removeShipping(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[revForm](c)
	if err != nil {
		return err
	}
	key, err := id.Parse[shipping.Mode](c.Param("mode"))
	if err != nil {
		return err
	}
	if err := shipping.Remove(c.Request().Context(), v.Shop, v.Actor(), key, f.Rev); err != nil {
		return desk.Refuse(c, "settings/shipping", "setup.refused", err)
	}
	return desk.Back(c, "settings/shipping", "setup.removed", nil)
}
