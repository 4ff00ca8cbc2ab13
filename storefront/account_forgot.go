package storefront

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/customer"
)

type forgotForm struct {
	Email string `form:"email"`
}

// forgotShow asks for the mail address of who forgot the password; ?sent=1 says that a letter is on
// its way, whether or not the address is known.
func (h *Handler) forgotShow(c echo.Context, v *visit, b buyer) error {
	return h.forgotPage(c, v, b, forgotForm{}, nil, "")
}

// forgotSubmit has the letter written.
func (h *Handler) forgotSubmit(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[forgotForm](c)
	if err != nil {
		return err
	}
	err = h.conf.Accounts.AskReset(c.Request().Context(), v.shop, f.Email, v.locale())
	if errors.Is(err, customer.ErrTooOften) {
		return h.forgotPage(c, v, b, f, nil, v.words.Explain(v.locale(), err))
	}
	if err != nil {
		wrong, whole, err := v.refused(err)
		if err != nil {
			return err
		}
		return h.forgotPage(c, v, b, f, wrong, whole)
	}
	return seeOther(c, v.links.to("/account/forgot")+"?sent=1")
}

func (h *Handler) forgotPage(c echo.Context, v *visit, b buyer, f forgotForm, wrong map[string]string, whole string) error {
	at := func(l links) string { return l.to("/account/forgot") }
	status := http.StatusOK
	if whole != "" {
		status = http.StatusUnprocessableEntity
	}
	return h.answer(c, v, status, "account_forgot", &view.ForgotPage{
		Site:  h.own(c, v, b, sheet{template: "account_forgot", title: v.say("storefront.forgot", nil), at: at}),
		Form:  view.Form{Action: post(at(v.links)), Error: whole},
		Email: view.Input{Name: "email", Value: f.Email, Error: wrong["email"]},
		Sent:  c.QueryParam("sent") == "1", SignIn: v.links.to("/account/sign-in"),
	})
}

type resetForm struct {
	Password string `form:"password,raw"`
}

// resetShow lets the holder of a link choose a new password.
func (h *Handler) resetShow(c echo.Context, v *visit, b buyer) error {
	who, err := h.conf.Accounts.FindReset(c.Request().Context(), v.shop, c.Param("token"))
	if errors.Is(err, customer.ErrLink) {
		return h.resetPage(c, v, b, nil, nil, err)
	}
	if err != nil {
		return err
	}
	if v.arrival.locale == "" && v.locale() != v.in(who.Locale).locale && fromOutside(c.Request()) {
		return seeOther(c, v.in(who.Locale).under("/account/reset/", c.Param("token"))) // the letter's link names no language
	}
	return h.resetPage(c, v, b, who, nil, nil)
}

// resetSubmit sets the password, the first of whoever was invited, and signs the customer in.
func (h *Handler) resetSubmit(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[resetForm](c)
	if err != nil {
		return err
	}
	ctx, token := c.Request().Context(), c.Param("token")
	before, err := h.conf.Accounts.FindReset(ctx, v.shop, token)
	var who *customer.Customer
	if err == nil {
		who, err = h.conf.Accounts.Reset(ctx, v.shop, token, f.Password)
	}
	switch {
	case errors.Is(err, customer.ErrLink):
		return h.resetPage(c, v, b, nil, nil, err)
	case fault.Is(err, fault.Malformed):
		wrong, _, _ := v.refused(err)
		return h.resetPage(c, v, b, before, wrong, err)
	case err != nil:
		return err
	}
	if _, err := h.signIn(c, v, b, who); err != nil {
		return err
	}
	said := "storefront.password_changed"
	if !before.HasPassword {
		said = "storefront.password_chosen"
	}
	web.AddFlash(c, web.Good, said, nil)
	return seeOther(c, v.links.account())
}

// resetPage asks for the password of who, nil when the link works no more.
func (h *Handler) resetPage(c echo.Context, v *visit, b buyer, who *customer.Customer, wrong map[string]string, cause error) error {
	at := func(l links) string { return l.under("/account/reset/", c.Param("token")) }
	title := "storefront.reset"
	if who == nil {
		who = &customer.Customer{HasPassword: true}
	}
	if !who.HasPassword {
		title = "storefront.reset_first"
	}
	page := &view.ResetPage{
		Site:  h.own(c, v, b, sheet{template: "account_reset", title: v.say(title, nil), at: at}),
		Form:  view.Form{Action: post(at(v.links))},
		Email: who.Email, First: !who.HasPassword, Password: newPassword("password", wrong),
		Expired: errors.Is(cause, customer.ErrLink), Forgot: v.links.to("/account/forgot"),
	}
	status := http.StatusOK
	if cause != nil {
		status = http.StatusUnprocessableEntity
	}
	// The address is a secret: no page it links to may learn it.
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	return h.answer(c, v, status, "account_reset", page)
}
