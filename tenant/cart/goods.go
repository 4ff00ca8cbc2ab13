package cart

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
)

// goodsSQL reads what lines are about: one row a variant, with the best text and the first picture
// that can be shown: the variant's, the article's cover, any other of its pictures.
var goodsSQL = `
	select v.id::text, p.id::text, v.sku, t.name, t.slug, t.locale, p.options, v.options, p.kind = 'physical',
		p.state = 'published' and v.active, v.on_hand, v.reserved, v.low_at, v.tracked, v.backorder,
		p.available_on, p.preorder_limit, p.preorder_terms, ` + stock.Shown("p") + `,
		v.price::text, v.compare_at::text, v.past_prices, greatest(v.created_at, p.published_at), p.prices, p.price_gross, p.tax_class, v.weight_g, v.ship_values,
		case when m.id is not null then jsonb_build_object('id', m.id, 'key', m.key, 'width', m.width,
			'height', m.height, 'sizes', m.sizes, 'alt', m.alt) end,
		array(select distinct above::text from product_nodes pn join nodes n on n.id = pn.node_id, unnest(n.path) above
			where pn.product_id = p.id order by 1),
		coalesce((p.flags->>'no_discount')::boolean, false), p.measure, v.content::text
	from variants v
	join products p on p.id = v.product_id
	join lateral (
		select * from product_texts t where t.product_id = p.id
		order by t.locale = $2 desc, t.locale = $3 desc, t.locale limit 1) t on true
	left join lateral (
		select media.* from (
			select v.media_id as id, -2 as place
			union all select p.cover_id, -1
			union all select media_id, position from product_media where product_id = p.id) picture
		join media using (id)
		where media.state = 'ready'
		order by picture.place limit 1) m on true
	where v.id = any($1::uuid[])`

// ReadGoods reads variants as lines show them, in one query; those that do not exist any more are
// absent from the answer.
func ReadGoods(tx tenant.Tx, variants []stock.VariantID, l i18n.Locale) (map[stock.VariantID]Good, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	return ReadGoodsOf(tx, s, variants, l)
}

