package storefront

import (
	"errors"
	"mime"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/quote"
)

// sees makes a page speak to the customer a quote was made for: the sides of its prices are his, and so are
// the countries and modes of its checkout, whoever is looking.
func (v *visit) sees(q *quote.Quote) { v.wear(guise{Profile: v.rules().Profiles.Find(q.Profile)}) }

// quoteShow is the page of a quote behind its signed link: no account is needed.
func (h *Handler) quoteShow(c echo.Context, v *visit, b buyer) error {
	link := unpackLink(c.Param("link"))
	s, err := h.conf.Desk.ShowQuote(c.Request().Context(), v.shop, link)
	if err != nil {
		return err
	}
	site := h.own(c, v, b, sheet{template: "quote", title: v.say("storefront.quote", map[string]any{"number": s.Quote.Number}),
		at: func(l links) string { return l.quote(link) }})
	v.sees(s.Quote)
	page := &view.QuotePage{Site: site, Asked: c.QueryParam("asked") == "1"}
	if page.Quote, err = v.quoteView(s); err != nil {
		return err
	}
	return h.answer(c, v, http.StatusOK, "quote", page)
}

// quoteLetter leads from a letter to the page of the quote, in the language it was asked for in.
func (h *Handler) quoteLetter(c echo.Context, v *visit, _ buyer) error {
	link := unpackLink(c.Param("link"))
	s, err := h.conf.Desk.ShowQuote(c.Request().Context(), v.shop, link)
	if err != nil {
		return err
	}
	return seeOther(c, v.in(s.Quote.Locale).quote(link))
}

// quotePDF is the paper of a quote.
func (h *Handler) quotePDF(c echo.Context, v *visit, _ buyer) error {
	paper, err := h.conf.Desk.QuotePDF(c.Request().Context(), v.shop, unpackLink(c.Param("link")))
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": paper.Name}))
	return c.Blob(http.StatusOK, paper.ContentType, paper.Content)
}

// quoteView is a quote as its customer sees it; amounts are those of the shop's own currency, which it holds in.
func (v *visit) quoteView(s *checkout.QuoteSheet) (*view.Quote, error) {
	q, at := s.Quote, v.links.quote(s.Link)
	out := &view.Quote{
		Number: q.Number, State: string(q.State), CreatedAt: q.CreatedAt.In(v.rules().Zone), Message: q.Message, Remark: s.Offer.Remark,
		Reason: q.Reason, Later: s.Later(), Net: v.sides.Goods == pricing.Net,
	}
	if q.Sent != nil {
		out.Until, out.PDF = &q.Sent.Until, at+"/pdf"
	}
	if q.State == quote.Sent {
		version := strconv.Itoa(q.Version)
		out.Accept, out.Refuse = at+"/order/"+version, at+"/refuse/"+version
	}
	if s.Order != "" {
		out.OrderNumber, out.OrderURL = q.OrderNumber, v.links.order(s.Order)
	}
	for i, l := range s.Offer.Lines {
		line := &view.OrderLine{Name: l.Name, SKU: l.SKU, Options: pairs(l.Options), Quantity: l.Qty, Image: v.stamp(l.MediaKey)}
		if i < len(s.Lines) {
			line.Unit, line.Total = v.money(s.Lines[i].Unit), v.money(s.Lines[i].Total)
		}
		out.Lines = append(out.Lines, line)
	}
	if s.Offer.Priced == nil {
		return out, nil
	}
	out.Totals = v.totalsOf(s.Totals, false)
	return out, nil
}

// unorderable tells that a quote cannot be ordered (any more): its page says how it stands.
func unorderable(err error) bool {
	for _, known := range []error{quote.ErrExpired, quote.ErrRevised, quote.ErrClosed, quote.ErrCurrency} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// backToQuote leads to the page of a quote, and says why.
func (h *Handler) backToQuote(c echo.Context, v *visit, link string, why error) error {
	args := map[string]string{}
	for name, value := range fault.ArgsOf(why) {
		if text, ok := value.(string); ok {
			args[name] = text
		}
	}
	web.AddFlash(c, web.Note, fault.KeyOf(why), args)
	return seeOther(c, v.links.quote(link))
}
