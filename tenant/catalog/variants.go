package catalog

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
)

// VariantQuery says which variants of an article a table shows.
type VariantQuery struct {
	Options map[string]string // option → value; "" for any
	IDs     []VariantID       // only these; nil for all
	Page    int               // from 1
	PerPage int
}

// VariantPage is one page of an article's variants, in their order.
type VariantPage struct {
	Variants []Variant
	Total    int // that match
	All      int // that the article has
}

// Variants reads a page of the variants of an article, in one query that costs the same on an
// article with 50,000 of them as counting them does (CAT-06).
func Variants(tx tenant.Tx, p ProductID, q VariantQuery) (VariantPage, error) {
	chosen := map[string]string{}
	for code, value := range q.Options {
		if value != "" {
			chosen[code] = value
		}
	}
	options, err := json.Marshal(chosen)
	if err != nil {
		return VariantPage{}, fmt.Errorf("read variants: %w", err)
	}
	var ids []string
	if q.IDs != nil {
		ids = texts(q.IDs)
	}
	var page VariantPage
	var doc []byte
	err = tx.Raw().QueryRow(tx.Context(), `
		with matching as (
			select id, position from variants
			where product_id = $1 and ($2::jsonb = '{}' or options @> $2::jsonb) and ($3::uuid[] is null or id = any($3::uuid[]))
		), page as (
			select id from matching order by position, id limit $4 offset $5
		)
		select (select count(*) from variants where product_id = $1), (select count(*) from matching),
			(select coalesce(jsonb_agg(`+variantDoc+` order by v.position, v.id), '[]') from variants v join page using (id))`,
		p.String(), string(options), ids, max(q.PerPage, 1), (max(q.Page, 1)-1)*q.PerPage).Scan(&page.All, &page.Total, &doc)
	if err != nil {
		return VariantPage{}, fmt.Errorf("read variants: %w", err)
	}
	var rows []variantRow
	if err := json.Unmarshal(doc, &rows); err != nil {
		return VariantPage{}, fmt.Errorf("read variants: %w", err)
	}
	for _, r := range rows {
		page.Variants = append(page.Variants, r.variant(nil))
	}
	return page, nil
}

// SaveVariants writes some of the variants of an article, which it must have, and leaves the others
// alone; pieces are stock's to change. rev is the article's revision they were read with; the article
// gets the next. The caller has checked them.
//
// Errors: ErrProduct; ErrStale; ErrVariant for one the article does not have; ErrSKUTaken, ErrSameOptions.
func SaveVariants(tx tenant.Tx, p ProductID, rev int, variants []Variant) error {
	revs, err := LockRevs(tx, []ProductID{p})
	if err != nil {
		return err
	}
	switch now, ok := revs[p]; {
	case !ok:
		return ErrProduct
	case now != rev:
		return ErrStale
	}
	ids := make([]VariantID, len(variants))
	for i, v := range variants {
		ids[i] = v.ID
	}
	stored, err := Variants(tx, p, VariantQuery{IDs: ids, PerPage: len(ids)})
	if err != nil {
		return err
	}
	known := make(map[VariantID]*Variant, len(stored.Variants))
	for i := range stored.Variants {
		known[stored.Variants[i].ID] = &stored.Variants[i]
	}
	c, of, renamed := variantColumns{}, &Product{ID: p, UpdatedAt: tx.Now()}, false
	for _, v := range variants {
		was := known[v.ID]
		if was == nil {
			return ErrVariant
		}
		v.Position = was.Position
		renamed = renamed || was.SKU != v.SKU
		if err := c.one(of, was, &v); err != nil {
			return fmt.Errorf("write variants: %w", err)
		}
	}
	return writeVariants(tx, of, &c, renamed)
}

func writeVariants(tx tenant.Tx, of *Product, c *variantColumns, renamed bool) error {
	batch := &pgx.Batch{}
	batch.Queue("update products set rev = rev + 1, updated_at = $2 where id = $1", of.ID.String(), of.UpdatedAt)
	if len(c.ids) > 0 {
		c.touched = []string{of.ID.String()}
	}
	c.queue(batch, []Change{{Before: of, After: of}})
	if renamed {
		batch.Queue(`update product_texts t set folded = ext.fold(t.name || ' ' ||
			(select string_agg(sku, ' ' order by position, id) from variants where product_id = t.product_id)) where t.product_id = $1`, of.ID.String())
	}
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return translate(fmt.Errorf("write variants: %w", err))
	}
	tx.Touch()
	return nil
}

// CheckVariants tells what is wrong with some of an article's variants, as Check does for all;
// fields are named by their place in variants.
func (p *Product) CheckVariants(variants []Variant) error {
	some := *p
	some.Variants = variants
	err := some.Check()
	own := slices.DeleteFunc(slices.Clone(fault.FieldsOf(err)), func(f fault.Field) bool { return !isVariantField(f.Name) })
	if len(own) == 0 {
		return nil
	}
	return fault.Invalid(own...)
}
