package backoffice

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/kit/i18n"
)

// accountForm shows the person's own page: name, language, password.
func (o *Office) accountForm(c echo.Context) error {
	who, ok := web.Find[account.Account](c)
	if !ok {
		return errSignIn
	}
	about := ui.Asked(url.Values{"name": {who.Name}, "locale": {string(who.Locale)}})
	return o.showAccount(c, http.StatusOK, who, about, ui.Answers{})
}

type accountFields struct {
	Name   string `form:"name"`
	Locale string `form:"locale"`
}

func (o *Office) saveAccount(c echo.Context) error {
	who, ok := web.Find[account.Account](c)
	if !ok {
		return errSignIn
	}
	form, err := web.Form[accountFields](c)
	if err != nil {
		return err
	}
	err = o.Accounts.Describe(c.Request().Context(), who.ID, form.Name, i18n.Locale(form.Locale))
	if desk.Repairable(err) {
		v := o.Screens.View(c)
		return o.showAccount(c, web.Status(err), who, ui.Refused(v, c.Request().PostForm, err), ui.Answers{})
	}
	if err != nil {
		return err
	}
	web.AddFlash(c, web.Good, "entrance.account.saved", nil)
	return c.Redirect(http.StatusSeeOther, "/account")
}

type passwordFields struct {
	Password string `form:"password,raw"`
}

// savePassword sets a password; all other sessions of the person end.
func (o *Office) savePassword(c echo.Context) error {
	who, ok := web.Find[account.Account](c)
	if !ok {
		return errSignIn
	}
	form, err := web.Form[passwordFields](c)
	if err != nil {
		return err
	}
	digest, err := web.SessionOf(c).Digest()
	if err != nil {
		return err
	}
	err = o.Accounts.SetPassword(c.Request().Context(), who, form.Password, digest)
	if desk.Repairable(err) {
		about := ui.Asked(url.Values{"name": {who.Name}, "locale": {string(who.Locale)}})
		return o.showAccount(c, web.Status(err), who, about, ui.Refused(o.Screens.View(c), url.Values{}, err))
	}
	if err != nil {
		return err
	}
	web.AddFlash(c, web.Good, "entrance.account.password_saved", nil)
	return c.Redirect(http.StatusSeeOther, "/account")
}

func (o *Office) showAccount(c echo.Context, status int, who account.Account, about, password ui.Answers) error {
	v := o.Screens.View(c)
	return screen.Show(c, status, accountPage(v, o.card(v, v.T("entrance.account.title"), who.Email), about, password))
}
