package operator

import (
	"errors"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
)

var (
	errSignIn = fault.New(fault.SignIn, "error.sign_in")
	errDenied = fault.New(fault.Denied, "error.denied")
)

// actor finds out who is asking and leaves the account on the request. Nobody is no error: some
// pages are for anyone.
func (s *Surface) actor(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if strings.HasPrefix(c.Request().URL.Path, ui.AssetPrefix) {
			return next(c)
		}
		subject, err := web.SessionOf(c).Subject()
		if err != nil {
			return err
		}
		who, err := id.Parse[account.Account](subject)
		if err != nil {
			return next(c)
		}
		found, err := s.Accounts.Find(c.Request().Context(), who)
		if err != nil && !errors.Is(err, account.ErrUnknown) {
			return err
		}
		if err == nil && found.Operator != "" && !found.Blocked {
			web.Put(c, found)
		}
		return next(c)
	}
}

// guard answers for the permissions of the routes.
func (s *Surface) guard(c echo.Context, permission string) error {
	who, ok := web.Find[account.Account](c)
	if !ok {
		return errSignIn
	}
	if !s.may(who, permission) {
		return errDenied
	}
	return nil
}

func (s *Surface) may(who account.Account, permission string) bool {
	return s.Policy.Can([]authz.Grant{{Role: who.Operator, Domain: authz.Console}}, authz.Console, permission)
}

// me is the operator of a guarded request.
func me(c echo.Context) account.Account { return web.Get[account.Account](c) }
