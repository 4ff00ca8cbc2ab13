package shopsettings

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/payment"
)

// again is the draft that saves a mode as it is.
func (d *Desk) again(m payment.Mode) (payment.Draft, error) {
	gateway, err := d.Modes.Gateways().Find(m.Kind)
	if err != nil {
		return payment.Draft{}, err
	}
	return payment.Draft{
		ID: m.ID, Kind: m.Kind, Names: m.Names, Texts: m.Texts, Scope: m.Scope, Active: m.Active, Test: m.Test,
		Config: gateway.Config().Encode(i18n.Neutral, m.Config), Locale: i18n.Neutral, Position: m.Position, Rev: m.Rev,
	}, nil
}

// switchPayment offers a mode to buyers, or takes it back.
func (d *Desk) switchPayment(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[switchForm](c)
	if err != nil {
		return err
	}
	m, _, err := d.findPayment(c)
	if err != nil {
		return err
	}
	draft, err := d.again(m)
	if err == nil {
		draft.Active = f.Active
		_, err = d.Modes.Save(c.Request().Context(), v.Shop, v.Actor(), draft)
	}
	if fault.Is(err, fault.Malformed) { // nothing was typed here: something was never filled in
		web.AddFlash(c, web.Note, "setup.payment.unfinished", nil)
		return c.Redirect(http.StatusSeeOther, v.Href("settings/payment/"+m.ID.String()))
	}
	if err != nil {
		return desk.Refuse(c, "settings/payment", "setup.refused", err)
	}
	return desk.Back(c, "settings/payment", "setup.saved", nil)
}

// movePayment puts a mode before or after its neighbour.
func (d *Desk) movePayment(c echo.Context) error {
	v, ctx := desk.Here(c), c.Request().Context()
	f, err := web.Form[moveForm](c)
	if err != nil {
		return err
	}
	modes, _, err := d.readPayment(ctx, v.Shop)
	if err != nil {
		return err
	}
	ids := make([]string, len(modes))
	for i, m := range modes {
		ids[i] = m.ID.String()
	}
	for at, i := range moved(ids, c.Param("mode"), f.Up) {
		if modes[i].Position == at {
			continue
		}
		draft, err := d.again(modes[i])
		if err == nil {
			draft.Position = at
			_, err = d.Modes.Save(ctx, v.Shop, v.Actor(), draft)
		}
		if err != nil {
			return desk.Refuse(c, "settings/payment", "setup.refused", err)
		}
	}
	return c.Redirect(http.StatusSeeOther, v.Href("settings/payment"))
}

func (d *Desk) askRemovePayment(c echo.Context) error {
	v := desk.Here(c)
	m, _, err := d.findPayment(c)
	if err != nil {
		return err
	}
	name := m.Names.In(v.View.Locale)
	return desk.Show(c, http.StatusOK, confirmPage(v, frame(v, "payment", ui.Crumb{Label: name}), ui.Confirm{
		ID: "remove", Title: v.T("setup.payment.remove", ui.Args{"name": name}), Text: v.T("setup.payment.remove_text"),
		Post: v.Href("settings/payment/" + m.ID.String() + "/remove"), Label: v.T("setup.remove_do"), Cancel: v.Href("settings/payment"),
		Hidden: map[string]string{"rev": strconv.Itoa(m.Rev)},
	}))
}

// removePayment deletes a mode nothing was ever paid with.
func (d *Desk) removePayment(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[revForm](c)
	if err != nil {
		return err
	}
	key, err := id.Parse[payment.Mode](c.Param("mode"))
	if err != nil {
		return err
	}
	if err := d.Modes.Remove(c.Request().Context(), v.Shop, v.Actor(), key, f.Rev); err != nil {
		return desk.Refuse(c, "settings/payment", "setup.refused", err)
	}
	return desk.Back(c, "settings/payment", "setup.removed", nil)
}
