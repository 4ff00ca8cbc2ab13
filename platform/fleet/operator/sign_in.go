package operator

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

func (s *Surface) signInForm(c echo.Context) error {
	return s.showSignIn(c, http.StatusOK, nil)
}

type signInFields struct {
	Email    string `form:"email"`
	Password string `form:"password,raw"`
	Next     string `form:"next"`
}

// signIn lets an operator in by password.
func (s *Surface) signIn(c echo.Context) error {
	form, err := web.Form[signInFields](c)
	if err != nil {
		return err
	}
	who, err := s.Accounts.SignIn(c.Request().Context(), form.Email, form.Password, web.ByClient(c))
	if err == nil && who.Operator == "" {
		err = account.ErrSignIn // a merchant learns nothing about the console
	}
	var later *web.Later
	if errors.Is(err, account.ErrSignIn) || errors.As(err, &later) {
		return s.showSignIn(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.enter(c, who, form.Next)
}

// enter begins a session and leads to where the person wanted to go.
func (s *Surface) enter(c echo.Context, who account.Account, next string) error {
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

// maxAgent is enough of a browser's name to recognise it.
const maxAgent = 200

func shorten(agent string) string {
	return strings.ToValidUTF8(agent[:min(len(agent), maxAgent)], "")
}

// showSignIn shows the form, with what was typed but the password.
func (s *Surface) showSignIn(c echo.Context, status int, refusal error) error {
	v := s.Screens.View(c)
	answers := ui.Asked(url.Values{"next": {c.QueryParam("next")}})
	if refusal != nil {
		typed := url.Values{"email": c.Request().PostForm["email"], "next": c.Request().PostForm["next"]}
		answers = ui.Refused(v, typed, refusal)
	}
	return screen.Show(c, status, signInPage(v, s.card(v, v.T("operator.sign_in.title")), answers))
}

type letterFields struct {
	Email string `form:"email"`
}

// sendLink sends a sign-in link; the answer is the same for every address.
func (s *Surface) sendLink(c echo.Context) error {
	form, err := web.Form[letterFields](c)
	if err != nil {
		return err
	}
	if err := s.Accounts.SendLink(c.Request().Context(), form.Email, account.Enter); err != nil {
		return err
	}
	web.AddFlash(c, web.Good, "operator.sign_in.sent", nil)
	return c.Redirect(http.StatusSeeOther, signInPath)
}

// followLink lets an operator in by a link. A browser that only looks ahead must not use it up.
func (s *Surface) followLink(c echo.Context) error {
	r := c.Request()
	if r.Method != http.MethodGet || r.Header.Get("Sec-Purpose") != "" {
		return c.NoContent(http.StatusNoContent)
	}
	who, _, err := s.Accounts.Redeem(r.Context(), c.Param("token"))
	if err == nil && who.Operator == "" {
		err = account.ErrLink
	}
	if errors.Is(err, account.ErrLink) {
		web.AddFlash(c, web.Bad, account.ErrLink.Key(), nil)
		return c.Redirect(http.StatusSeeOther, signInPath)
	}
	if err != nil {
		return err
	}
	return s.enter(c, who, "/")
}

func (s *Surface) signOut(c echo.Context) error {
	if err := web.SessionOf(c).End(); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, signInPath)
}
