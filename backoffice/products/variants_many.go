package products

import (
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/catalog"
)

type fillFields struct {
	Rev       int    `form:"rev,revision"`
	Scope     string `form:"scope"` // "colour=red"; all when empty
	Price     string `form:"fill_price"`
	CompareAt string `form:"fill_compare_at"`
	Active    string `form:"fill_active"` // "", "1", "0"
}

// fillVariants sets a price or a state for many variants at once. What is left empty stays.
func (d *Desk) fillVariants(c echo.Context) error {
	typed, wrong := web.Form[fillFields](c)
	if wrong != nil && len(fault.FieldsOf(wrong)) == 0 {
		return wrong
	}
	m, err := openTable(c)
	if err != nil {
		return err
	}
	p, err := m.whole(c.Request().Context(), typed.Rev)
	if err != nil {
		return err
	}
	m.Fill = typed
	ch, err := m.readFill(p, typed)
	if err = firstOf(wrong, err); err == nil {
		err = store(c.Request().Context(), m.visit.Shop, m.visit.Actor(), &ch)
	}
	if err == nil {
		warnUncrossed(c, p.Variants)
	}
	return m.leave(c, err, "fill", "products.variants.saved")
}

func (m *table) readFill(p *catalog.Product, typed fillFields) (change, error) {
	r := &reader{set: m.Settings, locale: m.visit.View.Locale, change: change{product: p}}
	price := r.Decimal("fill_price", r.locale, typed.Price, places)
	compare := r.optional("fill_compare_at", typed.CompareAt)
	if price.IsNegative() {
		r.Refuse("fill_price", "catalog.price", nil)
	}
	if compare != nil && compare.IsNegative() {
		r.Refuse("fill_compare_at", "catalog.price", nil)
	}
	code, value, scoped := strings.Cut(typed.Scope, "=")
	for i := range p.Variants {
		v := &p.Variants[i]
		if scoped && v.Options[code] != value {
			continue
		}
		if typed.Price != "" {
			v.Price = price
		}
		if compare != nil {
			v.CompareAt = compare
		}
		if typed.Active != "" {
			v.Active = typed.Active == "1"
		}
	}
	return r.change, r.Err()
}

type revField struct {
	Rev int `form:"rev,revision"`
}

// generate makes a variant for every choice that has none.
func (d *Desk) generate(c echo.Context) error {
	typed, err := web.Form[revField](c)
	if err != nil {
		return err
	}
	m, err := openTable(c)
	if err != nil {
		return err
	}
	p, err := m.whole(c.Request().Context(), typed.Rev)
	if err != nil {
		return err
	}
	if _, err = complete(p); err == nil {
		err = store(c.Request().Context(), m.visit.Shop, m.visit.Actor(), &change{product: p})
	}
	return m.leave(c, err, "option", "products.variants.made")
}

// leave answers a form whose address is below the table's.
func (m *table) leave(c echo.Context, err error, form, done string) error {
	m.visit.View.Path, m.visit.View.Query = m.path("variants"), nil
	return m.answer(c, err, form, done)
}
