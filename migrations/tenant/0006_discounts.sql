-- Discounts and coupons: the rules, the codes that ask for them, and who used what.

-- rule is the rule as package discount writes it; over_at repeats when it ends, for the one query
-- that reads the rules in force. An archived rule is kept for the orders that used it.
create table discounts (
	id          uuid primary key,
	rule        jsonb not null,
	active      boolean not null default true,
	over_at     timestamptz,
	rev         integer not null default 1,
	created_at  timestamptz not null,
	updated_at  timestamptz not null,
	archived_at timestamptz
);

-- One row for every code of the shop, so that no two discounts share one. A code of a rule is used as
-- often as the rule allows; one issued in bulk once, by the order named.
create table discount_codes (
	code        varchar(64) not null,
	discount_id uuid not null references discounts on delete cascade,
	issued_at   timestamptz, -- null for the codes written in the rule
	order_id    uuid references orders on delete set null,
	constraint discount_codes_pkey primary key (code)
);
create index discount_codes_discount_idx on discount_codes (discount_id) where issued_at is not null;

-- Who used a discount is the order's business: nothing here knows the buyer. A cancelled order gives
-- back what it used, and its rows go.
create table discount_uses (
	discount_id uuid not null references discounts on delete restrict,
	order_id    uuid not null references orders on delete cascade,
	code        varchar(64) not null default '',
	used_at     timestamptz not null,
	constraint discount_uses_pkey primary key (discount_id, order_id, code)
);
create index discount_uses_order_idx on discount_uses (order_id);
