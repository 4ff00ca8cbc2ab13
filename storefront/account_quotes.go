package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/storefront/view"
)

// quotesShow lists the customer's quotes, the newest first.
func (h *Handler) quotesShow(c echo.Context, v *visit, b buyer) error {
	after := c.QueryParam("after")
	found, next, err := h.conf.Desk.ListOwnQuotes(c.Request().Context(), v.shop, v.visitor(b), after, ordersPerPage)
	if err != nil {
		return err
	}
	at := func(l links) string { return l.to("/account/quotes") }
	page := &view.QuotesPage{
		Site:  h.own(c, v, b, sheet{template: "account_quotes", title: v.say("storefront.quotes", nil), at: at}),
		Pages: &view.Pagination{Page: 1, Count: 1, Total: len(found)}, CartURL: v.links.cart(),
	}
	for _, r := range found {
		page.Quotes = append(page.Quotes, &view.QuoteRow{Number: r.Number, URL: v.links.quote(r.Link), CreatedAt: r.CreatedAt.In(v.rules().Zone),
			State: string(r.State), Until: r.Until, Pieces: r.Pieces, Total: v.money(r.Total)})
	}
	if after != "" {
		page.Pages.Prev, page.Pages.Count = at(v.links), 2
	}
	if next != "" {
		page.Pages.Next, page.Pages.Count = withQuery(at(v.links), map[string][]string{"after": {next}}), 2
	}
	return h.answer(c, v, http.StatusOK, "account_quotes", page)
}
