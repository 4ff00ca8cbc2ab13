package home

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/start"
	"echoppe.dev/tenant/stats"
)

// homeModel is what the page shows.
type homeModel struct {
	Today   stats.Today
	Steps   start.Steps
	Newest  []order.Row
	Samples int  // articles that are there to be looked at
	Offer   bool // samples can be added
	Notices notices
}

// newest is how many orders stand on the page.
const newest = 6

// show is the first page. Whoever may set the shop up is asked the three questions before.
func (d *Desk) show(c echo.Context) error {
	v := desk.Here(c)
	var m homeModel
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if m.Steps, err = start.Read(tx); err != nil {
			return err
		}
		if m.Today, err = stats.Read(tx); err != nil {
			return err
		}
		if m.Notices, err = readNotices(tx); err != nil {
			return err
		}
		if d.Samples != nil {
			if m.Samples, err = d.Samples.Count(tx); err != nil {
				return err
			}
			m.Offer = d.offers(v, m.Steps)
		}
		if !v.Can("orders.view") {
			return nil
		}
		page, err := order.List(tx, order.Filter{Limit: newest})
		m.Newest = page.Rows
		return err
	})
	if err != nil {
		return err
	}
	if !m.Steps.Asked && v.Can("settings.edit") {
		return c.Redirect(http.StatusSeeOther, v.Href("welcome"))
	}
	return desk.Show(c, http.StatusOK, homePage(v, m))
}

// confirm sends the visitor the letter that confirms his address once more.
func (d *Desk) confirm(c echo.Context) error {
	v := desk.Here(c)
	err := d.Letters.SendLink(c.Request().Context(), v.Account.Email, account.Verify)
	if desk.Repairable(err) {
		web.AddFlash(c, web.Bad, "home.refused", map[string]string{"why": v.View.Explain(err)})
		return c.Redirect(http.StatusSeeOther, v.Href(""))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "", "home.confirm_sent", map[string]string{"email": v.Account.Email})
}
