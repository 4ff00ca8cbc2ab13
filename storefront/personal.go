package storefront

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/storefront/view"
)

// answer draws a page for one reader; nobody stores it.
func (h *Handler) answer(c echo.Context, v *visit, status int, template string, data any) error {
	var html bytes.Buffer
	if err := h.render(c.Request().Context(), &html, v, template, data); err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.HTMLBlob(status, html.Bytes())
}

// own is the site of a page for one reader: what it says about itself, who is signed in, and the
// messages that wait.
func (h *Handler) own(c echo.Context, v *visit, b buyer, s sheet) view.Site {
	s.personal = true
	site := v.site(s)
	if !b.guest() {
		site.Customer = v.customerView(b)
		if strings.HasPrefix(s.template, "account") && h.keepsCards(c, v) {
			site.Customer.CardsURL = cardsPage(v.links)
		}
	}
	for _, f := range web.TakeFlashes(c) {
		args := make(map[string]any, len(f.Args))
		for name, text := range f.Args {
			args[name] = text
		}
		site.Flash = append(site.Flash, view.Flash{Kind: tones[f.Tone], Text: v.say(f.Key, args)})
	}
	if s.template == "cart" || s.template == "checkout" { // the pages for one reader with prices in his currency
		v.tellGone(c, &site)
	}
	return site
}

var tones = map[web.Tone]string{web.Good: "success", web.Note: "info", web.Bad: "error"}

func (v *visit) customerView(b buyer) *view.Customer {
	quotes := ""
	if v.profile.Quotes {
		quotes = v.links.to("/account/quotes")
	}
	return &view.Customer{
		QuotesURL: quotes,
		Name:      b.name, Email: b.email, SignOut: post(v.links.to("/account/sign-out")),
		OrdersURL: v.links.to("/account/orders"), AddressURL: v.links.to("/account/addresses"),
		ProfileURL: v.links.to("/account/profile"),
	}
}

// visitAndBuyer is what nearly every personal page begins with.
func (h *Handler) visitAndBuyer(c echo.Context) (*visit, buyer, error) {
	v, err := h.here(c)
	if err != nil {
		return nil, buyer{}, err
	}
	b, err := h.buyer(c)
	if err == nil {
		v.as(b)
		v.markMember(c)
	}
	return v, b, err
}

// personal runs an action that needs to know where it is and who asks.
func (h *Handler) personal(do func(c echo.Context, v *visit, b buyer) error) echo.HandlerFunc {
	return func(c echo.Context) error {
		v, b, err := h.visitAndBuyer(c)
		if m := (*moved)(nil); asMoved(err, &m) {
			return movedTo(c, m)
		}
		if err != nil {
			return err
		}
		return do(c, v, b)
	}
}

// customers lets only customers in and sends others to sign in first.
func (h *Handler) customers(do func(c echo.Context, v *visit, b buyer) error) echo.HandlerFunc {
	return h.personal(func(c echo.Context, v *visit, b buyer) error {
		if b.guest() {
			next := ""
			if read(c.Request()) {
				next = "?next=" + url.QueryEscape(v.self())
			}
			return seeOther(c, v.links.to("/account/sign-in")+next)
		}
		return do(c, v, b)
	})
}

// refused turns a refusal into words: one sentence a field, one for the form as a whole. What is no
// refusal of what was typed is given back as the error it is.
func (v *visit) refused(err error) (fields map[string]string, whole string, other error) {
	list := fault.FieldsOf(err)
	switch kind := fault.KindOf(err); {
	case kind == fault.Internal:
		return nil, "", err
	case len(list) > 0:
	case kind == fault.Malformed || kind == fault.Conflict:
		return nil, v.words.Explain(v.locale(), err), nil
	default:
		return nil, "", err
	}
	fields = make(map[string]string, len(list))
	for _, f := range list {
		if fields[f.Name] == "" { // the first thing wrong with it
			fields[f.Name] = v.say(f.Key, f.Args)
		}
	}
	return fields, v.say(fault.InvalidKey, nil), nil
}
