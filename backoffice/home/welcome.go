package home

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
)

// welcome puts the three questions; every one may be left as it is.
func (d *Desk) welcome(c echo.Context) error {
	v := desk.Here(c)
	var s *settings.Settings
	var steps start.Steps
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) {
		if s, err = settings.Load(tx); err != nil {
			return err
		}
		steps, err = start.Read(tx)
		return err
	})
	if err != nil {
		return err
	}
	trade := steps.Answers.Trade
	if trade == "" {
		trade = start.Physical
	}
	values := url.Values{"country": {s.Identity.Address.Country}, "trade": {string(trade)}, "elsewhere": {"no"}}
	if steps.Answers.Elsewhere {
		values.Set("elsewhere", "yes")
	}
	return desk.Show(c, http.StatusOK, welcomePage(v, ui.Asked(values), d.offers(v, steps)))
}

// offers tells whether the visitor may fill the shop with samples: one with articles needs none.
func (d *Desk) offers(v *desk.Visit, s start.Steps) bool {
	return d.Samples != nil && s.Articles == 0 && v.Can("articles.import")
}

type welcomeForm struct {
	Country   string `form:"country"`
	Trade     string `form:"trade"`
	Elsewhere bool   `form:"elsewhere"`
	Samples   bool   `form:"samples"` // the button that was pressed
}

// answer puts the answers into the settings, and leads to the import when there is something to bring.
func (d *Desk) answer(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[welcomeForm](c)
	if err == nil {
		answers := start.Answers{Country: f.Country, Trade: start.Trade(f.Trade), Elsewhere: f.Elsewhere}
		err = start.Answer(c.Request().Context(), v.Shop, v.Actor(), answers)
	}
	if desk.Repairable(err) {
		return desk.Show(c, web.Status(err), welcomePage(v, ui.Refused(v.View, c.Request().PostForm, err), d.Samples != nil))
	}
	if err != nil {
		return err
	}
	if f.Samples && d.Samples != nil && v.Can("articles.import") {
		return d.sampled(c, "home.welcome.sampled")
	}
	if f.Elsewhere && v.Can("articles.import") {
		return desk.Back(c, "transfer", "home.welcome.import", nil)
	}
	return desk.Back(c, "", "home.welcome.done", nil)
}

// skip leaves everything as it is.
func (d *Desk) skip(c echo.Context) error {
	v := desk.Here(c)
	if err := start.Skip(c.Request().Context(), v.Shop, v.Actor()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, v.Href(""))
}
