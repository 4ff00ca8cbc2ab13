package storefront

import (
	"bytes"
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// problem draws the page of an error in the shop's theme and language. Without a face of the shop, not
// even a remembered one, it fails and leaves the line of plain text to package web.
func (h *Handler) problem(c echo.Context, p web.Problem) error {
	ctx := c.Request().Context()
	v, err := h.strayed(ctx, c)
	if err != nil {
		return err
	}
	var html bytes.Buffer
	if p.Status == http.StatusNotFound {
		err = h.render(ctx, &html, v, "not_found", v.notFoundPage(h.suggestions(ctx, v)))
	} else {
		err = h.render(ctx, &html, v, "error", v.errorPage(c, p))
	}
	if err != nil {
		return err
	}
	return c.HTMLBlob(p.Status, html.Bytes())
}

// strayed is the visit of a request that went wrong, in the language of its path if the shop serves it.
func (h *Handler) strayed(ctx context.Context, c echo.Context) (*visit, error) {
	a, ok := web.Find[*arrival](c)
	if !ok || a.shop == nil {
		return nil, errNoPage
	}
	f, err := h.faceOf(ctx, a.shop, a.version)
	if err != nil {
		seen, ok := h.faces.get(a.shop.ID())
		if !ok {
			return nil, err
		}
		f = seen.face
	}
	v, _ := h.visit(a, f, h.conf.Clock.Now()) // an untidy address is still some address
	return v, nil
}

// suggestions are articles for a reader who found nothing; none when they cannot be read.
func (h *Handler) suggestions(ctx context.Context, v *visit) []catalog.Card {
	var found catalog.Listing
	err := v.shop.Read(ctx, func(tx tenant.Tx) (err error) { found, err = readPopular(tx, v); return err })
	if err != nil {
		return nil
	}
	return found.Cards
}

func (v *visit) notFoundPage(popular []catalog.Card) *view.NotFoundPage {
	page := &view.NotFoundPage{Site: v.site(sheet{
		template: "not_found", title: v.say("storefront.not_found", nil), personal: true, at: links.home})}
	if cards, err := v.cards(popular); err == nil {
		page.Suggestions = cards[0]
	}
	return page
}

func (v *visit) errorPage(c echo.Context, p web.Problem) *view.ErrorPage {
	page := &view.ErrorPage{
		Site:   v.site(sheet{template: "error", title: v.say("storefront.error", nil), personal: true, at: links.home}),
		Status: p.Status, Reference: p.Reference,
	}
	if p.Status < http.StatusInternalServerError || p.Status == http.StatusServiceUnavailable {
		page.Message = v.say(p.Key, p.Args)
	}
	if read(c.Request()) && (p.Status >= http.StatusInternalServerError || p.Status == http.StatusTooManyRequests) {
		page.Retry = v.self()
	}
	return page
}
