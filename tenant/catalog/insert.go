package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/markup"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// InsertAll stores articles that are new, as SaveAll would, for imports of thousands. SaveAll hands
// every statement the whole batch, which is what lets it compare; where there is nothing to compare
// each table is given its own columns only, and once, which is several times faster.
//
// The caller has checked the articles. Errors as for SaveAll.
func InsertAll(tx tenant.Tx, products []*Product) error {
	if len(products) == 0 {
		return nil
	}
	if slices.ContainsFunc(products, func(p *Product) bool { return !p.ID.IsZero() }) {
		panic("catalog: InsertAll of an article that exists")
	}
	s, err := settings.Load(tx)
	if err != nil {
		return err
	}
	for _, p := range products {
		prepare(tx, p)
	}
	if err := assignSlugs(tx, products, s.Languages.Default); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	for _, t := range []func(*pgx.Batch, []*Product) error{insertProducts, insertTexts, insertVariants, insertTies} {
		if err := t(batch, products); err != nil {
			return err
		}
	}
	if err := tx.Raw().SendBatch(tx.Context(), batch).Close(); err != nil {
		return translate(fmt.Errorf("insert articles: %w", err))
	}
	tx.Touch()
	return nil
}

// insertProducts brings the numbers that refresh would compute along.
func insertProducts(batch *pgx.Batch, products []*Product) error {
	type row struct {
		productRow
		PriceMin   decimal.Decimal  `json:"price_min"`
		PriceMax   decimal.Decimal  `json:"price_max"`
		CompareMin *decimal.Decimal `json:"compare_min"`
		Available  bool             `json:"available"`
		Count      int              `json:"variant_count"`
	}
	rows := make([]row, len(products))
	for i, p := range products {
		r := row{productRow: p.row()}
		r.Texts, r.Variants, r.Nodes, r.Pictures, r.Links = nil, nil, nil, nil, nil
		r.PriceMin, r.PriceMax, r.CompareMin, r.Available, r.Count = p.summary()
		rows[i] = r
	}
	doc, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("insert articles: %w", err)
	}
	batch.Queue(`
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
			price_min numeric, price_max numeric, compare_min numeric, available boolean, variant_count int)`, string(doc))
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

func insertTexts(batch *pgx.Batch, products []*Product) error {
	const columns = 11
	c := make([][]string, columns)
	var paths []string
	for _, p := range products {
		skus := ""
		for i, v := range p.Variants {
			if i > 0 {
				skus += " "
			}
			skus += v.SKU
		}
		for l, t := range p.Texts {
			for i, s := range [columns]string{p.ID.String(), string(l), t.Name, t.Slug, t.Summary, t.Body, t.SEOTitle, t.SEODescription,
				markup.Plain(t.Body), searchConfig(l), p.Code + "\n" + skus} {
				c[i] = append(c[i], s)
			}
			paths = append(paths, "product/"+string(l)+"/"+t.Slug)
		}
	}
	batch.Queue(`
		insert into product_texts (product_id, locale, name, slug, summary, body, seo_title, seo_description, folded, search)
		select id::uuid, locale, name, slug, summary, body, seo_title, seo_description,
			ext.fold(name || ' ' || split_part(codes, E'\n', 2)),
			setweight(to_tsvector(config::regconfig, ext.fold(name)), 'A')
				|| setweight(to_tsvector('simple', ext.fold(split_part(codes, E'\n', 1))), 'B')
				|| setweight(to_tsvector(config::regconfig, ext.fold(summary)), 'B')
				|| setweight(to_tsvector(config::regconfig, ext.fold(left(plain, 20000))), 'C')
		from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
			$10::text[], $11::text[]) as t(id, locale, name, slug, summary, body, seo_title, seo_description, plain, config, codes)`,
		c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10])
	batch.Queue("delete from redirects where path = any($1)", paths)
	return nil
}

// variantColumns are the rows of variants, column by column.
type variantColumns struct {
	ids, products, skus, barcodes, options, keys, prices []string
	compares, costs, pictures                            []*string
	weights, positions, onHand, lowAt, reorder           []int32
	active, tracked, backorder                           []bool
	at                                                   []time.Time
	moves, moved                                         []string // of the ledger
	pieces                                               []int32
}

