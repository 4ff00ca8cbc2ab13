package storefront

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
)

// checkoutPlace places the order (ORD-07, ORD-08). The page sent twice places it once and leads to the
// same place both times.
func (h *Handler) checkoutPlace(c echo.Context, v *visit, b buyer) error {
	f, err := readCheckout(c)
	if err != nil {
		return h.refuseCheckout(c, v, b, f, err)
	}
	if b.guest() && f.Who == asCustomer {
		return h.checkoutSignIn(c, v, b) // he sees his own addresses and the total before he orders
	}
	shown := lastShown(c, f)
	if f.Code != "" && f.of.quote == "" { // a code he forgot to add: he is told the new total before he orders
		if err := h.applyCode(c, v, b, &f); err != nil {
			return h.refuseCheckout(c, v, b, f, err)
		}
		shown = ""
	}
	d, err := h.draft(c.Request().Context(), v, b, f)
	if err != nil {
		return err
	}
	order := checkout.PlaceOrder{Cart: b.cart, Quote: f.of.quote, Version: f.of.version, Key: f.Key, Draft: d, Shown: shown, Terms: f.Terms}
	if f.Who == asNew && b.guest() {
		order.Account = &checkout.NewAccount{Password: f.Password}
	}
	placed, err := h.conf.Desk.Place(c.Request().Context(), v.shop, v.visitor(b), order)
	if unorderable(err) {
		return h.backToQuote(c, v, f.of.quote, err)
	}
	if err != nil {
		return h.refuseCheckout(c, v, b, f, err)
	}
	if err := h.afterOrder(c, v, b, f.of, placed); err != nil {
		return err
	}
	return h.pay(c, v, placed)
}

// afterOrder closes the cart of the browser, and opens a session for the account made with the order.
// A page sent again leaves alone what has been put into a cart since; the order of a quote has nothing to do
// with the cart.
func (h *Handler) afterOrder(c echo.Context, v *visit, b buyer, of checked, placed *checkout.Placed) error {
	if of.quote != "" {
		if placed.Customer == nil {
			return nil
		}
		_, err := h.signIn(c, v, b, placed.Customer)
		return err
	}
	if placed.Again {
		n, err := h.conf.Carts.Count(c.Request().Context(), v.shop, v.reader(b))
		if err != nil || n > 0 {
			return err
		}
	}
	if placed.Customer != nil {
		if _, err := h.signIn(c, v, b, placed.Customer); err != nil {
			return err
		}
	}
	if b.guest() && placed.Customer == nil {
		cartCookie.Clear(c)
	}
	keep(c, cart.Kept{})
	return nil
}
