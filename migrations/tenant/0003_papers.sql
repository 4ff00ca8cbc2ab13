-- What is bought: carts, orders, payments, parcels, mails.

-- lines: [{id, variant_id, qty, added_at}], removed: the last removed line for "undo".
create table carts (
	id          uuid primary key,
	digest      bytea not null,
	customer_id uuid references customers on delete set null,
	lines       jsonb not null default '[]',
	removed     jsonb,
	checkout    jsonb not null default '{}',
	locale      text not null default '',
	display     text not null default '',
	order_id    uuid,
	rev         integer not null default 1,
	created_at  timestamptz not null,
	updated_at  timestamptz not null,
	expires_at  timestamptz not null,
	constraint carts_digest_key unique (digest)
);
create index carts_customer_idx on carts (customer_id) where customer_id is not null;
create index carts_expires_idx on carts (expires_at);

-- Instances of payment and shipping modes. kind names the strategy (its Key), config is what the
-- strategy's form declares, secrets is sealed.
create table payment_modes (
	id         uuid primary key,
	kind       text not null,
	names      jsonb not null,
	texts      jsonb not null default '{}',
	config     jsonb not null default '{}',
	secrets    text not null default '',
	scope      jsonb not null default '{}',
	active     boolean not null default true,
	test       boolean not null default false,
	position   integer not null default 0,
	rev        integer not null default 1,
	created_at timestamptz not null,
	updated_at timestamptz not null
);

create table shipping_modes (
	id         uuid primary key,
	kind       text not null,
	names      jsonb not null,
	texts      jsonb not null default '{}',
	config     jsonb not null default '{}',
	scope      jsonb not null default '{}',
	active     boolean not null default true,
	position   integer not null default 0,
	rev        integer not null default 1,
	created_at timestamptz not null,
	updated_at timestamptz not null
);

-- An order copies every word and number it shows; later edits of the catalogue cannot change it.
create table orders (
	id               uuid primary key,
	number           text not null,
	digest           bytea not null,
	cart_id          uuid,
	place_key        text not null,
	state            text not null check (state in
		('placed', 'paid', 'awaiting_shipment', 'shipped', 'delivered', 'closed', 'cancelled', 'refunded')),
	customer_id      uuid references customers on delete set null,
	guest            boolean not null,
	email            text not null,
	buyer_name       text not null,
	locale           text not null,
	profile          text not null default 'anonymous',
	billing          jsonb not null,
	delivery         jsonb not null,
	currency         char(3) not null,
	display          jsonb not null default '{}',
	shipping_mode_id uuid,
	shipping_label   text not null default '',
	payment_mode_id  uuid,
	payment_kind     text not null default '',
	payment_label    text not null default '',
	goods_net        numeric(19,4) not null,
	shipping_net     numeric(19,4) not null,
	tax              numeric(19,4) not null,
	total            numeric(19,4) not null,
	paid             numeric(19,4) not null default 0,
	refunded         numeric(19,4) not null default 0,
	priced           jsonb not null,
	buyer_note       text not null default '',
	withdrawal       jsonb not null default '{}',
	test             boolean not null default false,
	rev              integer not null default 1,
	placed_at        timestamptz not null,
	updated_at       timestamptz not null,
	archived_at      timestamptz,
	constraint orders_number_key unique (number),
	constraint orders_place_key_key unique (place_key),
	constraint orders_digest_key unique (digest)
);
create index orders_state_idx on orders (state, placed_at desc, id);
create index orders_placed_idx on orders (placed_at desc, id);
create index orders_customer_idx on orders (customer_id, placed_at desc) where customer_id is not null;
create index orders_email_idx on orders (lower(email));

create table order_lines (
	id         uuid primary key,
	order_id   uuid not null references orders on delete cascade,
	position   integer not null,
	product_id uuid,
	variant_id uuid,
	sku        text not null,
	name       text not null,
	options    text not null default '',
	qty        integer not null check (qty > 0),
	unit       numeric(19,4) not null,
	unit_gross boolean not null,
	net        numeric(19,4) not null,
	tax_rate   numeric(7,4) not null,
	tax        numeric(19,4) not null,
	gross      numeric(19,4) not null,
	physical   boolean not null default true,
	shipped    integer not null default 0,
	media_key  text not null default ''
);
create index order_lines_order_idx on order_lines (order_id, position);

-- The timeline: transitions, notes, mails, payments, in the order they happened.
create table order_events (
	id       uuid primary key,
	order_id uuid not null references orders on delete cascade,
	at       timestamptz not null,
	kind     text not null,
	actor    jsonb not null,
	before   text not null default '',
	after    text not null default '',
	note     text not null default '',
	visible  boolean not null default false,
	data     jsonb not null default '{}'
);
create index order_events_order_idx on order_events (order_id, at, id);

-- One row per attempt to pay an order; ref is what the bank is told and repeats to us.
create table payments (
	id         uuid primary key,
	order_id   uuid not null references orders on delete cascade,
	mode_id    uuid,
	kind       text not null,
	ref        text not null,
	state      text not null check (state in
		('created', 'pending', 'authorised', 'captured', 'failed', 'cancelled', 'part_refunded', 'refunded', 'review')),
	amount     numeric(19,4) not null,
	currency   char(3) not null,
	captured   numeric(19,4) not null default 0,
	refunded   numeric(19,4) not null default 0,
	bank_ref   text not null default '',
	reason     text not null default '',
	test       boolean not null default false,
	created_at timestamptz not null,
	updated_at timestamptz not null,
	constraint payments_ref_key unique (ref)
);
create index payments_order_idx on payments (order_id, created_at);
create index payments_open_idx on payments (created_at) where state in ('created', 'pending');

-- The payment ledger, only ever appended to; notice_id makes a repeated notice harmless and
-- digest tells a repetition from a contradiction.
create table payment_events (
	id         uuid primary key,
	payment_id uuid references payments on delete cascade,
	gateway    text not null,
	notice_id  text not null,
	digest     bytea not null,
	at         timestamptz not null,
	source     text not null,
	event      text not null,
	before     text not null default '',
	after      text not null default '',
	amount     numeric(19,4),
	currency   char(3),
	outcome    text not null,
	message    jsonb not null default '{}',
	constraint payment_events_notice_key unique (gateway, notice_id)
);
create index payment_events_payment_idx on payment_events (payment_id, at);

create table shipments (
	id           uuid primary key,
	order_id     uuid not null references orders on delete cascade,
	carrier      text not null default '',
	tracking     text not null default '',
	tracking_url text not null default '',
	lines        jsonb not null,
	state        text not null check (state in ('shipped', 'delivered', 'returned')),
	shipped_at   timestamptz not null,
	delivered_at timestamptz
);
create index shipments_order_idx on shipments (order_id);

create table mails (
	id         uuid primary key,
	order_id   uuid references orders on delete cascade,
	kind       text not null,
	recipient  text not null,
	locale     text not null,
	state      text not null check (state in ('queued', 'sent', 'failed')),
	attempts   integer not null default 0,
	problem    text not null default '',
	data       jsonb not null default '{}',
	created_at timestamptz not null,
	sent_at    timestamptz
);
create index mails_order_idx on mails (order_id) where order_id is not null;
create index mails_created_idx on mails (created_at desc);
