package storefront

import (
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
)

type currencyForm struct {
	Currency string `form:"currency"`
	Back     string `form:"back"`
}

// currencySet changes the currency prices are shown in and goes back to the page (ORD-02). What is not
// offered changes nothing.
func (h *Handler) currencySet(c echo.Context) error {
	form, err := web.Form[currencyForm](c)
	if err != nil {
		return err
	}
	v, err := h.here(c)
	if err != nil {
		return err
	}
	if v.rules().Display(form.Currency, v.now).Currency.Code() == form.Currency {
		preference.Set(c, form.Currency)
	}
	return seeOther(c, v.safe(form.Back))
}

// safe is an address of this shop to go to, the home page for any other.
func (v *visit) safe(back string) string {
	if path, ok := web.LocalPath(back); ok && strings.HasPrefix(path, v.base+"/") {
		return path
	}
	return v.links.home()
}
