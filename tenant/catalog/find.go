package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

// Find reads one article whole. NotFound when there is none.
func Find(ctx context.Context, shop *tenant.Shop, p ProductID) (*Product, error) {
	var found *Product
	err := shop.Read(ctx, func(tx tenant.Tx) (err error) {
		found, err = FindIn(tx, p)
		return err
	})
	return found, err
}

// FindIn is Find inside a unit of work.
func FindIn(tx tenant.Tx, p ProductID) (*Product, error) {
	return only(FindAll(tx, []ProductID{p}))
}

// find locks the article's row, so that of two editors the second sees the first's revision.
func find(tx tenant.Tx, p ProductID) (*Product, error) {
	var locked []ProductID
	if err := tx.DB().Raw("select id from products where id = ? for update", p).Scan(&locked).Error; err != nil {
		return nil, fmt.Errorf("lock article: %w", err)
	}
	return FindIn(tx, p)
}

// FindAll reads articles whole, in one query, in the order of ids; those that do not exist are
// absent.
func FindAll(tx tenant.Tx, ids []ProductID) ([]*Product, error) { return findAll(tx, findSQL, ids) }

// FindBare is FindIn without the variants, of which an article may have 50,000 (CAT-06).
func FindBare(tx tenant.Tx, p ProductID) (*Product, error) {
	return only(findAll(tx, findBareSQL, []ProductID{p}))
}

// FindAt reads the article of an address, in one query: the address may be its present one in l, that
// of another language or an old one. A reader who did not come by the present one, which stands in
// Texts, should be sent there. An article of more than MaxCells variants comes without any: a page
// shows a few of them, and FindNear reads those. Errors: ErrProduct.
func FindAt(tx tenant.Tx, l i18n.Locale, slug string) (*Product, error) {
	return only(read(tx, findAtSQL, string(l), slug, "product/"+string(l)+"/"+slug))
}

// FindShown is FindAt for one who knows the article's id.
func FindShown(tx tenant.Tx, p ProductID) (*Product, error) {
	return only(findAll(tx, findShownSQL, []ProductID{p}))
}

func findAll(tx tenant.Tx, sql string, ids []ProductID) ([]*Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	text := make([]string, len(ids))
	for i, p := range ids {
		text[i] = p.String()
	}
	return read(tx, sql, text)
}

// only is the one article that was asked for.
func only(found []*Product, err error) (*Product, error) {
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, ErrProduct
	}
	return found[0], nil
}

func read(tx tenant.Tx, sql string, args ...any) ([]*Product, error) {
	rows, err := tx.Raw().Query(tx.Context(), sql, args...)
	if err != nil {
		return nil, fmt.Errorf("read articles: %w", err)
	}
	defer rows.Close()
	var found []*Product
	for rows.Next() {
		var doc []byte
		if err := rows.Scan(&doc); err != nil {
			return nil, fmt.Errorf("read article: %w", err)
		}
		p, err := decode(doc)
		if err != nil {
			return nil, err
		}
		found = append(found, p)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read articles: %w", err)
	}
	return found, nil
}

// findSQL gives one JSON document an article, in the form of productRow: the mirror of what Apply
// writes. findBareSQL leaves the variants out.
var (
	shown = stock.Shown("p")

	findSQL     = findHead + variantsDoc + findTail + findWanted
	findBareSQL = findHead + `'[]'::jsonb` + findTail + findWanted

	findHead = `
	select jsonb_build_object(
		'id', p.id, 'code', p.code, 'state', p.state, 'kind', p.kind, 'tax_class', p.tax_class,
		'price_gross', p.price_gross, 'options', p.options, 'flags', p.flags, 'panel_ids', p.panel_ids,
		'main_node_id', p.main_node_id, 'available_on', p.available_on, 'rating', p.rating::text, 'unit', p.unit,
		'show_stock', p.show_stock, 'prices', p.prices, 'measure', p.measure, 'preorder_limit', p.preorder_limit, 'preorder_terms', p.preorder_terms, 'shown', ` + shown + `, 'position', p.position, 'rev', p.rev,
		'created_at', p.created_at, 'updated_at', p.updated_at, 'published_at', p.published_at,
		'texts', (select coalesce(jsonb_agg(jsonb_build_object('locale', t.locale, 'name', t.name, 'slug', t.slug,
				'summary', t.summary, 'body', t.body, 'seo_title', t.seo_title, 'seo_description', t.seo_description)), '[]')
			from product_texts t where t.product_id = p.id),
		'variants', `
	findTail = `,
		'nodes', (select coalesce(jsonb_agg(jsonb_build_object('node_id', n.node_id) order by n.position), '[]')
			from product_nodes n where n.product_id = p.id),
		'pictures', (select coalesce(jsonb_agg(jsonb_build_object('media_id', m.media_id, 'option_ref', m.option_ref) order by m.position), '[]')
			from product_media m where m.product_id = p.id),
		'links', (select coalesce(jsonb_agg(jsonb_build_object('kind', l.kind, 'other_id', l.other_id) order by l.kind, l.position), '[]')
			from product_links l where l.product_id = p.id))`
	findWanted = `
	from unnest($1::uuid[]) with ordinality as want(id, n) join products p on p.id = want.id
	order by want.n`
	// Who has the address $2 now counts before who had it once ($3), and the language $1 before others.
	findAddressed = `
	from products p where p.id = coalesce(
		(select product_id from product_texts where slug = $2 order by locale <> $1 limit 1),
		(select noun_id from redirects where path = $3))`

	variantsDoc = `(select coalesce(jsonb_agg(` + variantDoc + ` order by v.position, v.id), '[]') from variants v where v.product_id = p.id)`
	variantDoc  = `jsonb_build_object('id', v.id, 'sku', v.sku, 'barcode', v.barcode,
		'options', v.options, 'price', v.price::text, 'compare_at', v.compare_at::text, 'cost', v.cost::text,
		'weight_g', v.weight_g, 'ship_values', v.ship_values, 'media_id', v.media_id, 'position', v.position, 'active', v.active,
		'tracked', v.tracked, 'backorder', v.backorder, 'on_hand', v.on_hand, 'reserved', v.reserved,
		'low_at', v.low_at, 'reorder_qty', v.reorder_qty, 'content', v.content::text, 'past_prices', v.past_prices,
		'created_at', v.created_at)`
)

