package catalog

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

// likeness is how near a misspelt word must be (pg_trgm.word_similarity_threshold): at 0.6, the
// default, "kafemule" does not find "Kaffeemühle".
const likeness = 0.3

// List reads one page of a list: one query, one more for facets, one more when a search had to
// look for likenesses.
func List(tx tenant.Tx, q Query) (Listing, error) {
	q.Search = strings.TrimSpace(q.Search)
	q.Page, q.PerPage = min(max(q.Page, 1), MaxPage), min(max(q.PerPage, 1), 200)
	found, err := q.read(tx, false)
	if err != nil {
		return Listing{}, err
	}
	exact := found.Total > 0
	if !exact && q.Page > 1 { // past the end of a list, or of one that is found by likeness only
		first := q
		first.Page, first.PerPage = 1, 1
		some, err := first.read(tx, false)
		if err != nil {
			return Listing{}, err
		}
		exact = some.Total > 0
	}
	if !exact && q.Search != "" {
		if err := tx.DB().Exec(fmt.Sprintf("set local pg_trgm.word_similarity_threshold = %v", likeness)).Error; err != nil {
			return Listing{}, fmt.Errorf("set likeness: %w", err)
		}
		if found, err = q.read(tx, true); err != nil {
			return Listing{}, err
		}
		found.Loose = found.Total > 0
	}
	if q.Facets && found.Total > 0 {
		if found.Facets, err = q.countFacets(tx, found.Loose); err != nil {
			return Listing{}, err
		}
	}
	return found, nil
}

// read reads the cards of the page and the number of all.
func (q Query) read(tx tenant.Tx, loose bool) (Listing, error) {
	c := &conditions{}
	locale, fallback := c.arg(string(q.Locale)), c.arg(string(q.Fallback))
	q.scope(c, tx.Now(), loose)
	q.narrow(c, "")
	order := q.order(c, loose)
	rows, err := tx.Raw().Query(tx.Context(), fmt.Sprintf(`
		with page as (
			select p.*, count(*) over () as total, row_number() over (order by %[3]s) as place
			from products p `+q.textsIf(c, q.Search != "" || q.Sort == ByName)+`
			where %[2]s
			order by %[3]s limit %[4]s offset %[5]s
		)
		select page.id::text, page.code, page.state, t.name, t.slug, t.locale, t.summary, page.kind, page.tax_class,
			page.price_gross, page.prices, page.measure, page.price_min::text, page.price_max::text, page.compare_min::text, page.available,
			page.variant_count, page.flags, `+stock.Announced("page")+`, page.rating::text, page.total,
			case when m.id is not null then jsonb_build_object('id', m.id, 'key', m.key, 'width', m.width,
				'height', m.height, 'sizes', m.sizes, 'alt', m.alt) end,
			v.lone::text, coalesce(v.left_over, 0), coalesce(v.low_at, 0),
			case when page.options @> '[{"kind": "extra", "required": true}]' then page.options end,
			array(select node_id::text from product_nodes pn where pn.product_id = page.id), `+stock.Shown("page")+`, v.content::text,
			case when page.prices <> '[]' or page.compare_min is not null or v.moved then `+offersDoc+` end
		from page %[1]s
		left join media c on c.id = page.cover_id and c.state = 'ready'
		left join lateral (
			select pm.media_id from product_media pm join media usable on usable.id = pm.media_id and usable.state = 'ready'
			where c.id is null and pm.product_id = page.id
			order by pm.position, pm.media_id limit 1) later on true
		left join media m on m.id = coalesce(c.id, later.media_id)
		left join lateral (
			select sum(greatest(0, on_hand - reserved))::bigint as left_over, max(low_at) as low_at,
				bool_or(past_prices <> '[]') as moved,
				(array_agg(content order by price, position))[1] as content,
				case when count(*) = 1 then (array_agg(id))[1] end as lone
			from variants where product_id = page.id and active) v on true
		order by page.place`,
		bestText("page", locale, fallback), c.sql(), order, c.arg(q.PerPage), c.arg((q.Page-1)*q.PerPage)), c.args...)
	if err != nil {
		return Listing{}, fmt.Errorf("read list: %w", err)
	}
	return collect(rows)
}

