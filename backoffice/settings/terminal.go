package shopsettings

import (
	_ "embed"
	"net/http"
	"net/url"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/terminal"
)

// dutyPoints is how many paragraphs the duty has: the words "duty_1" and on.
const dutyPoints = 6

// makeKeys makes keys in the merchant's browser.
//
//go:embed terminal.js
var makeKeys []byte

// terminalScript serves it.
func (d *Desk) terminalScript(c echo.Context) error {
	return c.Blob(http.StatusOK, "text/javascript; charset=utf-8", makeKeys)
}

// terminalModel is what the page of the merchant's own terminal shows.
type terminalModel struct {
	Book    terminal.Book
	Allowed bool // by an operator
	Script  string
	Name    ui.Answers
	Key     ui.Answers
}

// terminal shows what the merchant has accepted and his keys (PAY-03).
func (d *Desk) terminal(c echo.Context) error {
	return d.showTerminal(c, http.StatusOK, ui.Asked(url.Values{}), ui.Asked(url.Values{}))
}

func (d *Desk) showTerminal(c echo.Context, status int, name, key ui.Answers) error {
	v := desk.Here(c)
	m := terminalModel{Allowed: v.Shop.Terminal(), Script: v.Href("settings/payment/terminal.js"), Name: name, Key: key}
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err == nil {
			m.Book, v.View.Zone = s.Terminal.Book(), s.Rules().Zone
		}
		return err
	})
	if err != nil {
		return err
	}
	return desk.Show(c, status, terminalPage(sheet.New(v, "setup.terminal", name), m))
}

type dutyForm struct {
	Name string `form:"name"`
}

// acceptDuty keeps who accepted which text, in writing.
func (d *Desk) acceptDuty(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[dutyForm](c)
	if err != nil {
		return err
	}
	err = settings.ChangeTerminal(c.Request().Context(), v.Shop, v.Actor(), func(b terminal.Book, now time.Time) (terminal.Book, error) {
		return b.Accept(v.Actor(), v.View.Locale, f.Name, now)
	})
	if desk.Repairable(err) {
		return d.showTerminal(c, web.Status(err), ui.Refused(v.View, c.Request().PostForm, err), ui.Asked(url.Values{}))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "settings/payment/terminal", "setup.terminal.accepted_done", nil)
}

type keyForm struct {
	Point   string `form:"point"`
	Wrapped string `form:"wrapped"`
}

// addKey takes the public half of a pair of keys, and the private one as the merchant's passphrase wraps it, if he wants.
func (d *Desk) addKey(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[keyForm](c)
	if err != nil {
		return err
	}
	err = settings.ChangeTerminal(c.Request().Context(), v.Shop, v.Actor(), func(b terminal.Book, now time.Time) (terminal.Book, error) {
		return b.Add(v.Actor(), f.Point, f.Wrapped, now)
	})
	if desk.Repairable(err) {
		return d.showTerminal(c, web.Status(err), ui.Asked(url.Values{}), ui.Refused(v.View, url.Values{}, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "settings/payment/terminal", "setup.terminal.key_done", nil)
}

// signed says who accepted the duty.
func (m terminalModel) signed(s sheet.Sheet) string {
	a := m.Book.Accepted
	return s.T("accepted", ui.Args{"name": a.Name, "day": s.View().DayTime(a.At), "version": a.Version, "account": a.By.Name})
}

// keys lists the keys, the current one first.
func (m terminalModel) keys(s sheet.Sheet) ui.Table {
	t := ui.Table{
		Caption: s.T("keys"), Bare: true,
		Columns: []ui.Column{{Title: s.T("key"), Main: true}, {Title: s.T("private")}, {Title: s.Visit.T("setup.state"), Fit: true}},
		Empty:   ui.Empty{Icon: ui.IconKey, Title: s.T("no_key")},
	}
	for i := len(m.Book.Keys) - 1; i >= 0; i-- {
		k := m.Book.Keys[i]
		badge := ui.Badge{Label: s.T("replaced"), Tone: ui.Neutral}
		if i == len(m.Book.Keys)-1 {
			badge = ui.Badge{Label: s.T("current"), Tone: ui.Good, Dot: true}
		}
		where := s.T("private_file")
		if k.Wrapped != "" {
			where = s.T("private_kept")
		}
		t.Rows = append(t.Rows, ui.Row{ID: k.ID, Name: k.ID, Muted: i < len(m.Book.Keys)-1, Cells: []templ.Component{
			ui.TwoLineCell(k.ID, s.View().DayTime(k.Made)+" · "+k.By.Name), ui.TextCell(where), ui.BadgeCell(s.View(), badge),
		}})
	}
	return t
}

// unready says what a mode of this kind still lacks to be offered; "" for nothing.
func unready(v *desk.Visit, s *settings.Settings, kind string) string {
	switch {
	case kind != terminal.Kind:
		return ""
	case !v.Shop.Terminal():
		return v.View.Explain(terminal.ErrAllowed)
	case !s.Terminal.Book().Agreed():
		return v.View.Explain(terminal.ErrDuty)
	case !s.Terminal.Book().Ready():
		return v.T("setup.terminal.no_key")
	}
	return ""
}
