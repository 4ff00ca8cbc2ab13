package storefront

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/catalog"
)

// cells is what was typed into a grid, by variant; empty cells and zeros ask for nothing.
func cells(sent url.Values) map[string]string {
	typed := map[string]string{}
	for name := range sent {
		variant, ok := strings.CutPrefix(name, cellPrefix)
		text := strings.TrimSpace(sent.Get(name))
		if ok && text != "" && text != "0" {
			typed[variant] = text
		}
	}
	return typed
}

// addCells puts everything a grid asks for into the cart, or nothing (ART-09). The addition it gives
// back has the reason beside every cell that was refused.
func (h *Handler) addCells(c echo.Context, v *visit, b buyer, p *catalog.Product, a addition) (addition, error) {
	extras, err := sentExtras(p, c.Request().PostForm)
	if err != nil {
		return a, err
	}
	wishes, err := a.wishes(p, extras)
	if err == nil {
		var kept cart.Kept
		if kept, err = h.conf.Carts.AddAll(c.Request().Context(), v.shop, v.reader(b), wishes); err == nil {
			keep(c, kept)
			return a, nil
		}
	}
	a.cellErrors = map[string]string{}
	for _, f := range fault.FieldsOf(err) {
		if n, bad := strconv.Atoi(f.Name); bad == nil && n < len(wishes) {
			a.cellErrors[wishes[n].Variant.String()] = v.say(f.Key, f.Args)
		}
	}
	return a, err
}

// wishes are what the cells ask for, in the order of the article. Errors: cart.ErrGone for a variant
// it has no more; Invalid with a field for every cell that holds no quantity, named by the place of
// its wish.
func (a addition) wishes(p *catalog.Product, extras map[string]string) ([]cart.Wish, error) {
	var list []cart.Wish
	var wrong []fault.Field
	for i := range p.Variants {
		text, ok := a.cells[p.Variants[i].ID.String()]
		if !ok {
			continue
		}
		qty, err := parseQuantity(text)
		var one *fault.Error
		if fields := fault.FieldsOf(err); len(fields) > 0 {
			wrong = append(wrong, fault.Field{Name: strconv.Itoa(len(list)), Key: fields[0].Key, Args: fields[0].Args})
		} else if errors.As(err, &one) {
			wrong = append(wrong, fault.Field{Name: strconv.Itoa(len(list)), Key: one.Key(), Args: one.Args()})
		}
		list = append(list, cart.Wish{Variant: p.Variants[i].ID, Extras: extras, Qty: qty})
	}
	if len(wrong) > 0 {
		return list, fault.Invalid(wrong...)
	}
	if len(list) < len(a.cells) {
		return list, cart.ErrGone
	}
	return list, nil
}
