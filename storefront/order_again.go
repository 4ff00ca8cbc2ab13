package storefront

import (
	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/cart"
)

// orderAgain puts the articles of an order into the cart once more, at today's prices; what is no
// longer for sale is left out and said.
func (h *Handler) orderAgain(c echo.Context, v *visit, b buyer) error {
	ctx := c.Request().Context()
	paper, err := h.conf.Desk.Show(ctx, v.shop, unpackLink(c.Param("link")))
	if err != nil {
		return err
	}
	var kept cart.Kept
	missing := false
	for i, l := range paper.Order.Lines {
		again := cart.Wish{Variant: l.Variant, Extras: paper.Order.Extras(i), Qty: l.Qty}
		added, err := h.conf.Carts.Add(ctx, v.shop, v.reader(b), again)
		switch {
		case fault.Is(err, fault.Internal):
			return err
		case err != nil:
			missing = true
		default:
			kept, b.cart = added, added.Token
		}
	}
	if missing {
		web.AddFlash(c, web.Note, "storefront.again_missing", nil)
	}
	if kept.Count > 0 {
		keep(c, kept)
	}
	return seeOther(c, v.links.cart())
}