// bestText joins, as t, the text of an article that a reader is shown.
func bestText(article, locale, fallback string) string {
	return fmt.Sprintf(`join lateral (
		select * from product_texts t where t.product_id = %s.id
		order by t.locale = %s desc, t.locale = %s desc, t.locale limit 1) t on true`, article, locale, fallback)
}

// textsIf is bestText for a list that is found or ordered by its texts. Any other is counted without: the
// texts of a page are 24, those of its family thousands.
func (q Query) textsIf(c *conditions, needed bool) string {
	if !needed {
		return ""
	}
	return bestText("p", c.arg(string(q.Locale)), c.arg(string(q.Fallback)))
}

func collect(rows pgx.Rows) (Listing, error) {
	defer rows.Close()
	var found Listing
	for rows.Next() {
		var card Card
		var id, locale string
		var lone *string
		var priceMin, priceMax string
		var compare, rating, content *string
		var flags, cover, options, prices, offers []byte
		var nodes []string
		err := rows.Scan(&id, &card.Code, (*string)(&card.State), &card.Name, &card.Slug, &locale, &card.Summary, (*string)(&card.Kind), &card.TaxClass,
			&card.PriceGross, &prices, (*string)(&card.Measure), &priceMin, &priceMax, &compare, &card.Available,
			&card.Variants, &flags, &card.AvailableOn, &rating, &found.Total, &cover, &lone, &card.OnHand, &card.LowAt, &options, &nodes,
			(*string)(&card.Shown), &content, &offers)
		if err != nil {
			return Listing{}, fmt.Errorf("read card: %w", err)
		}
		if err := card.fill(id, locale, lone, priceMin, priceMax, compare, rating, flags, cover); err != nil {
			return Listing{}, err
		}
		if card.content, err = optional(content); err != nil {
			return Listing{}, err
		}
		if err := card.offered(prices, offers); err != nil {
			return Listing{}, err
		}
		if card.Required, err = requiredOf(options); err != nil {
			return Listing{}, fmt.Errorf("read card %s: %w", card.Code, err)
		}
		card.Nodes = make([]NodeID, len(nodes))
		for i, text := range nodes {
			if card.Nodes[i], err = idOf[Node](text); err != nil {
				return Listing{}, err
			}
		}
		found.Cards = append(found.Cards, card)
	}
	if err := rows.Err(); err != nil {
		return Listing{}, fmt.Errorf("read list: %w", err)
	}
	return found, nil
}

// fill turns what Postgres gave as text into the card's values.
func (c *Card) fill(id, locale string, lone *string, priceMin, priceMax string, compare, rating *string, flags, cover []byte) (err error) {
	if c.ID, err = idOf[Product](id); err != nil {
		return err
	}
	c.SlugLocale = i18n.Locale(locale)
	if lone != nil {
		v, err := idOf[stock.Variant](*lone)
		if err != nil {
			return err
		}
		c.Lone = &v
	}
	if c.PriceMin, err = number(priceMin); err != nil {
		return err
	}
	if c.PriceMax, err = number(priceMax); err != nil {
		return err
	}
	if c.CompareMin, err = optional(compare); err != nil {
		return err
	}
	if c.Rating, err = optional(rating); err != nil {
		return err
	}
	if err := json.Unmarshal(flags, &c.Flags); err != nil {
		return fmt.Errorf("read flags of %s: %w", c.Code, err)
	}
	if len(cover) > 0 {
		c.Cover = new(Cover)
		if err := json.Unmarshal(cover, c.Cover); err != nil {
			return fmt.Errorf("read cover of %s: %w", c.Code, err)
		}
	}
	return nil
}

func idOf[T any](text string) (id.Of[T], error) {
	x, err := id.Parse[T](text)
	if err != nil {
		return x, fmt.Errorf("read id: %w", err)
	}
	return x, nil
}

func number(text string) (decimal.Decimal, error) {
	n, err := decimal.NewFromString(text)
	if err != nil {
		return n, fmt.Errorf("read amount: %w", err)
	}
	return n, nil
}

func optional(text *string) (*decimal.Decimal, error) {
	if text == nil {
		return nil, nil
	}
	n, err := number(*text)
	return &n, err
}
