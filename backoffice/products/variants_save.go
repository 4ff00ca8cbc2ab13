package products

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/platform/driver/ui"
	"echoppe.dev/platform/driver/web"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/media"
	"echoppe.dev/tenant/stock"
)

type variantsForm struct {
	Rev  int          `form:"rev,revision"`
	Note string       `form:"stock_note"`
	Rows []variantRow `form:"v"`
}

// saveVariants saves the variants of one page of the table, and no others.
func (d *Desk) saveVariants(c echo.Context) error {
	typed, wrong := web.Form[variantsForm](c)
	if wrong != nil && len(fault.FieldsOf(wrong)) == 0 {
		return wrong
	}
	m, err := openTable(c)
	if err != nil {
		return err
	}
	if err := m.take(c.Request().Context(), typed); err != nil {
		return err
	}
	ch, err := m.readRows(typed)
	if err = firstOf(wrong, err); err == nil {
		ch.permit(m.visit, m.Product)
		err = m.rowNames(storeRows(c.Request().Context(), m.visit.Shop, m.visit.Actor(), &ch), ch.product)
	}
	if errors.Is(err, catalog.ErrStale) {
		err = m.clashRows(c.Request().Context(), err)
	}
	if errors.Is(err, errStockMoved) {
		m.recall()
	}
	if err == nil && !m.goods() {
		warnUncrossed(c, ch.product.Variants)
	}
	return m.answer(c, err, "rows", "products.variants.saved")
}

// take puts the rows that were sent into the table, with their variants as they are stored: those the
// person saw, even where the page would show others now.
func (m *table) take(ctx context.Context, typed variantsForm) error {
	q := catalog.VariantQuery{IDs: []catalog.VariantID{}, PerPage: variantsAPage}
	rows := typed.Rows[:min(len(typed.Rows), variantsAPage)]
	for _, row := range rows {
		if v, err := id.Parse[stock.Variant](row.ID); err == nil {
			q.IDs = append(q.IDs, v)
		}
	}
	total := m.Total
	err := m.visit.Shop.Read(ctx, func(tx tenant.Tx) error { return m.turn(tx, q) })
	m.Rows, m.Rev, m.Total = rows, typed.Rev, total
	return err
}

// answer leads back to the table, or shows it again with what one of its forms was refused for.
func (m *table) answer(c echo.Context, err error, form, done string) error {
	if mendable(err) {
		m.Answers = ui.Refused(m.visit.View, nil, err)
		m.Refused = map[string]bool{form: true}
		return desk.Show(c, status(err), variantsPage(m.visit.View, m))
	}
	if err != nil {
		return err
	}
	web.AddFlash(c, web.Good, done, nil)
	return c.Redirect(http.StatusSeeOther, m.visit.View.With())
}

// readRows applies the rows to a copy of the article.
func (m *table) readRows(typed variantsForm) (change, error) {
	p := *m.Product
	p.Rev, p.Variants = typed.Rev, slices.Clone(p.Variants)
	r := &reader{set: m.Settings, locale: m.visit.View.Locale, change: change{product: &p}}
	at := make(map[string]int, len(p.Variants))
	for i, v := range p.Variants {
		at[v.ID.String()] = i
	}
	for n, row := range m.Rows {
		i, ok := at[row.ID]
		if !ok {
			continue // gone meanwhile; the revision tells
		}
		r.row(&p.Variants[i], row, "v."+strconv.Itoa(n)+".", typed.Note)
	}
	if err := r.Err(); err != nil {
		return r.change, err
	}
	return r.change, m.rowNames(p.CheckVariants(p.Variants), &p)
}

