package quotes

import (
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/desk/sheet"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/notify"
	"echoppe.dev/tenant/profile"
)

// newModel is the form of a quote that is begun in the office.
type newModel struct {
	room
	Sheet sheet.Sheet
}

func (d *Desk) newForm(c echo.Context, status int, a ui.Answers) error {
	v := desk.Here(c)
	var m newModel
	err := v.Shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) { m.room, err = here(tx, v); return err })
	if err != nil {
		return err
	}
	m.Sheet = m.sheet(a)
	return desk.Show(c, status, newPage(m))
}

// begin begins a quote for somebody.
func (d *Desk) begin(c echo.Context) error {
	v := desk.Here(c)
	f, err := web.Form[newForm](c)
	if err != nil {
		return err
	}
	q, err := d.desk.BeginQuote(c.Request().Context(), v.Shop, v.Actor(),
		checkout.QuoteFor{Name: f.Name, Email: f.Email, Profile: profile.Code(f.Profile), Locale: i18n.Locale(f.Locale)})
	if desk.Repairable(err) {
		return d.newForm(c, web.Status(err), ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "quotes/"+q.ID.String(), "quotes.begun", nil)
}

func (m newModel) profiles() ui.Field {
	options := []ui.Option{{Label: m.t("everybody")}}
	for _, p := range m.Settings.Rules().Profiles.Profiles {
		if p.Kind != profile.KindAnonymous && p.Active {
			options = append(options, ui.Option{Value: string(p.Code), Label: p.Names.In(m.view().Locale, m.Settings.Languages.Default)})
		}
	}
	return m.Sheet.Of("profile", options)
}

func (m newModel) locales() ui.Field {
	var options []ui.Option
	for _, l := range m.Settings.Languages.Offered {
		options = append(options, ui.Option{Value: string(l), Label: l.Name()})
	}
	f := m.Sheet.Of("locale", options)
	if f.Value == "" {
		f.Value = string(m.Settings.Languages.Default)
	}
	return f
}

func (m newModel) email() ui.Field {
	f := m.Sheet.Must("email")
	f.Type = "email"
	return f
}

// pdf is the paper of what was sent.
func (d *Desk) pdf(c echo.Context) error {
	q, err := which(c)
	if err != nil {
		return err
	}
	paper, err := d.desk.OfficePDF(c.Request().Context(), desk.Here(c).Shop, q)
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": paper.Name}))
	return c.Blob(http.StatusOK, paper.ContentType, paper.Content)
}

type declineForm struct {
	Reason string `form:"reason"`
}

// askDecline asks before a quote is refused.
func (d *Desk) askDecline(c echo.Context) error {
	return d.declinePage(c, http.StatusOK, ui.Asked(url.Values{}))
}

func (d *Desk) declinePage(c echo.Context, status int, a ui.Answers) error {
	m, err := d.open(c)
	if err != nil {
		return err
	}
	m.Sheet = m.sheet(a)
	return desk.Show(c, status, declinePage(m))
}

// decline refuses a quote and tells the customer why.
func (d *Desk) decline(c echo.Context) error {
	v := desk.Here(c)
	q, err := which(c)
	if err != nil {
		return err
	}
	f, err := web.Form[declineForm](c)
	if err == nil {
		_, err = d.desk.DeclineQuote(c.Request().Context(), v.Shop, v.Actor(), q, strings.TrimSpace(f.Reason))
	}
	if desk.Repairable(err) {
		return d.declinePage(c, web.Status(err), ui.Refused(v.View, c.Request().PostForm, err))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "quotes/"+q.String(), "quotes.was_declined", nil)
}

// copy begins a new quote with what this one offers.
func (d *Desk) copy(c echo.Context) error {
	v := desk.Here(c)
	q, err := which(c)
	if err != nil {
		return err
	}
	made, err := d.desk.CopyQuote(c.Request().Context(), v.Shop, v.Actor(), q)
	if desk.Repairable(err) {
		web.AddFlash(c, web.Bad, "quotes.not_done", map[string]string{"why": v.View.Explain(err)})
		return c.Redirect(http.StatusSeeOther, v.Href("quotes/"+q.String()))
	}
	if err != nil {
		return err
	}
	return desk.Back(c, "quotes/"+made.ID.String(), "quotes.copied", nil)
}

// renew begins a new quote with the same articles at today's prices.
func (d *Desk) renew(c echo.Context) error {
	v := desk.Here(c)
	q, err := which(c)
	if err != nil {
		return err
	}
	made, left, err := d.desk.RenewQuote(c.Request().Context(), v.Shop, v.Actor(), q)
	if err != nil {
		return err
	}
	to := "quotes/" + made.ID.String()
	if len(left) > 0 {
		return desk.Back(c, to, "quotes.renewed_without", map[string]string{"names": strings.Join(left, ", ")})
	}
	return desk.Back(c, to, "quotes.renewed", nil)
}

// resend writes a letter once more.
func (d *Desk) resend(c echo.Context) error {
	v := desk.Here(c)
	letter, err := id.Parse[notify.Mail](c.Param("mail"))
	if err != nil {
		return err
	}
	if err := d.post.Resend(c.Request().Context(), v.Shop, v.Actor(), letter); err != nil {
		return err
	}
	return desk.Back(c, "quotes/"+c.Param("quote"), "quotes.resent", nil)
}
