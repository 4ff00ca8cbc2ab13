package storefront

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
)

// addForm puts an article into the cart. The options chosen come beside it, as o_<code>, and the
// quantities of a grid, as q.<variant>.
type addForm struct {
	Product  string `form:"product"`
	Quantity string `form:"quantity"`
	Do       string `form:"do"` // "refresh": only show the article with what was chosen
}

const doRefresh = "refresh"

// cartAdd puts the chosen variant into the cart (ORD-06), or all that a grid asks for (ART-09). What is
// refused shows the article again, with what was typed.
func (h *Handler) cartAdd(c echo.Context, v *visit, b buyer) error {
	f, err := web.Form[addForm](c)
	if err != nil {
		return err
	}
	which, err := id.Parse[catalog.Product](f.Product)
	if err != nil {
		return err
	}
	p, err := h.wanted(c, v, which)
	if err != nil {
		return err
	}
	sent := c.Request().PostForm
	a := addition{quantity: f.Quantity, cells: cells(sent)}
	if f.Do == doRefresh {
		return h.showAdd(c, v, p, a, http.StatusOK)
	}
	if gridOf(p) != nil {
		a, err = h.addCells(c, v, b, p, a)
	} else {
		err = h.add(c, v, b, p, f.Quantity)
	}
	if err != nil {
		return h.refuseAdd(c, v, p, a, err)
	}
	if fromScript(c) {
		return c.NoContent(http.StatusNoContent)
	}
	return seeOther(c, v.links.cart())
}

// wanted reads the article of the form, and makes the choice that was sent the visit's question.
func (h *Handler) wanted(c echo.Context, v *visit, which catalog.ProductID) (p *catalog.Product, err error) {
	err = v.shop.Read(c.Request().Context(), func(tx tenant.Tx) error {
		if p, err = catalog.FindShown(tx, which); err != nil {
			return err
		}
		v.query, err = near(tx, p, optionFields(p, c.Request().PostForm))
		return err
	})
	return p, err
}

func (h *Handler) add(c echo.Context, v *visit, b buyer, p *catalog.Product, quantity string) error {
	qty, err := parseQuantity(quantity)
	if err != nil {
		return err
	}
	extras, err := sentExtras(p, c.Request().PostForm)
	if err != nil {
		return err
	}
	one := choose(p, v.query).variant
	if one == nil {
		return cart.ErrGone
	}
	kept, err := h.conf.Carts.Add(c.Request().Context(), v.shop, v.reader(b), cart.Wish{Variant: one.ID, Extras: extras, Qty: qty})
	if err != nil {
		return err
	}
	keep(c, kept)
	return nil
}

// refuseAdd shows the article with what was wrong.
func (h *Handler) refuseAdd(c echo.Context, v *visit, p *catalog.Product, a addition, cause error) error {
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
	return h.showAdd(c, v, p, a, http.StatusUnprocessableEntity)
}

// showAdd shows the article with what was typed.
func (h *Handler) showAdd(c echo.Context, v *visit, p *catalog.Product, a addition, status int) error {
	var g *goods
	err := v.shop.Read(c.Request().Context(), func(tx tenant.Tx) (err error) { g, err = h.readGoods(tx, v, p); return err })
	if err != nil {
		return err
	}
	page, err := v.productPage(g, a)
	if err != nil {
		return err
	}
	return h.answer(c, v, status, "product", page)
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
		return 0, cart.ErrQty.With(fault.Args{"min": 1, "max": cart.MaxQty})
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
	for i := range p.Extras {
		e := &p.Extras[i]
		if value := sent.Get(optionField(e.Code)); e.Value(value) != nil {
			chosen.Set(optionField(e.Code), value)
		}
	}
	return chosen
}

// sentExtras are the price-adding options of a form. What the page offered and the article no longer
// has is refused: without it the buyer would get something else at another price. Errors:
// cart.ErrChoice.
func sentExtras(p *catalog.Product, sent url.Values) (map[string]string, error) {
	extras := make(map[string]string, len(p.Extras))
	for name := range sent {
		code, ok := strings.CutPrefix(name, optionField(""))
		value := sent.Get(name)
		if !ok || value == "" || slices.ContainsFunc(p.Options, func(o catalog.Option) bool { return o.Code == code && hasValue(o, value) }) {
			continue
		}
		extras[code] = value // of an option that forms variants: a value it has no more, which is no extra either
	}
	if _, ok := catalog.Priced(p.Extras, extras, money.EUR); !ok { // any currency tells
		return nil, cart.ErrChoice
	}
	return extras, nil
}

// fromScript tells that the theme's script asks and wants no whole page.
func fromScript(c echo.Context) bool { return c.Request().Header.Get("X-Requested-With") == "fetch" }
