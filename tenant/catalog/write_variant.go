package catalog

import (
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/stock"
)

// variantColumns are the variants of a batch that change, column by column, and what follows.
type variantColumns struct {
	ids, products, skus, barcodes, options, keys, prices []string
	compares, costs, pictures, contents                  []*string
	ship                                                 []string
	weights, positions, onHand, lowAt, reorder           []int32
	active, tracked, backorder                           []bool
	at                                                   []time.Time
	moves, moved                                         []string // of the ledger
	pieces                                               []int32
	gone                                                 []string // variants an article has no more
	aside                                                []string // variants that get another number or choice
	touched                                              []string // articles that exist and whose variants change
}

// queueVariants writes variants. What an article no longer has is deleted; a variant that has been
// sold keeps its history because orders copy what they show.
func queueVariants(batch *pgx.Batch, changes []Change) error {
	var c variantColumns
	for _, change := range changes {
		if err := c.change(change); err != nil {
			return err
		}
	}
	c.queue(batch, changes)
	return nil
}

// queue writes what was noted for the changes.
func (c *variantColumns) queue(batch *pgx.Batch, changes []Change) {
	if len(c.gone) > 0 {
		batch.Queue("delete from variants where id = any($1::uuid[])", c.gone)
	}
	if len(c.aside) > 0 {
		// Renaming options or numbers among variants of one article meets the unique keys on the way;
		// the rows are moved out of the way first.
		batch.Queue("update variants set option_key = 'moving ' || id, sku = 'moving ' || id where id = any($1::uuid[])", c.aside)
	}
	if len(c.ids) > 0 {
		c.queueRows(batch, changes)
	}
	if len(c.moves) > 0 {
		// The pieces a new variant starts with are the first line of its ledger.
		batch.Queue(`
			insert into stock_moves (id, variant_id, at, on_hand, reason, ref)
			select id::uuid, variant::uuid, $4, pieces, $5, 'new' from unnest($1::text[], $2::text[], $3::int[]) as m(id, variant, pieces)`,
			c.moves, c.moved, c.pieces, changes[0].After.UpdatedAt, string(stock.ReasonCount))
	}
	if len(c.touched) > 0 {
		batch.Queue(refresh, c.touched)
	}
}

func (c *variantColumns) queueRows(batch *pgx.Batch, changes []Change) {
	batch.Queue(upsert(changes, `
		insert into variants (id, product_id, sku, barcode, options, option_key, price, compare_at, cost, weight_g, ship_values, media_id,
			position, active, tracked, backorder, on_hand, low_at, reorder_qty, created_at, updated_at, content)
		select id::uuid, product::uuid, sku, barcode, options::jsonb, option_key, price::numeric, compare_at::numeric, cost::numeric,
			weight_g, ship::jsonb, media::uuid, position, active, tracked, backorder, on_hand, low_at, reorder_qty, at, at, content::numeric
		from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
			$10::int[], $11::text[], $12::int[], $13::bool[], $14::bool[], $15::bool[], $16::int[], $17::int[], $18::int[], $19::timestamptz[], $20::text[], $21::text[])
			as v(id, product, sku, barcode, options, option_key, price, compare_at, cost, weight_g, media, position, active, tracked,
				backorder, on_hand, low_at, reorder_qty, at, ship, content)`, `
		on conflict (id) do update set sku = excluded.sku, barcode = excluded.barcode, options = excluded.options,
			option_key = excluded.option_key, price = excluded.price, compare_at = excluded.compare_at,
			cost = excluded.cost, weight_g = excluded.weight_g, ship_values = excluded.ship_values, media_id = excluded.media_id,
			position = excluded.position, active = excluded.active, tracked = excluded.tracked,
			backorder = excluded.backorder, low_at = excluded.low_at, reorder_qty = excluded.reorder_qty,
			updated_at = excluded.updated_at, content = excluded.content, past_prices = `+pastPrices),
		c.ids, c.products, c.skus, c.barcodes, c.options, c.keys, c.prices, c.compares, c.costs, c.weights, c.pictures, c.positions,
		c.active, c.tracked, c.backorder, c.onHand, c.lowAt, c.reorder, c.at, c.ship, c.contents)
}

// change notes what of an article's variants is to be written.
func (c *variantColumns) change(change Change) error {
	known, before := change.known(), len(c.ids)+len(c.gone)
	for i := range change.After.Variants {
		v := &change.After.Variants[i]
		if err := c.one(change.After, known[v.ID], v); err != nil {
			return err
		}
		delete(known, v.ID)
	}
	for v := range known {
		c.gone = append(c.gone, v.String())
	}
	if change.Before != nil && len(c.ids)+len(c.gone) > before {
		c.touched = append(c.touched, change.After.ID.String())
	}
	return nil
}

// one notes a variant unless it is as it was; was is nil for one that is new.
func (c *variantColumns) one(p *Product, was, v *Variant) error {
	switch {
	case was == nil:
		if v.OnHand != 0 {
			c.moves, c.moved = append(c.moves, id.New[stock.Variant]().String()), append(c.moved, v.ID.String())
			c.pieces = append(c.pieces, int32(v.OnHand))
		}
	case was.same(v):
		return nil
	case was.SKU != v.SKU || OptionKey(was.Options) != OptionKey(v.Options):
		c.aside = append(c.aside, v.ID.String())
	}
	return c.add(p, v)
}

func (c *variantColumns) add(p *Product, v *Variant) error {
	options := []byte("{}")
	if len(v.Options) > 0 {
		var err error
		if options, err = json.Marshal(v.Options); err != nil {
			return err
		}
	}
	c.ids, c.products = append(c.ids, v.ID.String()), append(c.products, p.ID.String())
	c.skus, c.barcodes = append(c.skus, v.SKU), append(c.barcodes, v.Barcode)
	c.options, c.keys = append(c.options, string(options)), append(c.keys, OptionKey(v.Options))
	c.prices, c.compares = append(c.prices, v.Price.String()), append(c.compares, textOf(v.CompareAt))
	ship, err := shipValues(v.ShipValues).text()
	if err != nil {
		return err
	}
	c.ship = append(c.ship, ship)
	c.costs, c.weights = append(c.costs, textOf(v.Cost)), append(c.weights, int32(v.WeightG))
	c.contents = append(c.contents, textOf(v.Content))
	var picture *string
	if v.Picture != nil {
		s := v.Picture.String()
		picture = &s
	}
	c.pictures, c.positions = append(c.pictures, picture), append(c.positions, int32(v.Position))
	c.active, c.tracked, c.backorder = append(c.active, v.Active), append(c.tracked, v.Tracked), append(c.backorder, v.Backorder)
	c.onHand, c.lowAt, c.reorder = append(c.onHand, int32(v.OnHand)), append(c.lowAt, int32(v.LowAt)), append(c.reorder, int32(v.Reorder))
	c.at = append(c.at, p.UpdatedAt)
	return nil
}

func textOf(n *decimal.Decimal) *string {
	if n == nil {
		return nil
	}
	s := n.String()
	return &s
}
