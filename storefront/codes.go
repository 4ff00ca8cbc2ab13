package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/cart"
)

// codeForm is a coupon code: one to add, or one to take out.
type codeForm struct {
	Code   string `form:"code"`
	Remove string `form:"remove_code"`
}

// The names of the fields.
const (
	codeField       = cart.CodeField
	removeCodeField = "remove_code"
)

// codesView is the field for a code with what became of those in the cart. What is wrong with the code
// typed last stands beside the field, what keeps another from being given beside that code.
func (v *visit) codesView(found *cart.View, to, typed, wrong string) *view.Codes {
	out := &view.Codes{Add: post(to), Input: view.Input{Name: codeField, Value: typed, Error: wrong}, RemoveName: removeCodeField}
	for _, code := range found.Codes {
		one := &view.Code{Text: code, Given: true, Remove: post(v.links.to("/cart/code"), removeCodeField, code)}
		if why := found.Refusal(code); why != nil {
			one.Given, one.Reason = false, v.say(why.Key, why.Args)
		} else if waits := found.Waiting(code); waits != nil {
			one.Given, one.Reason = false, v.say(waits.Key, waits.Args)
		}
		out.List = append(out.List, one)
	}
	return out
}

// cartCode adds a code to the cart or takes one out (DSC-03).
func (h *Handler) cartCode(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[codeForm](c)
	if err != nil {
		return err
	}
	kept, err := h.changeCode(c, v, b, f)
	if err == nil {
		return h.cartChanged(c, v, kept, nil)
	}
	fields, whole, other := v.refused(err)
	if other != nil {
		return other
	}
	if fields[codeField] != "" {
		whole = fields[codeField]
	}
	return h.cartPage(c, v, b, http.StatusUnprocessableEntity, refusedCart{code: f.Code, codeWrong: whole})
}

func (h *Handler) changeCode(c echo.Context, v *visit, b buyer, f codeForm) (cart.Kept, error) {
	if f.Remove != "" {
		return h.conf.Carts.RemoveCode(c.Request().Context(), v.shop, v.reader(b), f.Remove)
	}
	return h.conf.Carts.AddCode(c.Request().Context(), v.shop, v.reader(b), f.Code)
}

// checkoutCode does the same without leaving the checkout: nothing that was typed is lost.
func (h *Handler) checkoutCode(c echo.Context, v *visit, b buyer) error {
	f, err := readCheckout(c)
	if err != nil {
		return h.refuseCheckout(c, v, b, f, err)
	}
	if err := h.applyCode(c, v, b, &f); err != nil {
		return h.refuseCheckout(c, v, b, f, err)
	}
	d, err := h.draft(c.Request().Context(), v, b, f)
	if err != nil {
		return err
	}
	return h.checkoutPage(c, v, b, f, d, refusedCheckout{})
}

// applyCode adds the code typed in the checkout, or takes one out.
func (h *Handler) applyCode(c echo.Context, v *visit, b buyer, f *checkoutForm) error {
	if _, err := h.changeCode(c, v, b, codeForm{Code: f.Code, Remove: f.Remove}); err != nil {
		return err
	}
	f.Code = ""
	return nil
}
