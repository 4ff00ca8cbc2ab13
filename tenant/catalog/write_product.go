package catalog

import (
	"encoding/json"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// queueProducts writes the articles' own rows. A new one brings along the numbers that refresh
// would compute from its variants; those of one that exists are refresh's.
func queueProducts(batch *pgx.Batch, changes []Change) error {
	type row struct {
		productHead
		PriceMin   decimal.Decimal  `json:"price_min"`
		PriceMax   decimal.Decimal  `json:"price_max"`
		CompareMin *decimal.Decimal `json:"compare_min"`
		Available  bool             `json:"available"`
		Count      int              `json:"variant_count"`
	}
	rows := make([]row, len(changes))
	for i, c := range changes {
		r := row{productHead: c.After.head()}
		if c.Before == nil {
			r.PriceMin, r.PriceMax, r.CompareMin, r.Available, r.Count = c.After.summary()
		}
		rows[i] = r
	}
	doc, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	batch.Queue(upsert(changes, `
		insert into products (id, code, state, kind, tax_class, price_gross, options, flags, panel_ids, main_node_id,
			available_on, rating, unit, show_stock, cover_id, position, rev, created_at, updated_at, published_at,
			price_min, price_max, compare_min, available, variant_count)
		select id, code, state, kind, tax_class, price_gross, coalesce(options, '[]'), flags, coalesce(panel_ids, '{}'), main_node_id,
			available_on, rating, unit, show_stock, cover_id, position, rev, created_at, updated_at, published_at,
			price_min, price_max, compare_min, available, variant_count
		from jsonb_to_recordset($1::text::jsonb) as r(id uuid, code text, state text, kind text, tax_class text,
			price_gross boolean, options jsonb, flags jsonb, panel_ids uuid[], main_node_id uuid, available_on date,
			rating numeric, unit text, show_stock text, cover_id uuid, position int, rev int,
			created_at timestamptz, updated_at timestamptz, published_at timestamptz,
			price_min numeric, price_max numeric, compare_min numeric, available boolean, variant_count int)`, `
		on conflict (id) do update set code = excluded.code, state = excluded.state, kind = excluded.kind,
			tax_class = excluded.tax_class, price_gross = excluded.price_gross, options = excluded.options,
			flags = excluded.flags, panel_ids = excluded.panel_ids, main_node_id = excluded.main_node_id,
			available_on = excluded.available_on, rating = excluded.rating, unit = excluded.unit,
			show_stock = excluded.show_stock, cover_id = excluded.cover_id, position = excluded.position,
			rev = excluded.rev, updated_at = excluded.updated_at, published_at = excluded.published_at`), string(doc))
	return nil
}

// summary is what the article's row repeats of its variants: the rule of refresh.
func (p *Product) summary() (low, high decimal.Decimal, compare *decimal.Decimal, available bool, n int) {
	all := true
	for _, v := range p.Variants {
		all = all && !v.Active
	}
	first := true
	for _, v := range p.Variants {
		if !v.Active && !all {
			continue
		}
		if first || v.Price.LessThan(low) {
			low = v.Price
		}
		if first || v.Price.GreaterThan(high) {
			high = v.Price
		}
		first = false
		if !v.Active {
			continue
		}
		n++
		available = available || v.Buyable(1)
		if v.CompareAt != nil && (compare == nil || v.CompareAt.LessThan(*compare)) {
			compare = v.CompareAt
		}
	}
	return low, high, compare, available, n
}

// refresh writes the numbers of the active variants into their articles ($1, ids); an article
// without one is there and cannot be bought.
const refresh = `
	update products p set price_min = v.price_min, price_max = v.price_max, compare_min = v.compare_min,
		available = v.available, variant_count = v.n
	from (
		select product_id, coalesce(min(price) filter (where active), min(price)) as price_min,
			coalesce(max(price) filter (where active), max(price)) as price_max, min(compare_at) filter (where active) as compare_min,
			bool_or(active and (not tracked or backorder or on_hand > reserved)) as available,
			count(*) filter (where active) as n
		from variants
		where product_id = any($1::uuid[])
		group by product_id
	) v
	where p.id = v.product_id`
