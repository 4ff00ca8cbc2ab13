package storefront

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
)

// How often one client may try to sign in, register or ask for a password; the rooms below count by
// mail address as well.
var (
	signInRate   = web.Rate{Limit: 30, Per: 10 * time.Minute}
	registerRate = web.Rate{Limit: 10, Per: 10 * time.Minute}
	forgotRate   = web.Rate{Limit: 10, Per: 10 * time.Minute}
)

type signInForm struct {
	Email    string `form:"email"`
	Password string `form:"password,raw"`
	Next     string `form:"next"`
}

// signInShow is the form to sign in. A customer who has signed in already goes on.
func (h *Handler) signInShow(c echo.Context, v *visit, b buyer) error {
	if !b.guest() {
		return seeOther(c, v.next(c.QueryParam("next")))
	}
	return h.signInPage(c, v, b, signInForm{Next: c.QueryParam("next")}, "")
}

// signInSubmit signs in: the cart comes along (CART-01).
func (h *Handler) signInSubmit(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[signInForm](c)
	if err != nil {
		return err
	}
	who, err := h.conf.Accounts.SignIn(c.Request().Context(), v.shop, f.Email, f.Password)
	if err != nil {
		text, ok := v.signInRefusal(err)
		if !ok {
			return err
		}
		return h.signInPage(c, v, b, f, text)
	}
	if _, err := h.signIn(c, v, b, who); err != nil {
		return err
	}
	return seeOther(c, v.next(f.Next))
}

func (h *Handler) signInPage(c echo.Context, v *visit, b buyer, f signInForm, refused string) error {
	at := func(l links) string { return l.to("/account/sign-in") }
	status := http.StatusOK
	if refused != "" {
		status = http.StatusUnprocessableEntity
	}
	return h.answer(c, v, status, "account_sign_in", &view.SignInPage{
		Site:  h.own(c, v, b, sheet{template: "account_sign_in", title: v.say("storefront.sign_in", nil), at: at}),
		Form:  view.Form{Action: post(at(v.links), "next", f.Next), Error: refused},
		Email: view.Input{Name: "email", Value: f.Email}, Password: view.Input{Name: "password"},
		Register: v.links.to("/account/register"), Forgot: v.links.to("/account/forgot"),
	})
}

// next is where to go after signing in: an address of this shop, or the account.
func (v *visit) next(to string) string {
	if safe := v.safe(to); to != "" && safe == to {
		return safe
	}
	return v.links.account()
}

// signOut ends the session; the cart stays with the customer.
func (h *Handler) signOut(c echo.Context, v *visit, _ buyer) error {
	if err := web.SessionOf(c).End(); err != nil {
		return err
	}
	cartCookie.Clear(c)
	tell(c, "cart_count", "", 0)
	tell(c, "customer_name", "", 0)
	return seeOther(c, v.links.home())
}
