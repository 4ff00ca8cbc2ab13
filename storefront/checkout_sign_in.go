package storefront

import (
	"errors"

	"github.com/labstack/echo/v4"

	"echoppe.dev/tenant/customer"
)

// checkoutSignIn signs in without leaving the checkout: what was typed stays, and what was not is
// taken from the customer's book.
func (h *Handler) checkoutSignIn(c echo.Context, v *visit, b buyer) error {
	f, err := readCheckout(c)
	if err != nil {
		return h.refuseCheckout(c, v, b, f, err)
	}
	f.Who = asCustomer
	who, err := h.conf.Accounts.SignIn(c.Request().Context(), v.shop, f.Email, f.Password)
	if err != nil {
		return h.refuseSignIn(c, v, b, f, err)
	}
	if b, err = h.signIn(c, v, b, who); err != nil {
		return err
	}
	d, err := h.draft(c.Request().Context(), v, b, f)
	if err != nil {
		return err
	}
	d.Delivery, d.Billing, d.Same = forget(d.Delivery), forget(d.Billing), d.Same && !blank(d.Delivery)
	return h.checkoutPage(c, v, b, f, d, refusedCheckout{})
}

// refuseSignIn shows beside the password why a sign-in failed.
func (h *Handler) refuseSignIn(c echo.Context, v *visit, b buyer, f checkoutForm, cause error) error {
	text, ok := v.signInRefusal(cause)
	if !ok {
		return cause
	}
	d, err := h.draft(c.Request().Context(), v, b, f)
	if err != nil {
		return err
	}
	return h.checkoutPage(c, v, b, f, d, refusedCheckout{fields: map[string]string{"password": text}})
}

// signInRefusal is the sentence for a sign-in that failed; ok is false for an error of ours.
func (v *visit) signInRefusal(err error) (string, bool) {
	for _, known := range []error{customer.ErrSignIn, customer.ErrBlocked, customer.ErrTooOften} {
		if errors.Is(err, known) {
			return v.words.Explain(v.locale(), err), true
		}
	}
	return "", false
}
