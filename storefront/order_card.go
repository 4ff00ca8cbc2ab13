package storefront

import (
	"bytes"
	"errors"
	"html/template"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/terminal"
)

// The page that seals a card for the merchant's own terminal (PAY-03) is the platform's from its first byte to its last: no theme
// draws it, and nothing runs on it but our driver.
var cardPage = template.Must(template.ParseFS(drivers, "drivers/terminal.html"))

// cardPolicy allows that page its style sheet, its driver, and its own form, which holds sealed boxes.
const cardPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// cardView is what the page is drawn from.
type cardView struct {
	Locale                       i18n.Locale
	Title, Shop, Problem         string
	Style, Script, Action, Order string
	Key, Point, Payment          string
	Kept, Secure                 bool
	Words                        map[string]string
}

// cardWords are the words of the page.
var cardWords = map[string]string{
	"another": "storefront.card.another", "insecure": "storefront.card.insecure", "kept": "storefront.card.kept", "lead": "storefront.card.lead",
	"no_script": "storefront.card.no_script", "order": "storefront.card.order", "unable": "storefront.card.unable", "go": "storefront.card.go",
	"number": "storefront.card.number", "number_bad": "storefront.card.number_bad", "name": "storefront.card.name", "name_bad": "storefront.card.name_bad",
	"expiry": "storefront.card.expiry", "expiry_bad": "storefront.card.expiry_bad", "expiry_past": "storefront.card.expiry_past",
	"code": "storefront.card.code", "code_bad": "storefront.card.code_bad", "code_help": "storefront.card.code_help",
}

// cardShow is the page that seals a card; problem is what was wrong with the one that came.
func (h *Handler) cardShow(c echo.Context, v *visit, link string, status int, problem string) error {
	s, err := h.conf.Desk.Sealing(c.Request().Context(), v.shop, link)
	if errors.Is(err, checkout.ErrSealing) {
		web.AddFlash(c, web.Bad, checkout.ErrSealing.Key(), nil)
		return seeOther(c, v.links.order(link))
	}
	if err != nil {
		return err
	}
	args := map[string]any{"amount": s.Amount, "shop": s.Shop, "number": s.Number}
	words := make(map[string]string, len(cardWords))
	for part, key := range cardWords {
		words[part] = v.say(key, args)
	}
	var page bytes.Buffer
	err = cardPage.Execute(&page, cardView{
		Locale: v.locale(), Title: v.say("storefront.card.title", args), Shop: s.Shop, Problem: problem,
		Style: v.links.under("/pay/driver/", "terminal.css"), Script: v.links.under("/pay/driver/", "terminal.js"),
		Action: v.links.card(link), Order: v.links.order(link), Key: s.Key.ID, Point: s.Key.Point, Payment: s.Payment.String(),
		Kept: s.Kept, Secure: private(c), Words: words,
	})
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Content-Security-Policy", cardPolicy)
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "same-origin")
	return c.HTMLBlob(status, page.Bytes())
}

// private tells whether nobody between the browser and us can change the page; browsers seal on no other (Secure Contexts, W3C).
func private(c echo.Context) bool {
	r := web.RequestOf(c)
	return r.Scheme == "https" || r.Host == "localhost" || strings.HasSuffix(r.Host, ".localhost") || r.Host == "127.0.0.1"
}

type cardForm struct {
	Payment string `form:"payment"`
	Card    string `form:"card"`
	Code    string `form:"code"`
}

// cardKeep takes a sealed card, and refuses everything else. A card number in clear, wherever it stands, is neither kept nor logged.
func (h *Handler) cardKeep(c echo.Context, v *visit, _ buyer) error {
	link := unpackLink(c.Param("link"))
	f, err := web.Form[cardForm](c)
	if err != nil {
		return err
	}
	which, err := id.Parse[payment.Payment](f.Payment)
	switch {
	case readableCard(c):
		err = terminal.ErrClear
	case err != nil || !private(c):
		err = terminal.ErrBox
	default:
		err = h.conf.Desk.KeepCard(c.Request().Context(), v.shop, link, which, f.Card, f.Code)
	}
	switch {
	case err == nil:
		web.AddFlash(c, web.Good, "storefront.card.sent", nil)
		return seeOther(c, v.links.order(link))
	case errors.Is(err, checkout.ErrSealing):
		web.AddFlash(c, web.Bad, checkout.ErrSealing.Key(), nil)
		return seeOther(c, v.links.order(link))
	case fault.Is(err, fault.Malformed), fault.Is(err, fault.Conflict):
		return h.cardShow(c, v, link, web.Status(err), v.words.Explain(v.locale(), err))
	}
	return err
}

// uuidLength is the length of an id as text.
const uuidLength = 36

// readableCard tells whether a card number stands anywhere in what was sent.
func readableCard(c echo.Context) bool {
	for _, values := range []map[string][]string{c.Request().PostForm, c.QueryParams()} {
		for name, list := range values {
			if name == "payment" && len(list) == 1 && len(list[0]) == uuidLength {
				continue // its digits may look like anything
			}
			if terminal.HasCard(name) || terminal.HasCard(strings.Join(list, "\n")) {
				return true
			}
		}
	}
	return false
}
