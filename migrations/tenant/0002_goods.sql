-- What is sold: classifications, articles, variants, texts, stock.

-- "family" is the tree every shop has; brands, authors and the like are further rows.
create table taxonomies (
	id         uuid primary key,
	code       text not null,
	names      jsonb not null,
	tree       boolean not null default false,
	facet      boolean not null default true,
	position   integer not null default 0,
	created_at timestamptz not null,
	constraint taxonomies_code_key unique (code)
);

-- path lists the ids of all ancestors and the node itself, so that "with its descendants" is one
-- indexed condition and depth has no limit.
create table nodes (
	id          uuid primary key,
	taxonomy_id uuid not null references taxonomies on delete cascade,
	parent_id   uuid references nodes on delete restrict,
	path        uuid[] not null,
	position    integer not null default 0,
	visible     boolean not null default true,
	code        text not null,
	media_id    uuid references media on delete set null,
	rev         integer not null default 1,
	created_at  timestamptz not null,
	updated_at  timestamptz not null,
	constraint nodes_code_key unique (taxonomy_id, code),
	constraint nodes_not_own_parent check (parent_id <> id)
);
create index nodes_parent_idx on nodes (taxonomy_id, parent_id, position);
create index nodes_path_idx on nodes using gin (path);

create table node_texts (
	node_id         uuid not null references nodes on delete cascade,
	locale          text not null,
	name            text not null,
	slug            text not null,
	body            text not null default '',
	seo_title       text not null default '',
	seo_description text not null default '',
	primary key (node_id, locale),
	constraint node_texts_slug_key unique (locale, slug)
);

-- price_min … available repeat what the variants say, kept by the same statement that changes a
-- variant, so that a listing of 24 cards reads one table.
create table products (
	id             uuid primary key,
	code           text not null,
	state          text not null check (state in ('draft', 'published', 'archived')),
	kind           text not null default 'physical' check (kind in ('physical', 'digital', 'service')),
	tax_class      text not null default 'standard',
	price_gross    boolean not null default true,
	options        jsonb not null default '[]',
	attributes     jsonb not null default '{}',
	flags          jsonb not null default '{}',
	panel_ids      uuid[] not null default '{}',
	main_node_id   uuid references nodes on delete set null,
	available_on   date,
	rating         numeric(3,2),
	unit           text not null default '',
	show_stock     text not null default '' check (show_stock in ('', 'exact', 'level', 'hidden')),
	cover_id       uuid references media on delete set null,
	price_min      numeric(19,4) not null default 0,
	price_max      numeric(19,4) not null default 0,
	compare_min    numeric(19,4),
	available      boolean not null default false,
	variant_count  integer not null default 0,
	position       integer not null default 0,
	rev            integer not null default 1,
	created_at     timestamptz not null,
	updated_at     timestamptz not null,
	published_at   timestamptz,
	constraint products_code_key unique (code)
);
create index products_state_idx on products (state, created_at desc, id);
create index products_updated_idx on products (updated_at desc, id);

create table product_texts (
	product_id      uuid not null references products on delete cascade,
	locale          text not null,
	name            text not null,
	slug            text not null,
	summary         text not null default '',
	body            text not null default '',
	seo_title       text not null default '',
	seo_description text not null default '',
	folded          text not null default '',
	search          tsvector not null default '',
	primary key (product_id, locale),
	constraint product_texts_slug_key unique (locale, slug)
);
create index product_texts_search_idx on product_texts using gin (search);
create index product_texts_folded_idx on product_texts using gin (folded ext.gin_trgm_ops);

-- option_key is the canonical text of the options ("colour=red;size=m"): the look-up from a
-- choice to its variant is one index probe however many variants an article has.
create table variants (
	id            uuid primary key,
	product_id    uuid not null references products on delete cascade,
	sku           text not null,
	barcode       text not null default '',
	options       jsonb not null default '{}',
	option_key    text not null default '',
	price         numeric(19,4) not null check (price >= 0),
	compare_at    numeric(19,4) check (compare_at >= 0),
	cost          numeric(19,4),
	weight_g      integer not null default 0 check (weight_g >= 0),
	ship_values   jsonb not null default '{}',
	media_id      uuid references media on delete set null,
	position      integer not null default 0,
	active        boolean not null default true,
	tracked       boolean not null default true,
	backorder     boolean not null default false,
	on_hand       integer not null default 0,
	reserved      integer not null default 0 check (reserved >= 0),
	low_at        integer not null default 0,
	reorder_qty   integer not null default 0,
	created_at    timestamptz not null,
	updated_at    timestamptz not null,
	constraint variants_sku_key unique (sku),
	constraint variants_options_key unique (product_id, option_key),
	constraint variants_never_negative check (not tracked or backorder or on_hand >= 0)
);
create index variants_product_idx on variants (product_id, position);

create table product_nodes (
	product_id uuid not null references products on delete cascade,
	node_id    uuid not null references nodes on delete cascade,
	position   integer not null default 0,
	primary key (node_id, product_id)
);
create index product_nodes_product_idx on product_nodes (product_id);

create table product_media (
	product_id uuid not null references products on delete cascade,
	media_id   uuid not null references media on delete cascade,
	position   integer not null default 0,
	option_ref text not null default '',
	primary key (product_id, media_id)
);
create index product_media_media_idx on product_media (media_id);

create table product_links (
	product_id uuid not null references products on delete cascade,
	other_id   uuid not null references products on delete cascade,
	kind       text not null check (kind in ('similar', 'complementary', 'upsell', 'replacement')),
	position   integer not null default 0,
	primary key (product_id, kind, other_id),
	constraint product_links_not_self check (product_id <> other_id)
);

-- Secondary views: titled panels, owned by the shop so that several articles can show one.
create table panels (
	id         uuid primary key,
	shared     boolean not null default false,
	titles     jsonb not null,
	bodies     jsonb not null,
	created_at timestamptz not null,
	updated_at timestamptz not null
);

-- The stock ledger, only ever appended to: on_hand and reserved of a variant are its sums.
create table stock_moves (
	id         uuid primary key,
	variant_id uuid not null references variants on delete cascade,
	at         timestamptz not null,
	on_hand    integer not null default 0,
	reserved   integer not null default 0,
	reason     text not null,
	ref        text not null default '',
	actor      text not null default ''
);
create index stock_moves_variant_idx on stock_moves (variant_id, at desc);

-- A hold belongs to the buyer (his cart), not to an order: a retry replaces it and never
-- competes with itself.
create table stock_holds (
	variant_id uuid not null references variants on delete cascade,
	buyer      uuid not null,
	qty        integer not null check (qty > 0),
	order_id   uuid,
	expires_at timestamptz not null,
	created_at timestamptz not null,
	primary key (buyer, variant_id)
);
create index stock_holds_expires_idx on stock_holds (expires_at);
create index stock_holds_variant_idx on stock_holds (variant_id);

create table pages (
	id         uuid primary key,
	code       text not null,
	kind       text not null default 'info' check (kind in ('info', 'legal', 'contact')),
	visible    boolean not null default true,
	place      text not null default 'footer' check (place in ('header', 'footer', 'none')),
	position   integer not null default 0,
	rev        integer not null default 1,
	created_at timestamptz not null,
	updated_at timestamptz not null,
	constraint pages_code_key unique (code)
);

create table page_texts (
	page_id         uuid not null references pages on delete cascade,
	locale          text not null,
	title           text not null,
	slug            text not null,
	body            text not null default '',
	seo_description text not null default '',
	primary key (page_id, locale),
	constraint page_texts_slug_key unique (locale, slug)
);
