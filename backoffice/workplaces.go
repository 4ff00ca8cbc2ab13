package backoffice

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/screen"
)

// workplaces leads to the person's shop, or lets choose when there are several.
func (o *Office) workplaces(c echo.Context) error {
	who, ok := web.Find[account.Account](c)
	if !ok {
		return c.Redirect(http.StatusSeeOther, signInPath)
	}
	places, err := o.Accounts.Workplaces(c.Request().Context(), who.ID)
	if err != nil {
		return err
	}
	if len(places) == 1 {
		return c.Redirect(http.StatusSeeOther, base(places[0].Slug))
	}
	v := o.Screens.View(c)
	return screen.Show(c, http.StatusOK, workplacesPage(v, o.card(v, v.T("entrance.shops.title"), v.T("entrance.shops.lead")), places, o.Sites.Platform()))
}

// card is the frame of a page outside any shop.
func (o *Office) card(v ui.View, title, lead string) ui.Card {
	return ui.Card{
		Meta: ui.Meta{Title: title, Site: o.Brand}, Surface: ui.Office,
		Brand: ui.Brand{Name: o.Brand, Href: o.Sites.Platform()}, Title: title, Lead: lead,
	}
}

// errorPage shows a problem: inside the frame when somebody is in a shop.
func (o *Office) errorPage(c echo.Context, p web.Problem) error {
	v := o.Screens.View(c)
	text := v.T(p.Key, ui.Args(p.Args))
	if text == p.Key {
		text = v.T("error.internal")
	}
	return screen.Show(c, p.Status, problemPage(v, o.card(v, text, ""), v.T("entrance.error.reference", ui.Args{"reference": p.Reference})))
}
