package signup

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/screen"
)

type openForm struct {
	Email string `form:"email"`
}

// open takes the form and leads into the new shop's back office.
func (s *Surface) open(c echo.Context) error {
	form, err := web.Form[openForm](c)
	if err != nil {
		return err
	}
	out, err := s.Desk.SignUp(c.Request().Context(), Visitor{
		Email: form.Email, Locale: screen.Locale(c), Client: web.ByClient(c),
	})
	if err != nil {
		return s.refused(c, err)
	}
	if out.Shop == nil {
		return c.Redirect(http.StatusSeeOther, "/sign-up/sent")
	}
	return c.Redirect(http.StatusSeeOther, s.Sites.Office()+account.LinkPath+out.Token)
}

// refused shows the form again with what was typed, for everything the person can do something
// about.
func (s *Surface) refused(c echo.Context, err error) error {
	status := web.Status(err)
	if status == http.StatusInternalServerError {
		return err
	}
	var later *web.Later
	if errors.As(err, &later) {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(later.After/time.Second)))
	}
	typed := c.Request().PostForm
	return s.showHome(c, status, !errors.Is(err, ErrClosed), func(v ui.View) ui.Answers { return ui.Refused(v, typed, err) })
}