// fewVariants are the variants of an article that has no more of them than a page may carry.
var (
	fewVariants = fmt.Sprintf(`case when (select count(*) from (select from variants v where v.product_id = p.id limit %d) few) <= %d
		then %s else '[]'::jsonb end`, MaxCells+1, MaxCells, variantsDoc)
	findAtSQL    = findHead + fewVariants + findTail + findAddressed
	findShownSQL = findHead + fewVariants + findTail + findWanted
)

func decode(doc []byte) (*Product, error) {
	var r productRow
	if err := json.Unmarshal(doc, &r); err != nil {
		return nil, fmt.Errorf("read article: %w", err)
	}
	p := &Product{
		ID: r.ID, Code: r.Code, State: r.State, Kind: r.Kind, TaxClass: r.TaxClass, PriceGross: r.PriceGross,
		Options: r.Choices.options, Extras: r.Choices.extras, Flags: r.Flags, Panels: r.PanelIDs, Rating: r.Rating, Unit: r.Unit,
		Prices: r.Prices, Measure: r.Measure,
		ShowStock: r.ShowStock, Shown: r.Shown, Preorder: r.Preorder, Terms: r.Terms, Position: r.Position, Rev: r.Rev,
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), PublishedAt: r.PublishedAt,
		Texts: make(map[i18n.Locale]Text, len(r.Texts)),
	}
	if r.MainNode != nil {
		p.MainNode = *r.MainNode
	}
	if r.AvailableOn != nil {
		day, err := time.Parse(time.DateOnly, *r.AvailableOn)
		if err != nil {
			return nil, fmt.Errorf("read article %s: %w", r.Code, err)
		}
		p.AvailableOn = &day
	}
	for _, t := range r.Texts {
		p.Texts[t.Locale] = Text{Name: t.Name, Slug: t.Slug, Summary: t.Summary, Body: t.Body,
			SEOTitle: t.SEOTitle, SEODescription: t.SEODescription}
	}
	for _, v := range r.Variants {
		p.Variants = append(p.Variants, v.variant(p.PublishedAt))
	}
	for _, n := range r.Nodes {
		p.Nodes = append(p.Nodes, n.Node)
	}
	for _, m := range r.Pictures {
		p.Pictures = append(p.Pictures, Picture{Media: m.Media, Option: m.Option})
	}
	for _, l := range r.Links {
		p.Links = append(p.Links, Link{Kind: l.Kind, Other: l.Other})
	}
	return p, nil
}

// variant is the variant of an article first published then.
func (v variantRow) variant(published *time.Time) Variant {
	since := v.Since.UTC()
	if published != nil && published.After(since) {
		since = published.UTC()
	}
	return Variant{ID: v.ID, SKU: v.SKU, Barcode: v.Barcode, Options: v.Options,
		Price: v.Price, CompareAt: plain(v.CompareAt), Cost: plain(v.Cost), WeightG: v.WeightG, ShipValues: v.Ship, Picture: v.Picture,
		Position: v.Position, Active: v.Active, Tracked: v.Tracked, Backorder: v.Backorder,
		OnHand: v.OnHand, Reserved: v.Reserved, LowAt: v.LowAt, Reorder: v.Reorder,
		Content: plain(v.Content), Past: v.Past, Since: since}
}

// plain drops the zeros numeric(19,4) adds, so that what is read equals what was saved.
func plain(n *decimal.Decimal) *decimal.Decimal {
	if n == nil {
		return nil
	}
	d, _ := decimal.NewFromString(n.String())
	return &d
}
