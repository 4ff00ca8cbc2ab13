package desk

import (
	"errors"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/screen"
	"echoppe.dev/platform/kit/fault"
)

// Show answers with a page.
func Show(c echo.Context, status int, page templ.Component) error {
	return screen.Show(c, status, page)
}

// Back answers a done action: a message, and the way to a path of this office.
func Back(c echo.Context, path, key string, args map[string]string) error {
	web.AddFlash(c, web.Good, key, args)
	return c.Redirect(http.StatusSeeOther, Here(c).Href(path))
}

// Refuse answers an action without a form of its own that came to err: what the person can mend is told on a
// page of this office, in the words of key with {why}. Any other error is returned.
func Refuse(c echo.Context, path, key string, err error) error {
	if !Repairable(err) {
		return err
	}
	v := Here(c)
	web.AddFlash(c, web.Bad, key, map[string]string{"why": v.View.Explain(err)})
	return c.Redirect(http.StatusSeeOther, v.Href(path))
}

// Repairable tells whether err is something the person can mend in the form, which is then shown
// again with what was typed (status from web.Status: 422, or 409 when somebody was faster).
func Repairable(err error) bool {
	if err == nil {
		return false
	}
	var later *web.Later
	if errors.As(err, &later) {
		return true
	}
	switch fault.KindOf(err) {
	case fault.Malformed, fault.Conflict, fault.Quota:
		return true
	case fault.NotFound, fault.Denied, fault.SignIn, fault.Closed, fault.Upstream, fault.Internal:
		return false
	}
	return false
}
