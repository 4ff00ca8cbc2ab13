package home

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
)

// errNoSamples is what a shop without samples answers.
var errNoSamples = fault.New(fault.NotFound, fault.NotFound.Key())

// samplesWait bounds how long samples are added, on the busiest machine.
const samplesWait = 2 * time.Minute

// addSamples fills an empty shop with articles to look at.
func (d *Desk) addSamples(c echo.Context) error {
	if d.Samples == nil {
		return errNoSamples
	}
	return d.sampled(c, "home.samples.added")
}

// sampled adds the samples and leads home, also when they could not be added: nobody waits for them.
func (d *Desk) sampled(c echo.Context, key string) error {
	v := desk.Here(c)
	// Somebody who goes on before they are all there still finds them.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), samplesWait)
	defer cancel()
	err := d.Samples.Add(ctx, v.Shop, v.Actor())
	if desk.Repairable(err) {
		web.AddFlash(c, web.Bad, "home.refused", map[string]string{"why": v.View.Explain(err)})
		return c.Redirect(http.StatusSeeOther, v.Href(""))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "", key, nil)
}

// askSamples asks before the samples are taken out.
func (d *Desk) askSamples(c echo.Context) error {
	v := desk.Here(c)
	n := 0
	if d.Samples != nil {
		err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) { n, err = d.Samples.Count(tx); return err })
		if err != nil {
			return err
		}
	}
	if n == 0 {
		return errNoSamples
	}
	return desk.Show(c, http.StatusOK, samplesPage(v, ui.Confirm{
		ID: "samples", Title: v.T("home.samples.ask", ui.Args{"n": n}), Text: v.T("home.samples.text"),
		Post: v.Href("samples"), Label: v.T("home.samples.do"), Cancel: v.Href(""),
	}))
}

// removeSamples takes them out.
func (d *Desk) removeSamples(c echo.Context) error {
	v := desk.Here(c)
	if d.Samples == nil {
		return errNoSamples
	}
	if err := d.Samples.Remove(c.Request().Context(), v.Shop, v.Actor()); err != nil {
		return err
	}
	return desk.Back(c, "", "home.samples.done", nil)
}
