package operator

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

type terminalFields struct {
	Allowed bool `form:"terminal"`
	Rev     int  `form:"rev,revision"`
}

// setTerminal allows a shop to take cards for the merchant's own payment terminal, or forbids it (PAY-03).
func (s *Surface) setTerminal(c echo.Context) error {
	form, err := web.Form[terminalFields](c)
	if err != nil {
		return s.done(c, err, "")
	}
	to, err := change(c, form.Rev)
	if err == nil {
		_, err = s.Registry.SetTerminal(c.Request().Context(), to, form.Allowed)
	}
	if form.Allowed {
		return s.done(c, err, "operator.terminal.allowed")
	}
	return s.done(c, err, "operator.terminal.forbidden")
}