// ReadGoodsOf is ReadGoods for a caller who has the settings at hand: in a unit of work that writes
// they would be read once more.
func ReadGoodsOf(tx tenant.Tx, s *settings.Settings, variants []stock.VariantID, l i18n.Locale) (map[stock.VariantID]Good, error) {
	found := make(map[stock.VariantID]Good, len(variants))
	if len(variants) == 0 {
		return found, nil
	}
	cur, err := money.ParseCurrency(s.Currencies.Management)
	if err != nil {
		return nil, fmt.Errorf("management currency: %w", err)
	}
	ids := make([]string, len(variants))
	for i, v := range variants {
		ids[i] = v.String()
	}
	rows, err := tx.Raw().Query(tx.Context(), goodsSQL, ids, string(l), string(s.Languages.Default))
	if err != nil {
		return nil, fmt.Errorf("read goods: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r goodRow
		if err := rows.Scan(r.columns()...); err != nil {
			return nil, fmt.Errorf("read goods: %w", err)
		}
		g, err := r.good(cur, l, s.Languages.Default, tx.Now(), s.Rules().Zone)
		if err != nil {
			return nil, fmt.Errorf("read article %s: %w", r.sku, err)
		}
		found[g.Variant] = g
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read goods: %w", err)
	}
	return found, nil
}

// goodRow is one row of goodsSQL.
type goodRow struct {
	variant, product, sku, name, slug, locale string
	options, chosen                           []byte
	physical, forSale                         bool
	level                                     stock.Level
	release                                   release
	terms                                     []byte
	show                                      string
	price                                     string
	compare                                   *string
	past                                      []byte
	since                                     time.Time
	rules                                     []byte
	gross                                     bool
	class                                     string
	weight                                    int
	ship                                      []byte
	picture                                   []byte
	families                                  []string
	blocked                                   bool
	measure                                   string
	content                                   *string
}

func (r *goodRow) columns() []any {
	return []any{
		&r.variant, &r.product, &r.sku, &r.name, &r.slug, &r.locale, &r.options, &r.chosen, &r.physical, &r.forSale,
		&r.level.OnHand, &r.level.Reserved, &r.level.LowAt, &r.level.Tracked, &r.level.Backorder, &r.release.day, &r.release.limit, &r.terms, &r.show,
		&r.price, &r.compare, &r.past, &r.since, &r.rules, &r.gross, &r.class, &r.weight, &r.ship, &r.picture,
		&r.families, &r.blocked, &r.measure, &r.content,
	}
}

func (r *goodRow) good(cur money.Currency, l, fallback i18n.Locale, now time.Time, zone *time.Location) (Good, error) {
	g := Good{
		SKU: r.sku, Name: r.name, Slug: r.slug, SlugLocale: i18n.Locale(r.locale), Physical: r.physical,
		Level: r.level, Show: settings.Show(r.show), Class: pricing.Class(r.class), WeightG: r.weight,
		Families: r.families, Blocked: r.blocked, Measure: catalog.BaseMeasure(r.measure),
		Gross: r.gross, currency: cur,
	}
	var open bool
	open, g.Expected = r.release.at(now, zone, &g.Level)
	g.ForSale = r.forSale && open
	if g.Expected != nil && len(r.terms) > 0 {
		if err := json.Unmarshal(r.terms, &g.Terms); err != nil {
			return g, err
		}
	}
	var err error
	if g.Variant, err = id.Parse[stock.Variant](r.variant); err != nil {
		return g, err
	}
	g.Level.Variant = g.Variant
	if g.Product, err = id.Parse[catalog.Product](r.product); err != nil {
		return g, err
	}
	if err := r.prices(&g); err != nil {
		return g, err
	}
	if r.content != nil {
		content, err := decimal.NewFromString(*r.content)
		if err != nil {
			return g, err
		}
		g.Content = &content
	}
	if err := json.Unmarshal(r.ship, &g.ShipValues); err != nil {
		return g, err
	}
	if len(r.picture) > 0 {
		g.Picture = new(catalog.Cover)
		if err := json.Unmarshal(r.picture, g.Picture); err != nil {
			return g, err
		}
	}
	options, extras, err := catalog.ReadChoices(r.options)
	if err != nil {
		return g, err
	}
	g.offered, g.words = extras, [2]i18n.Locale{l, fallback}
	g.Options, err = chosen(options, r.chosen, l, fallback)
	return g, err
}

// prices reads what the variant costs.
func (r *goodRow) prices(g *Good) (err error) {
	g.own.Variant, g.own.Since = g.Variant, r.since
	if g.own.Price, err = decimal.NewFromString(r.price); err != nil {
		return err
	}
	if r.compare != nil {
		was, err := decimal.NewFromString(*r.compare)
		if err != nil {
			return err
		}
		g.own.CompareAt = &was
	}
	if err := json.Unmarshal(r.past, &g.own.Past); err != nil {
		return err
	}
	return json.Unmarshal(r.rules, &g.rules)
}

// chosen puts the options of a variant into words, in the order of the article.
func chosen(all []catalog.Option, choice []byte, l, fallback i18n.Locale) ([]Option, error) {
	var picked map[string]string
	if err := json.Unmarshal(choice, &picked); err != nil {
		return nil, err
	}
	var words []Option
	for _, o := range all {
		code, ok := picked[o.Code]
		if !ok {
			continue
		}
		value := code
		for _, v := range o.Values {
			if v.Code == code && !v.Name.IsZero() {
				value = v.Name.In(l, fallback)
			}
		}
		words = append(words, Option{Name: cmp.Or(o.Name.In(l, fallback), o.Code), Value: value})
	}
	return words, nil
}
