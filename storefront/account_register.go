package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/customer"
)

type registerForm struct {
	Name     string `form:"name"`
	Email    string `form:"email"`
	Password string `form:"password,raw"`
	Terms    bool   `form:"terms"`
}

// registerShow is the form for a new account.
func (h *Handler) registerShow(c echo.Context, v *visit, b buyer) error {
	if !b.guest() {
		return seeOther(c, v.links.account())
	}
	return h.registerPage(c, v, b, registerForm{}, nil, "")
}

// registerSubmit makes the account and signs its customer in.
func (h *Handler) registerSubmit(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[registerForm](c)
	if err != nil {
		return err
	}
	who, err := h.conf.Accounts.Register(c.Request().Context(), v.shop,
		customer.Registration{Email: f.Email, Name: f.Name, Password: f.Password, Locale: v.locale()})
	if err != nil {
		wrong, whole, err := v.refused(err)
		if err != nil {
			return err
		}
		return h.registerPage(c, v, b, f, wrong, whole)
	}
	if _, err := h.signIn(c, v, b, who); err != nil {
		return err
	}
	web.AddFlash(c, web.Good, "storefront.registered", nil)
	return seeOther(c, v.links.account())
}

func (h *Handler) registerPage(c echo.Context, v *visit, b buyer, f registerForm, wrong map[string]string, whole string) error {
	at := func(l links) string { return l.to("/account/register") }
	input := func(name, value string) view.Input { return view.Input{Name: name, Value: value, Error: wrong[name]} }
	status := http.StatusOK
	if whole != "" {
		status = http.StatusUnprocessableEntity
	}
	return h.answer(c, v, status, "account_register", &view.RegisterPage{
		Site: h.own(c, v, b, sheet{template: "account_register", title: v.say("storefront.register", nil), at: at}),
		Form: view.Form{Action: post(at(v.links)), Error: whole},
		Name: input("name", f.Name), Email: input("email", f.Email), Password: newPassword("password", wrong),
		SignIn: v.links.to("/account/sign-in"),
	})
}

// newPassword is the field for a password that is chosen now, with the rule for it.
func newPassword(name string, wrong map[string]string) view.Input {
	return view.Input{Name: name, Error: wrong[name], Min: customer.MinPassword}
}
