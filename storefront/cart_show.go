package storefront

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/cart"
)

// undoFor is how long a removal can be taken back with one click (CART-02).
const undoFor = 10 * time.Second

// cartShow is the cart.
func (h *Handler) cartShow(c echo.Context, v *visit, b buyer) error {
	return h.cartPage(c, v, b, http.StatusOK, refusedCart{})
}

// refusedCart is what was wrong with what was typed: quantities, by line, or a coupon code.
type refusedCart struct {
	typed, wrong map[string]string
	whole        string

	code, codeWrong string // a coupon code that was typed
}

func (h *Handler) cartPage(c echo.Context, v *visit, b buyer, status int, bad refusedCart) error {
	found, err := h.conf.Carts.Show(c.Request().Context(), v.shop, v.reader(b))
	if err != nil {
		return err
	}
	if len(found.Lines) == 0 && b.cart != "" {
		keep(c, cart.Kept{}) // the count of a cart that ended elsewhere
	}
	if found.Priced != nil {
		v.rates = found.Rates
	}
	page := &view.CartPage{Site: h.own(c, v, b, sheet{template: "cart", title: v.say("storefront.cart", nil), at: links.cart})}
	if page.Cart, err = v.cartView(found, bad); err != nil {
		return err
	}
	return h.answer(c, v, status, "cart", page)
}

func (v *visit) cartView(found *cart.View, bad refusedCart) (*view.Cart, error) {
	out := &view.Cart{
		Count: found.Count, Blocked: found.Blocked, Update: view.Form{Action: post(v.links.cart()), Error: bad.whole},
		Notice: v.notice, Empty: post(v.links.to("/cart/empty")), Checkout: v.links.checkout(), Continue: v.links.home(), Undo: v.undo(found.Undo),
	}
	var err error
	if out.Lines, err = v.cartLines(found); err != nil {
		return nil, err
	}
	for _, line := range out.Lines {
		if typed, ok := bad.typed[line.ID]; ok {
			line.Quantity.Value, line.Quantity.Error = typed, bad.wrong[line.ID]
		}
	}
	if found.Priced == nil {
		return out, nil
	}
	out.Codes = v.codesView(found, v.links.to("/cart/code"), bad.code, bad.codeWrong)
	pending := found.NeedsShipping && found.Choices.Shipping == ""
	if out.Totals, err = v.totals(found.Priced, pending); err != nil {
		return nil, err
	}
	if err := v.estimated(out.Totals, found.Delivery); err != nil {
		return nil, err
	}
	if out.Due, err = v.due(found); err != nil {
		return nil, err
	}
	if in := found.Charge.Currency(); !in.IsZero() && in != v.display.Currency {
		charged := v.money(found.Charge)
		out.Charged = &charged
	}
	if v.profile.Quotes {
		out.Quote = v.links.askQuote()
	}
	out.Minimum, err = v.minimum(found.Priced)
	return out, err
}

// undo offers to take the last change back, for some seconds.
func (v *visit) undo(u *cart.Undo) *view.Undo {
	if u == nil {
		return nil
	}
	left := undoFor - v.now.Sub(u.At)
	if left <= 0 {
		return nil
	}
	return &view.Undo{What: string(u.What), Label: u.Label, Seconds: int(left / time.Second), Action: post(v.links.to("/cart/undo"))}
}
