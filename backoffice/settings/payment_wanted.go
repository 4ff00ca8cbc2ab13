package shopsettings

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/wanted"
	"echoppe.dev/platform/kit/i18n"
)

// Wishes takes requests for banks that are not on the list; wanted.Wanted does.
type Wishes interface {
	Ask(ctx context.Context, by audit.Actor, shop string, l i18n.Locale, d wanted.Draft) error
	List(ctx context.Context, f wanted.Filter) ([]wanted.Request, error)
}

const wantedPath = "settings/payment/request"

// askBank shows the form for a bank that is not on the list (PAY-07), with what the shop has asked for before.
func (d *Desk) askBank(c echo.Context) error {
	v := desk.Here(c)
	return d.showWanted(c, http.StatusOK, ui.Asked(url.Values{"bank": {c.QueryParam("bank")}, "contact": {v.Account.Email}}))
}

type wantedForm struct {
	Bank     string `form:"bank"`
	Protocol string `form:"protocol"`
	Docs     string `form:"docs"`
	Volume   string `form:"volume"`
	Contact  string `form:"contact"`
	Note     string `form:"note"`
}

// sendWanted sends it to the operators.
func (d *Desk) sendWanted(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[wantedForm](c)
	if err == nil {
		err = d.Wanted.Ask(c.Request().Context(), v.Account.Actor(), v.Shop.ID().String(), v.View.Locale, wanted.Draft(f))
	}
	if desk.Repairable(err) {
		return d.showWanted(c, web.Status(err), ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, wantedPath, "setup.wanted.sent", nil)
}

func (d *Desk) showWanted(c echo.Context, status int, a ui.Answers) error {
	v := desk.Here(c)
	list, err := d.Wanted.List(c.Request().Context(), wanted.Filter{Shop: v.Shop.ID().String()})
	if err != nil {
		return err
	}
	return desk.Show(c, status, wantedPage(sheet.New(v, "setup.wanted", a), list))
}

// wantedTable is what the shop has asked for, and what became of it.
func wantedTable(s sheet.Sheet, list []wanted.Request) ui.Table {
	tones := map[wanted.State]ui.Tone{wanted.New: ui.Neutral, wanted.Looking: ui.Info, wanted.Planned: ui.Info, wanted.Done: ui.Good, wanted.Declined: ui.Warn}
	t := ui.Table{Caption: s.T("before"), Bare: true, Columns: []ui.Column{{Title: s.T("bank"), Main: true}, {Title: s.T("answer")}, {Title: s.Visit.T("setup.state"), Fit: true}}}
	for _, r := range list {
		t.Rows = append(t.Rows, ui.Row{ID: r.ID.String(), Name: r.Bank, Cells: []templ.Component{
			ui.TitleCell(s.View(), ui.Title{Text: r.Bank, Sub: s.View().Day(r.Created)}), ui.TextCell(r.Answer),
			ui.BadgeCell(s.View(), ui.Badge{Label: s.Visit.T(r.State.Key()), Tone: tones[r.State], Dot: true}),
		}})
	}
	return t
}

// wantedHref leads to the form, with what was looked for in it.
func (w ways) wantedHref(v *desk.Visit) string {
	to := v.Href(wantedPath)
	if w.Query.Search != "" {
		to += "?bank=" + url.QueryEscape(w.Query.Search)
	}
	return to
}

var _ Wishes = (*wanted.Wanted)(nil)
