package storefront

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
)

// addForm puts an article into the cart. The options chosen come beside it, as o_<code>.
type addForm struct {
	Product  string `form:"product"`
	Quantity string `form:"quantity"`
}

// cartAdd puts the chosen variant into the cart (ORD-06). What is refused shows the article again,
// with what was typed.
func (h *Handler) cartAdd(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[addForm](c)
	if err != nil {
		return err
	}
	which, err := id.Parse[catalog.Product](f.Product)
	if err != nil {
		return err
	}
	p, err := catalog.Find(c.Request().Context(), v.shop, which)
	if err != nil {
		return err
	}
	v.query = optionFields(p, c.Request().PostForm)
	if err := h.add(c, v, b, p, f.Quantity); err != nil {
		return h.refuseAdd(c, v, b, p, f.Quantity, err)
	}
	if fromScript(c) {
		return c.NoContent(http.StatusNoContent)
	}
	return seeOther(c, v.links.cart())
}

func (h *Handler) add(c echo.Context, v *visit, b buyer, p *catalog.Product, quantity string) error {
	qty, err := parseQuantity(quantity)
	if err != nil {
		return err
	}
	one := choose(p, v.query).variant
	if one == nil {
		return cart.ErrGone
	}
	kept, err := h.conf.Carts.Add(c.Request().Context(), v.shop, v.reader(b), one.ID, qty)
	if err != nil {
		return err
	}
	keep(c, kept)
	return nil
}

// refuseAdd shows the article with what was wrong.
func (h *Handler) refuseAdd(c echo.Context, v *visit, b buyer, p *catalog.Product, quantity string, cause error) error {
	a := addition{quantity: quantity}
	switch {
	case errors.Is(cause, cart.ErrQty):
		a.quantityError = v.words.Explain(v.locale(), cause)
	case errors.Is(cause, cart.ErrGone) && p.State == catalog.Published:
		a.formError = v.words.Explain(v.locale(), cause)
	default:
		fields, whole, err := v.refused(cause)
		if err != nil {
			return err
		}
		if a.quantityError = fields["quantity"]; a.quantityError == "" {
			a.formError = whole
		}
	}
	var g *goods
	err := v.shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) { g, err = h.readGoods(tx, v, p); return err })
	if err != nil {
		return err
	}
	page, err := v.productPage(g, a)
	if err != nil {
		return err
	}
	return h.answer(c, v, http.StatusUnprocessableEntity, "product", page)
}

// parseQuantity reads a quantity as people type it; an empty one is one piece.
func parseQuantity(text string) (int, error) {
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fault.Invalid(fault.Field{Name: "quantity", Key: "form.whole_number"})
	}
	if n < 1 || n > cart.MaxQty {
		return 0, cart.ErrQty.With(fault.Args{"max": cart.MaxQty})
	}
	return n, nil
}

// optionFields are the fields of a form that choose options of the article.
func optionFields(p *catalog.Product, sent url.Values) url.Values {
	chosen := url.Values{}
	for _, o := range p.Options {
		if value := sent.Get(optionField(o.Code)); hasValue(o, value) {
			chosen.Set(optionField(o.Code), value)
		}
	}
	return chosen
}

// fromScript tells that the theme's script asks and wants no whole page.
func fromScript(c echo.Context) bool { return c.Request().Header.Get("X-Requested-With") == "fetch" }