func insertVariants(batch *pgx.Batch, products []*Product) error {
	var c variantColumns
	for _, p := range products {
		for i, v := range p.Variants {
			if err := c.add(p, i, v); err != nil {
				return err
			}
		}
	}
	batch.Queue(`
		insert into variants (id, product_id, sku, barcode, options, option_key, price, compare_at, cost, weight_g, media_id,
			position, active, tracked, backorder, on_hand, low_at, reorder_qty, created_at, updated_at)
		select id::uuid, product::uuid, sku, barcode, options::jsonb, option_key, price::numeric, compare_at::numeric, cost::numeric,
			weight_g, media::uuid, position, active, tracked, backorder, on_hand, low_at, reorder_qty, at, at
		from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
			$10::int[], $11::text[], $12::int[], $13::bool[], $14::bool[], $15::bool[], $16::int[], $17::int[], $18::int[], $19::timestamptz[])
			as v(id, product, sku, barcode, options, option_key, price, compare_at, cost, weight_g, media, position, active, tracked,
				backorder, on_hand, low_at, reorder_qty, at)`,
		c.ids, c.products, c.skus, c.barcodes, c.options, c.keys, c.prices, c.compares, c.costs, c.weights, c.pictures, c.positions,
		c.active, c.tracked, c.backorder, c.onHand, c.lowAt, c.reorder, c.at)
	if len(c.moves) > 0 {
		batch.Queue(`
			insert into stock_moves (id, variant_id, at, on_hand, reason, ref)
			select id::uuid, variant::uuid, $4, pieces, $5, 'new' from unnest($1::text[], $2::text[], $3::int[]) as m(id, variant, pieces)`,
			c.moves, c.moved, c.pieces, products[0].UpdatedAt, string(stock.ReasonCount))
	}
	return nil
}

func (c *variantColumns) add(p *Product, position int, v Variant) error {
	options := []byte("{}")
	if len(v.Options) > 0 {
		var err error
		if options, err = json.Marshal(v.Options); err != nil {
			return fmt.Errorf("insert variant: %w", err)
		}
	}
	c.ids, c.products = append(c.ids, v.ID.String()), append(c.products, p.ID.String())
	c.skus, c.barcodes = append(c.skus, v.SKU), append(c.barcodes, v.Barcode)
	c.options, c.keys = append(c.options, string(options)), append(c.keys, OptionKey(v.Options))
	c.prices, c.compares = append(c.prices, v.Price.String()), append(c.compares, textOf(v.CompareAt))
	c.costs, c.weights = append(c.costs, textOf(v.Cost)), append(c.weights, int32(v.WeightG))
	var picture *string
	if v.Picture != nil {
		s := v.Picture.String()
		picture = &s
	}
	c.pictures, c.positions = append(c.pictures, picture), append(c.positions, int32(position))
	c.active, c.tracked, c.backorder = append(c.active, v.Active), append(c.tracked, v.Tracked), append(c.backorder, v.Backorder)
	c.onHand, c.lowAt, c.reorder = append(c.onHand, int32(v.OnHand)), append(c.lowAt, int32(v.LowAt)), append(c.reorder, int32(v.Reorder))
	c.at = append(c.at, p.UpdatedAt)
	if v.OnHand != 0 {
		c.moves, c.moved = append(c.moves, id.New[stock.Variant]().String()), append(c.moved, v.ID.String())
		c.pieces = append(c.pieces, int32(v.OnHand))
	}
	return nil
}

func textOf(n *decimal.Decimal) *string {
	if n == nil {
		return nil
	}
	s := n.String()
	return &s
}

// insertTies ties articles to their nodes, pictures and to each other.
func insertTies(batch *pgx.Batch, products []*Product) error {
	var nodes, pictures, links [4][]string
	add := func(to *[4][]string, cells ...string) {
		for i, s := range cells {
			to[i] = append(to[i], s)
		}
	}
	for _, p := range products {
		for i, n := range p.Nodes {
			add(&nodes, p.ID.String(), n.String(), strconv.Itoa(i))
		}
		for i, m := range p.Pictures {
			add(&pictures, p.ID.String(), m.Media.String(), strconv.Itoa(i), m.Option)
		}
		for i, l := range p.Links {
			add(&links, p.ID.String(), l.Other.String(), strconv.Itoa(i), string(l.Kind))
		}
	}
	if len(nodes[0]) > 0 {
		batch.Queue(`insert into product_nodes (product_id, node_id, position)
			select a::uuid, b::uuid, n::int from unnest($1::text[], $2::text[], $3::text[]) as t(a, b, n) on conflict do nothing`,
			nodes[0], nodes[1], nodes[2])
	}
	if len(pictures[0]) > 0 {
		batch.Queue(`insert into product_media (product_id, media_id, position, option_ref)
			select a::uuid, b::uuid, n::int, o from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t(a, b, n, o) on conflict do nothing`,
			pictures[0], pictures[1], pictures[2], pictures[3])
	}
	if len(links[0]) > 0 {
		batch.Queue(`insert into product_links (product_id, other_id, position, kind)
			select a::uuid, b::uuid, n::int, k from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t(a, b, n, k) on conflict do nothing`,
			links[0], links[1], links[2], links[3])
	}
	return nil
}
