package catalog

import "echoppe.dev/platform/kit/i18n"

// searchConfigs are the dictionaries Postgres brings for the languages it knows.
var searchConfigs = map[i18n.Locale]string{
	"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
	"fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian",
	"pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}

func searchConfig(l i18n.Locale) string {
	if c, ok := searchConfigs[l.Language()]; ok {
		return c
	}
	return "simple"
}

// saveStatements write a batch of articles, table by table. Each reads the same document ($1, an
// array of productRow). What an article no longer has is deleted; a variant that has been sold
// keeps its history because orders copy what they show.
var saveStatements = []string{
	`insert into products (id, code, state, kind, tax_class, price_gross, options, flags, panel_ids, main_node_id,
		available_on, rating, unit, show_stock, cover_id, position, rev, created_at, updated_at, published_at)
	select id, code, state, kind, tax_class, price_gross, coalesce(options, '[]'), flags, coalesce(panel_ids, '{}'), main_node_id,
		available_on, rating, unit, show_stock, cover_id, position, rev, created_at, updated_at, published_at
	from jsonb_to_recordset($1::jsonb) as r(id uuid, code text, state text, kind text, tax_class text,
		price_gross boolean, options jsonb, flags jsonb, panel_ids uuid[], main_node_id uuid, available_on date,
		rating numeric, unit text, show_stock text, cover_id uuid, position int, rev int,
		created_at timestamptz, updated_at timestamptz, published_at timestamptz)
	on conflict (id) do update set code = excluded.code, state = excluded.state, kind = excluded.kind,
		tax_class = excluded.tax_class, price_gross = excluded.price_gross, options = excluded.options,
		flags = excluded.flags, panel_ids = excluded.panel_ids, main_node_id = excluded.main_node_id,
		available_on = excluded.available_on, rating = excluded.rating, unit = excluded.unit,
		show_stock = excluded.show_stock, cover_id = excluded.cover_id, position = excluded.position,
		rev = excluded.rev, updated_at = excluded.updated_at, published_at = excluded.published_at`,

	`with r as (
		select (p->>'id')::uuid as product_id, t.*
		from jsonb_array_elements($1::jsonb) p, jsonb_to_recordset(coalesce(nullif(p->'texts', 'null'), '[]')) as t(locale text, slug text)
	), old as (
		insert into redirects (path, noun, noun_id, locale, created_at)
		select 'product/' || o.locale || '/' || o.slug, 'product', o.product_id, o.locale, now()
		from product_texts o join r on r.product_id = o.product_id and r.locale = o.locale and r.slug <> o.slug
		on conflict (path) do update set noun_id = excluded.noun_id
	)
	delete from redirects where path in (select 'product/' || locale || '/' || slug from r)`,

	`delete from product_texts t using jsonb_array_elements($1::jsonb) p
	where t.product_id = (p->>'id')::uuid
		and not exists (select from jsonb_array_elements(coalesce(nullif(p->'texts', 'null'), '[]')) x where x->>'locale' = t.locale)`,

	`insert into product_texts (product_id, locale, name, slug, summary, body, seo_title, seo_description, folded, search)
	select (p->>'id')::uuid, t.locale, t.name, t.slug, t.summary, t.body, t.seo_title, t.seo_description,
		ext.fold(t.name || ' ' || (select string_agg(v->>'sku', ' ') from jsonb_array_elements(p->'variants') v)),
		setweight(to_tsvector(t.config::regconfig, ext.fold(t.name)), 'A')
			|| setweight(to_tsvector('simple', ext.fold(p->>'code')), 'B')
			|| setweight(to_tsvector(t.config::regconfig, ext.fold(t.summary)), 'B')
			|| setweight(to_tsvector(t.config::regconfig, ext.fold(left(t.plain, 20000))), 'C')
	from jsonb_array_elements($1::jsonb) p, jsonb_to_recordset(coalesce(nullif(p->'texts', 'null'), '[]')) as t(locale text, name text,
		slug text, summary text, body text, seo_title text, seo_description text, plain text, config text)
	on conflict (product_id, locale) do update set name = excluded.name, slug = excluded.slug,
		summary = excluded.summary, body = excluded.body, seo_title = excluded.seo_title,
		seo_description = excluded.seo_description, folded = excluded.folded, search = excluded.search`,

	`delete from variants v using jsonb_array_elements($1::jsonb) p
	where v.product_id = (p->>'id')::uuid
		and v.id not in (select (x->>'id')::uuid from jsonb_array_elements(p->'variants') x)`,

	// Renaming options or numbers among variants of one article meets the unique keys on the way;
	// the rows are moved out of the way first.
	`update variants v set option_key = 'moving ' || v.id, sku = 'moving ' || v.id
	from jsonb_array_elements($1::jsonb) p, jsonb_array_elements(p->'variants') x
	where v.id = (x->>'id')::uuid and (v.sku <> x->>'sku' or v.option_key <> x->>'option_key')`,

	// The pieces a new variant starts with are the first line of its ledger.
	`with v as (
	insert into variants (id, product_id, sku, barcode, options, option_key, price, compare_at, cost, weight_g,
		media_id, position, active, tracked, backorder, on_hand, low_at, reorder_qty, created_at, updated_at)
	select v.id, (p->>'id')::uuid, v.sku, v.barcode, coalesce(v.options, '{}'), v.option_key, v.price, v.compare_at, v.cost,
		v.weight_g, v.media_id, v.position, v.active, v.tracked, v.backorder, v.on_hand, v.low_at, v.reorder_qty,
		(p->>'updated_at')::timestamptz, (p->>'updated_at')::timestamptz
	from jsonb_array_elements($1::jsonb) p, jsonb_to_recordset(p->'variants') as v(id uuid, sku text, barcode text,
		options jsonb, option_key text, price numeric, compare_at numeric, cost numeric, weight_g int, media_id uuid,
		position int, active boolean, tracked boolean, backorder boolean, on_hand int, low_at int, reorder_qty int)
	on conflict (id) do update set sku = excluded.sku, barcode = excluded.barcode, options = excluded.options,
		option_key = excluded.option_key, price = excluded.price, compare_at = excluded.compare_at,
		cost = excluded.cost, weight_g = excluded.weight_g, media_id = excluded.media_id,
		position = excluded.position, active = excluded.active, tracked = excluded.tracked,
		backorder = excluded.backorder, low_at = excluded.low_at, reorder_qty = excluded.reorder_qty,
		updated_at = excluded.updated_at
	returning id, on_hand, updated_at, xmax = 0 as made
	)
	insert into stock_moves (id, variant_id, at, on_hand, reason, ref)
	select gen_random_uuid(), id, updated_at, on_hand, 'count', 'new' from v where made and on_hand <> 0`,

	`delete from product_nodes n using jsonb_array_elements($1::jsonb) p where n.product_id = (p->>'id')::uuid`,
	`insert into product_nodes (product_id, node_id, position)
	select (p->>'id')::uuid, n.node_id, n.position
	from jsonb_array_elements($1::jsonb) p, jsonb_to_recordset(coalesce(nullif(p->'nodes', 'null'), '[]')) as n(node_id uuid, position int)
	on conflict do nothing`,

	`delete from product_media m using jsonb_array_elements($1::jsonb) p where m.product_id = (p->>'id')::uuid`,
	`insert into product_media (product_id, media_id, position, option_ref)
	select (p->>'id')::uuid, m.media_id, m.position, m.option_ref
	from jsonb_array_elements($1::jsonb) p,
		jsonb_to_recordset(coalesce(nullif(p->'pictures', 'null'), '[]')) as m(media_id uuid, position int, option_ref text)
	on conflict do nothing`,

	linkStatements[0],
	linkStatements[1],

	refresh,
}

// linkStatements replace the links of the articles of the document.
var linkStatements = []string{
	`delete from product_links l using jsonb_array_elements($1::jsonb) p where l.product_id = (p->>'id')::uuid`,
	`insert into product_links (product_id, kind, other_id, position)
	select (p->>'id')::uuid, l.kind, l.other_id, l.position
	from jsonb_array_elements($1::jsonb) p,
		jsonb_to_recordset(coalesce(nullif(p->'links', 'null'), '[]')) as l(kind text, other_id uuid, position int)
	on conflict do nothing`,
}

// refresh writes the numbers of the active variants into their article, for the articles of the
// document; an article without one is there and cannot be bought.
const refresh = `
	update products p set price_min = v.price_min, price_max = v.price_max, compare_min = v.compare_min,
		available = v.available, variant_count = v.n
	from (
		select product_id, coalesce(min(price) filter (where active), min(price)) as price_min,
			coalesce(max(price) filter (where active), max(price)) as price_max, min(compare_at) filter (where active) as compare_min,
			bool_or(active and (not tracked or backorder or on_hand > reserved)) as available,
			count(*) filter (where active) as n
		from variants
		where product_id in (select (x->>'id')::uuid from jsonb_array_elements($1::jsonb) x)
		group by product_id
	) v
	where p.id = v.product_id`
