package catalog

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
)

// productColumns are the articles' own rows, column by column.
type productColumns struct {
	ids, codes, states, kinds, taxClasses, options, flags, panels, units, shows []string
	prices, measures                                                            []string
	mainNodes, days, ratings, covers, compares                                  []*string
	gross, available                                                            []bool
	positions, revs, counts                                                     []int32
	created, updated                                                            []time.Time
	published                                                                   []*time.Time
	lows, highs                                                                 []string
}

// queueProducts writes the articles' own rows. A new one brings along the numbers that refresh
// would compute from its variants; those of one that exists are refresh's.
func queueProducts(batch *pgx.Batch, changes []Change) error {
	var c productColumns
	for _, change := range changes {
		if err := c.add(change); err != nil {
			return err
		}
	}
	batch.Queue(upsert(changes, `
		insert into products (id, code, state, kind, tax_class, price_gross, options, flags, panel_ids, main_node_id,
			available_on, rating, unit, show_stock, cover_id, position, rev, created_at, updated_at, published_at,
			price_min, price_max, compare_min, available, variant_count, prices, measure)
		select id::uuid, code, state, kind, tax_class, gross, options::jsonb, flags::jsonb, panels::uuid[], node::uuid,
			day::date, rating::numeric, unit, show, cover::uuid, position, rev, created, updated, published,
			low::numeric, high::numeric, compare::numeric, available, n, prices::jsonb, measure
		from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::text[], $8::text[], $9::text[],
			$10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::int[], $17::int[], $18::timestamptz[],
			$19::timestamptz[], $20::timestamptz[], $21::text[], $22::text[], $23::text[], $24::bool[], $25::int[], $26::text[], $27::text[])
			as p(id, code, state, kind, tax_class, gross, options, flags, panels, node, day, rating, unit, show, cover, position, rev,
				created, updated, published, low, high, compare, available, n, prices, measure)`, `
		on conflict (id) do update set code = excluded.code, state = excluded.state, kind = excluded.kind,
			tax_class = excluded.tax_class, price_gross = excluded.price_gross, options = excluded.options,
			flags = excluded.flags, panel_ids = excluded.panel_ids, main_node_id = excluded.main_node_id,
			available_on = excluded.available_on, rating = excluded.rating, unit = excluded.unit,
			show_stock = excluded.show_stock, cover_id = excluded.cover_id, position = excluded.position,
			rev = excluded.rev, updated_at = excluded.updated_at, published_at = excluded.published_at,
			prices = excluded.prices, measure = excluded.measure`),
		c.ids, c.codes, c.states, c.kinds, c.taxClasses, c.gross, c.options, c.flags, c.panels, c.mainNodes, c.days, c.ratings,
		c.units, c.shows, c.covers, c.positions, c.revs, c.created, c.updated, c.published, c.lows, c.highs, c.compares,
		c.available, c.counts, c.prices, c.measures)
	return nil
}

func (c *productColumns) add(change Change) error {
	p := change.After
	options := []byte("[]")
	if len(p.Options)+len(p.Extras) > 0 {
		var err error
		if options, err = json.Marshal(choices{p.Options, p.Extras}); err != nil {
			return err
		}
	}
	prices := []byte("[]")
	if len(p.Prices) > 0 {
		var err error
		if prices, err = json.Marshal(p.Prices); err != nil {
			return err
		}
	}
	c.prices, c.measures = append(c.prices, string(prices)), append(c.measures, string(p.Measure))
	flags, err := json.Marshal(p.Flags)
	if err != nil {
		return err
	}
	c.ids, c.codes = append(c.ids, p.ID.String()), append(c.codes, p.Code)
	c.states, c.kinds = append(c.states, string(p.State)), append(c.kinds, string(p.Kind))
	c.taxClasses, c.gross = append(c.taxClasses, p.TaxClass), append(c.gross, p.PriceGross)
	c.options, c.flags = append(c.options, string(options)), append(c.flags, string(flags))
	c.panels = append(c.panels, "{"+strings.Join(texts(p.Panels), ",")+"}")
	c.ratings, c.units = append(c.ratings, textOf(p.Rating)), append(c.units, p.Unit)
	c.shows, c.positions = append(c.shows, string(p.ShowStock)), append(c.positions, int32(p.Position))
	c.revs, c.created = append(c.revs, int32(p.Rev)), append(c.created, p.CreatedAt)
	c.updated, c.published = append(c.updated, p.UpdatedAt), append(c.published, p.PublishedAt)
	c.addPointers(p)
	c.addSummary(change)
	return nil
}

// addPointers adds what an article may be without.
func (c *productColumns) addPointers(p *Product) {
	var node, day, cover *string
	if !p.MainNode.IsZero() {
		node = new(p.MainNode.String())
	}
	if p.AvailableOn != nil {
		day = new(p.AvailableOn.Format(time.DateOnly))
	}
	if len(p.Pictures) > 0 {
		cover = new(p.Pictures[0].Media.String())
	}
	c.mainNodes, c.days, c.covers = append(c.mainNodes, node), append(c.days, day), append(c.covers, cover)
}

func (c *productColumns) addSummary(change Change) {
	var low, high decimal.Decimal
	var compare *decimal.Decimal
	var available bool
	var n int
	if change.Before == nil {
		low, high, compare, available, n = change.After.summary()
	}
	c.lows, c.highs = append(c.lows, low.String()), append(c.highs, high.String())
	c.compares, c.available = append(c.compares, textOf(compare)), append(c.available, available)
	c.counts = append(c.counts, int32(n))
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
const refresh = refreshOf + "where product_id = any($1::uuid[])" + refreshBy

// refreshAll does it for all articles.
const refreshAll = refreshOf + refreshBy

const (
	refreshOf = `
	update products p set price_min = v.price_min, price_max = v.price_max, compare_min = v.compare_min,
		available = v.available, variant_count = v.n
	from (
		select product_id, coalesce(min(price) filter (where active), min(price)) as price_min,
			coalesce(max(price) filter (where active), max(price)) as price_max, min(compare_at) filter (where active) as compare_min,
			bool_or(active and (not tracked or backorder or on_hand > reserved)) as available,
			count(*) filter (where active) as n
		from variants
		`
	refreshBy = `
		group by product_id
	) v
	where p.id = v.product_id`
)
