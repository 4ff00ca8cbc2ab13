package backoffice

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/screen"
)

func (o *Office) signInForm(c echo.Context) error { return o.showSignIn(c, http.StatusOK, nil) }

type signInFields struct {
	Email    string `form:"email"`
	Password string `form:"password,raw"`
	Next     string `form:"next"`
}

// signIn lets a person in by password.
func (o *Office) signIn(c echo.Context) error {
	form, err := web.Form[signInFields](c)
	if err != nil {
		return err
	}
	who, err := o.Accounts.SignIn(c.Request().Context(), form.Email, form.Password, web.ByClient(c))
	var later *web.Later
	if errors.Is(err, account.ErrSignIn) || errors.As(err, &later) {
		return o.showSignIn(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return o.begin(c, who, form.Next)
}

// begin starts a session and leads to where the person wanted to go.
func (o *Office) begin(c echo.Context, who account.Account, next string) error {
	err := web.SessionOf(c).Start(who.ID.String(), map[string]string{
		account.AgentValue:  shorten(c.Request().UserAgent()),
		account.ClientValue: web.ByClient(c),
	})
	if err != nil {
		return err
	}
	to, ok := web.LocalPath(next)
	if !ok {
		to = "/"
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// maxAgent is enough of a browser's name to recognise it in the list of sessions.
const maxAgent = 200

func shorten(agent string) string { return strings.ToValidUTF8(agent[:min(len(agent), maxAgent)], "") }

// showSignIn shows the form with what was typed, but never a password.
func (o *Office) showSignIn(c echo.Context, status int, refusal error) error {
	v := o.Screens.View(c)
	answers := ui.Asked(url.Values{"next": {c.QueryParam("next")}})
	if refusal != nil {
		typed := c.Request().PostForm
		answers = ui.Refused(v, url.Values{"email": typed["email"], "next": typed["next"]}, refusal)
	}
	return screen.Show(c, status, signInPage(v, o.card(v, v.T("entrance.sign_in.title"), ""), answers, o.Sites.Platform()))
}

type letterFields struct {
	Email string `form:"email"`
}

// sendLink sends a sign-in link; the answer is the same for every address.
func (o *Office) sendLink(c echo.Context) error {
	form, err := web.Form[letterFields](c)
	if err != nil {
		return err
	}
	if err := o.Accounts.SendLink(c.Request().Context(), form.Email, account.Enter); err != nil {
		return o.showSignIn(c, http.StatusUnprocessableEntity, err)
	}
	web.AddFlash(c, web.Good, "entrance.sign_in.sent", nil)
	return c.Redirect(http.StatusSeeOther, signInPath)
}

// followLink lets a person in by a link from a mail or from the sign-up. A browser that only
// looks ahead must not use it up.
func (o *Office) followLink(c echo.Context) error {
	r := c.Request()
	if r.Method != http.MethodGet || r.Header.Get("Sec-Purpose") != "" {
		return c.NoContent(http.StatusNoContent)
	}
	who, purpose, err := o.Accounts.Redeem(r.Context(), c.Param("token"))
	if errors.Is(err, account.ErrLink) {
		web.AddFlash(c, web.Bad, account.ErrLink.Key(), nil)
		return c.Redirect(http.StatusSeeOther, signInPath)
	}
	if err != nil {
		return err
	}
	if purpose == account.Reset {
		return o.begin(c, who, "/account")
	}
	return o.begin(c, who, "/")
}

func (o *Office) signOut(c echo.Context) error {
	if err := web.SessionOf(c).End(); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, signInPath)
}