// row applies one row to its variant. at is what the names of its fields begin with.
func (r *reader) row(v *catalog.Variant, row variantRow, at, note string) {
	if row.SKU != nil {
		v.SKU = *row.SKU
	}
	if row.Price != nil {
		r.Required(at+"price", *row.Price)
		v.Price = r.Decimal(at+"price", r.locale, *row.Price, places)
		v.Active = row.Active // stands in the same tab
	}
	if row.CompareAt != nil {
		v.CompareAt = r.optional(at+"compare_at", *row.CompareAt)
	}
	if row.Picture != nil {
		v.Picture = nil
		if which, err := id.Parse[media.Media](*row.Picture); err == nil {
			v.Picture = &which
		}
	}
	if row.Barcode != nil {
		v.Barcode = *row.Barcode
	}
	if row.Weight != nil {
		v.WeightG = r.whole(at+"weight", *row.Weight)
	}
	if len(row.Ship) > 0 {
		v.ShipValues = r.ship(at+"ship.", v.ShipValues, row.Ship)
	}
	if row.Content != nil {
		v.Content = r.content(at+"content", *row.Content)
	}
	if row.LowAt != nil {
		v.LowAt = r.whole(at+"low_at", *row.LowAt)
	}
	if row.Cost != nil {
		v.Cost = r.optional(at+"cost", *row.Cost)
	}
	if row.Stock == nil {
		return
	}
	v.Tracked = *row.Stock != ""
	if n := r.whole(at+"stock", *row.Stock); v.Tracked && *row.Stock != row.StockWas {
		was, _ := strconv.Atoi(row.StockWas)
		r.counts = append(r.counts, count{variant: v.ID, was: was, onHand: n, note: note, field: at + "stock"})
	}
}

// rowNames gives what the catalogue refuses of a variant the name of its field in the table.
func (m *table) rowNames(err error, p *catalog.Product) error {
	fields := fault.FieldsOf(err)
	if len(fields) == 0 {
		return err
	}
	rows := make(map[string]int, len(m.Rows))
	for n, row := range m.Rows {
		rows[row.ID] = n
	}
	named := slices.Clone(fields)
	for i, f := range named {
		of, rest, _ := strings.Cut(strings.TrimPrefix(f.Name, "variants."), ".")
		at, err := strconv.Atoi(of)
		if err != nil || at >= len(p.Variants) || rest == "" {
			continue
		}
		if n, shown := rows[p.Variants[at].ID.String()]; shown {
			named[i].Name = "v." + strconv.Itoa(n) + "." + rest
		}
	}
	if !fault.Is(err, fault.Malformed) {
		return err
	}
	return fault.Invalid(named...)
}

// recall puts the stocks as they are now behind the rows, so that the next save knows them.
func (m *table) recall() {
	for i, row := range m.Rows {
		if v := m.find(row.ID); v != nil {
			m.Rows[i].StockWas = rowOf(*v, m.visit.View.Locale).StockWas
		}
	}
}

// clashRows lists what somebody else has saved meanwhile in the rows of the page, and makes the next
// save a decision. It gives the refusal back, or what went wrong.
func (m *table) clashRows(ctx context.Context, refusal error) error {
	for i, row := range m.Rows {
		v := m.find(row.ID)
		if v == nil {
			continue
		}
		stored := rowOf(*v, m.visit.View.Locale)
		for _, field := range []struct {
			label         string
			theirs, yours *string
		}{{"sku", stored.SKU, row.SKU}, {"price", stored.Price, row.Price}, {"compare_at", stored.CompareAt, row.CompareAt},
			{"stock", stored.Stock, row.Stock}, {"barcode", stored.Barcode, row.Barcode}, {"weight", stored.Weight, row.Weight},
			{"content", stored.Content, row.Content}} {
			if field.yours != nil && *field.theirs != *field.yours {
				m.Clash = append(m.Clash, difference{field.label, m.choice(v) + " · " + m.visit.T("products.field."+field.label), *field.theirs, *field.yours})
			}
		}
		m.Rows[i].StockWas = stored.StockWas
	}
	m.Rev = m.Product.Rev
	return firstFailure(m.visit.Shop.Read(ctx, m.readSaved), refusal)
}
