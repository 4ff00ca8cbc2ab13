-- What is awaited: by customers, from suppliers, and by the merchant who wants to be told in time.

-- pending and on_order are sums of the ledger like on_hand and reserved. supplier: {id, ref, price}.
alter table variants
	add column pending  integer not null default 0,
	add column on_order integer not null default 0,
	add column supplier jsonb not null default '{}';
alter table stock_moves
	add column pending  integer not null default 0,
	add column on_order integer not null default 0,
	add column note     text not null default '';
create index stock_moves_ref_idx on stock_moves (ref) where ref <> '';

-- How many of each variant may be promised before they are there, while available_on is to come (STK-04).
alter table products add column preorder_limit integer,
	add constraint products_preorder_positive check (preorder_limit > 0);
alter table order_lines add column expected_on date;

-- How a family's articles tell their stock, where they do not say themselves (STK-01).
alter table nodes add column show_stock text not null default '',
	add constraint nodes_show_stock_check check (show_stock in ('', 'exact', 'level', 'hidden'));

-- doc: {email, phone, contact, address, customer_number, note, days}.
create table suppliers (
	id         uuid primary key,
	name       text not null,
	doc        jsonb not null default '{}',
	active     boolean not null default true,
	rev        integer not null default 1,
	created_at timestamptz not null,
	updated_at timestamptz not null
);

-- lines: [{variant, sku, name, options, ref, qty, price, received}],
-- receipts: [{key, at, note, number, actor, lines: [{variant, qty, cost}]}].
create table supply_orders (
	id          uuid primary key,
	number      text not null,
	supplier_id uuid references suppliers on delete restrict,
	state       text not null check (state in ('draft', 'ordered', 'part_received', 'received', 'cancelled')),
	lines       jsonb not null default '[]',
	receipts    jsonb not null default '[]',
	note        text not null default '',
	expected_on date,
	rev         integer not null default 1,
	created_at  timestamptz not null,
	ordered_at  timestamptz,
	updated_at  timestamptz not null,
	constraint supply_orders_number_key unique (number)
);

-- Orders that wait already: what has not left is pending.
insert into stock_moves (id, variant_id, at, pending, reason, ref)
select gen_random_uuid(), l.variant_id, o.placed_at, sum(l.qty), 'ordered', o.id::text
from orders o join order_lines l on l.order_id = o.id join variants v on v.id = l.variant_id
where o.state in ('placed', 'paid', 'awaiting_shipment') and v.tracked
	and not exists (select from stock_moves m where m.ref = o.id::text and m.reason = 'sold')
group by l.variant_id, o.placed_at, o.id;
update variants v set pending = m.pending
from (select variant_id, sum(pending) as pending from stock_moves group by variant_id) m
where m.variant_id = v.id and m.pending <> 0;
