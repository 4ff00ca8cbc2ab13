package storefront

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
)

type quantitiesForm struct {
	Quantities map[string]string `form:"qty"`
}

// cartUpdate sets all quantities at once; zero takes a line out (CART-02).
func (h *Handler) cartUpdate(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[quantitiesForm](c)
	if err != nil {
		return err
	}
	bad := refusedCart{typed: f.Quantities, wrong: map[string]string{}}
	wanted := map[cart.LineID]int{}
	for line, text := range f.Quantities {
		which, err := id.Parse[cart.Line](line)
		if err != nil {
			continue // no line of ours
		}
		n, err := strconv.Atoi(text)
		switch {
		case err != nil:
			bad.wrong[line] = v.say("form.whole_number", nil)
		case n < 0 || n > cart.MaxQty:
			bad.wrong[line] = v.words.Explain(v.locale(), cart.ErrQty.With(fault.Args{"min": 0, "max": cart.MaxQty}))
		}
		wanted[which] = n
	}
	if len(bad.wrong) > 0 {
		bad.whole = v.say(fault.InvalidKey, nil)
		return h.cartPage(c, v, b, http.StatusUnprocessableEntity, bad)
	}
	kept, err := h.conf.Carts.SetQty(c.Request().Context(), v.shop, v.reader(b), wanted)
	return h.cartChanged(c, v, kept, err)
}

// cartChanged follows a change of the cart. A line that was already gone in another window is no
// mistake of the reader: he sees the cart as it is.
func (h *Handler) cartChanged(c echo.Context, v *visit, kept cart.Kept, err error) error {
	switch {
	case errors.Is(err, cart.ErrLine), errors.Is(err, cart.ErrNoUndo):
		web.AddFlash(c, web.Note, "storefront.cart_changed_elsewhere", nil)
	case err != nil:
		return err
	default:
		keep(c, kept)
	}
	return seeOther(c, v.links.cart())
}

type lineForm struct {
	Line string `form:"line"`
}

// onLine runs a change of the one line that a button names.
func (h *Handler) onLine(change func(context.Context, *tenant.Shop, cart.Reader, cart.LineID) (cart.Kept, error)) func(echo.Context, *visit, buyer) error {
	return func(c echo.Context, v *visit, b buyer) error {
		f, err := web.Form[lineForm](c)
		if err != nil {
			return err
		}
		which, err := id.Parse[cart.Line](f.Line)
		if err != nil {
			return err
		}
		kept, err := change(c.Request().Context(), v.shop, v.reader(b), which)
		return h.cartChanged(c, v, kept, err)
	}
}

// onCart runs a change of the whole cart.
func (h *Handler) onCart(change func(context.Context, *tenant.Shop, cart.Reader) (cart.Kept, error)) func(echo.Context, *visit, buyer) error {
	return func(c echo.Context, v *visit, b buyer) error {
		kept, err := change(c.Request().Context(), v.shop, v.reader(b))
		return h.cartChanged(c, v, kept, err)
	}
}
