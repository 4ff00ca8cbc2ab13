package discounts

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/promotion"
)

type switchForm struct {
	Active bool `form:"active"`
}

// turn gives a discount to buyers, or takes it back.
func (d *Desk) turn(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[switchForm](c)
	if err != nil {
		return err
	}
	which, err := id.Parse[discount.Rule](c.Param("id"))
	if err != nil {
		return err
	}
	if err := promotion.Switch(c.Request().Context(), v.Shop, v.Actor(), which, f.Active); err != nil {
		return desk.Refuse(c, "discounts", "discounts.refused", err)
	}
	return desk.Back(c, "discounts", "discounts.saved", nil)
}

func (d *Desk) askArchive(c echo.Context) error { return ask(c, "archive", ui.Info) }
func (d *Desk) askRemove(c echo.Context) error  { return ask(c, "remove", ui.Bad) }

// ask asks before a discount goes: what is used is put away, what is not is deleted.
func ask(c echo.Context, what string, tone ui.Tone) error {
	v := desk.Here(c)
	k, s, err := readOne(c)
	if err != nil {
		return err
	}
	name := k.name(v, &s.Rule)
	return desk.Show(c, http.StatusOK, confirmPage(v, name, ui.Confirm{
		ID: what, Title: v.T("discounts."+what+".title", ui.Args{"name": name}), Text: v.T("discounts." + what + ".text"), Tone: tone,
		Post: v.Href("discounts/" + s.ID + "/" + what), Label: v.T("discounts." + what + ".do"), Cancel: v.Href("discounts/" + s.ID),
		Hidden: map[string]string{"rev": strconv.Itoa(s.Rev)},
	}))
}

func (d *Desk) archive(c echo.Context) error {
	return retire(c, promotion.Archive, "discounts.archived")
}

func (d *Desk) remove(c echo.Context) error { return retire(c, promotion.Remove, "discounts.removed") }

type revForm struct {
	Rev int `form:"rev,revision"`
}

func retire(c echo.Context, do func(context.Context, *tenant.Shop, tenant.Actor, promotion.ID, int) error, done string) error {
	v := desk.Here(c)
	f, err := web.Form[revForm](c)
	if err != nil {
		return err
	}
	which, err := id.Parse[discount.Rule](c.Param("id"))
	if err != nil {
		return err
	}
	if err := do(c.Request().Context(), v.Shop, v.Actor(), which, f.Rev); err != nil {
		return desk.Refuse(c, "discounts", "discounts.refused", err)
	}
	return desk.Back(c, "discounts", done, nil)
}
