package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
)

// orderShow is the page of an order behind its signed link: no account is needed.
func (h *Handler) orderShow(c echo.Context, v *visit, b buyer) error {
	link := unpackLink(c.Param("link"))
	paper, err := h.conf.Desk.Show(c.Request().Context(), v.shop, link)
	if err != nil {
		return err
	}
	return h.orderPage(c, v, b, paper, func(l links) string { return l.order(link) })
}

// orderOwn is the page of an order of a signed-in customer.
func (h *Handler) orderOwn(c echo.Context, v *visit, b buyer) error {
	number := c.Param("number")
	paper, err := h.conf.Desk.ShowOwn(c.Request().Context(), v.shop, v.visitor(b), number)
	if err != nil {
		return err
	}
	return h.orderPage(c, v, b, paper, func(l links) string { return l.under("/account/orders/", number) })
}

func (h *Handler) orderPage(c echo.Context, v *visit, b buyer, paper *checkout.Paper, at func(links) string) error {
	page, err := h.drawOrder(c, v, b, paper, at)
	if err != nil {
		return err
	}
	return h.answer(c, v, http.StatusOK, "order", page)
}

func (h *Handler) drawOrder(c echo.Context, v *visit, b buyer, paper *checkout.Paper, at func(links) string) (*view.OrderPage, error) {
	page := &view.OrderPage{
		Site:   h.own(c, v, b, sheet{template: "order", title: v.say("storefront.order", map[string]any{"number": paper.Order.Number}), at: at}),
		Placed: c.QueryParam("placed") == "1",
	}
	err := h.recognise(c, v, b, paper)
	if err != nil {
		return nil, err
	}
	if page.Order, err = v.orderView(paper); err != nil {
		return nil, err
	}
	h.allowBanks(c, page.Order.Pay)
	return page, nil
}

// orderLetter leads from a letter to the page of the order, in the language the order was placed in.
func (h *Handler) orderLetter(c echo.Context, v *visit, _ buyer) error {
	link := unpackLink(c.Param("link"))
	paper, err := h.conf.Desk.Show(c.Request().Context(), v.shop, link)
	if err != nil {
		return err
	}
	return seeOther(c, v.in(paper.Order.Locale).order(link))
}
