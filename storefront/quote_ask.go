package storefront

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/quote"
)

type quoteForm struct {
	Key     string `form:"key"` // names the page: sent twice, it asks once
	Name    string `form:"name"`
	Email   string `form:"email"`
	Message string `form:"message"`
	Trap    string `form:"website"`
}

// quoteAsk is the page that asks for a quote of the cart (QUO-02). Errors: quote.ErrNotOffered (PROF-05).
func (h *Handler) quoteAsk(c echo.Context, v *visit, b buyer) error {
	return h.quoteForm(c, v, b, quoteForm{Key: secret.Token()}, nil)
}

// quoteSubmit asks. Whoever fills in the trap is led on like anybody.
func (h *Handler) quoteSubmit(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[quoteForm](c)
	if f.Key == "" || len(f.Key) > longestKey { // none of ours
		f.Key = secret.Token()
	}
	if err != nil {
		return h.quoteForm(c, v, b, f, err)
	}
	if f.Trap != "" {
		return seeOther(c, v.links.cart())
	}
	asked, err := h.conf.Desk.AskQuote(c.Request().Context(), v.shop, v.visitor(b), checkout.AskQuote{
		Cart: b.cart, Key: f.Key, Name: f.Name, Email: f.Email, Message: f.Message})
	switch {
	case errors.Is(err, cart.ErrEmpty):
		return seeOther(c, v.links.cart())
	case errors.Is(err, quote.ErrNotOffered):
		return err
	case err != nil:
		return h.quoteForm(c, v, b, f, err)
	}
	return seeOther(c, v.links.quote(asked.Link)+"?asked=1")
}

// quoteForm shows the page; with what was wrong beside the fields when it was refused.
func (h *Handler) quoteForm(c echo.Context, v *visit, b buyer, f quoteForm, cause error) error {
	if !v.profile.Quotes {
		return quote.ErrNotOffered
	}
	var wrong map[string]string
	bad, status := "", http.StatusOK
	if cause != nil {
		var err error
		if wrong, bad, err = v.refused(cause); err != nil {
			return err
		}
		status = http.StatusUnprocessableEntity
	}
	found, err := h.conf.Carts.Show(c.Request().Context(), v.shop, v.reader(b))
	if err != nil {
		return err
	}
	if len(found.Lines) == 0 {
		return seeOther(c, v.links.cart())
	}
	if found.Priced != nil {
		v.rates = found.Rates
	}
	input := func(name, value string) view.Input { return view.Input{Name: name, Value: value, Error: wrong[name]} }
	page := &view.QuoteRequestPage{
		Site: h.own(c, v, b, sheet{template: "quote_request", title: v.say("storefront.quote_request", nil), at: links.askQuote}),
		Form: view.Form{Action: post(v.links.askQuote(), "key", f.Key), Error: bad}, Known: !b.guest(), CartURL: v.links.cart(),
		Name: input("name", f.Name), Email: input("email", f.Email), Message: input("message", f.Message), Trap: view.Input{Name: trapField},
	}
	if page.Cart, err = v.cartView(found, refusedCart{}); err != nil {
		return err
	}
	return h.answer(c, v, status, "quote_request", page)
}
