package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/order"
)

const (
	// lastOrders is how many orders the overview shows, ordersPerPage how many a page of the list.
	lastOrders    = 3
	ordersPerPage = 20
)

// accountShow is the overview of the account.
func (h *Handler) accountShow(c echo.Context, v *visit, b buyer) error {
	ctx := c.Request().Context()
	orders, err := h.conf.Desk.ListOwn(ctx, v.shop, v.visitor(b), "", lastOrders)
	if err != nil {
		return err
	}
	book, err := h.book(c, v, b)
	if err != nil {
		return err
	}
	page := &view.AccountPage{
		Site:   h.own(c, v, b, sheet{template: "account", title: v.say("storefront.account", nil), at: links.account}),
		Orders: v.orderRows(orders.Rows),
	}
	for _, e := range book {
		if e.Delivery {
			page.Address = v.addressCard(e)
		}
	}
	return h.answer(c, v, http.StatusOK, "account", page)
}

// ordersShow lists the customer's orders. Pages are walked by a cursor, so a new order moves nothing.
func (h *Handler) ordersShow(c echo.Context, v *visit, b buyer) error {
	found, err := h.conf.Desk.ListOwn(c.Request().Context(), v.shop, v.visitor(b), c.QueryParam("after"), ordersPerPage)
	if err != nil {
		return err
	}
	at := func(l links) string { return l.to("/account/orders") }
	page := &view.OrdersPage{
		Site:   h.own(c, v, b, sheet{template: "account_orders", title: v.say("storefront.orders", nil), at: at}),
		Orders: v.orderRows(found.Rows), Pages: &view.Pagination{Page: 1, Count: 1, Total: len(found.Rows)},
	}
	if c.QueryParam("after") != "" {
		page.Pages.Prev, page.Pages.Count = at(v.links), 2
	}
	if found.Next != "" {
		page.Pages.Next, page.Pages.Count = withQuery(at(v.links), map[string][]string{"after": {found.Next}}), 2
	}
	return h.answer(c, v, http.StatusOK, "account_orders", page)
}

func (v *visit) orderRows(rows []order.Row) []*view.OrderRow {
	list := make([]*view.OrderRow, len(rows))
	for i, r := range rows {
		list[i] = &view.OrderRow{
			Number: r.Number, URL: v.links.under("/account/orders/", r.Number), PlacedAt: r.PlacedAt.In(v.rules().Zone),
			State: orderState(r.State), Payment: rowPayment(r.State, r.Payment), Pieces: r.Pieces, Total: v.money(r.Total),
		}
	}
	return list
}

// rowPayment is a payment state in the theme's words.
func rowPayment(at order.State, s order.PaymentState) string {
	switch s {
	case order.Unpaid:
		return "awaiting"
	case order.CreditOwed:
		return creditState(at == order.Cancelled || at == order.Refunded)
	case order.PartPaid, order.FullyPaid, order.PartRefunded, order.AllRefunded, order.DepositPaid, order.NothingYet:
	}
	return string(s)
}

// book reads the customer's addresses.
func (h *Handler) book(c echo.Context, v *visit, b buyer) (book []customer.Entry, err error) {
	err = v.shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) { book, err = customer.Book(tx, b.customer); return err })
	return book, err
}

func (v *visit) addressCard(e customer.Entry) *view.AddressCard {
	at := v.links.to("/account/addresses/" + e.ID.String())
	return &view.AddressCard{Lines: e.Address.Lines(v.locale()), Delivery: e.Delivery, Billing: e.Billing, EditURL: at, Remove: post(at + "/remove")}
}
