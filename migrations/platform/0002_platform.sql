-- The control plane: shops, their addresses, the people who run them, the journal of the fleet.

create table plans (
	code       text primary key,
	names      jsonb not null,
	quotas     jsonb not null,
	position   integer not null default 0
);
insert into plans (code, names, quotas, position) values
	('free',     '{"fr":"Découverte","en":"Starter","es":"Inicial","de":"Einstieg"}',
	             '{"articles":500,"disk_mb":1024,"staff":3,"mails_day":500}', 1),
	('standard', '{"fr":"Standard","en":"Standard","es":"Estándar","de":"Standard"}',
	             '{"articles":20000,"disk_mb":10240,"staff":15,"mails_day":10000}', 2),
	('large',    '{"fr":"Grand","en":"Large","es":"Grande","de":"Groß"}',
	             '{"articles":500000,"disk_mb":102400,"staff":100,"mails_day":100000}', 3);

-- state "prepared" is an empty shop waiting in the pool for a sign-up.
create table shops (
	id            uuid primary key,
	schema_name   text not null,
	version       integer not null,
	slug          text,
	name          text not null default '',
	plan          text not null default 'free' references plans,
	state         text not null check (state in ('prepared', 'open', 'suspended', 'closed')),
	mode          text not null default 'production' check (mode in ('production', 'maintenance1', 'maintenance2')),
	mode_since    timestamptz,
	mode_doc      jsonb not null default '{}',
	canonical     text not null default 'path' check (canonical in ('path', 'subdomain', 'domain')),
	rev           integer not null default 1,
	created_at    timestamptz not null,
	opened_at     timestamptz,
	problem       text not null default '',
	constraint shops_schema_key unique (schema_name),
	constraint shops_slug_key unique (slug)
);
create index shops_prepared_idx on shops (version, created_at) where state = 'prepared';
create index shops_behind_idx on shops (version) where state <> 'closed';

-- Old names keep leading to the shop.
create table shop_aliases (
	slug       text primary key,
	shop_id    uuid not null references shops on delete cascade,
	created_at timestamptz not null
);

create table domains (
	host        text primary key,
	shop_id     uuid not null references shops on delete cascade,
	token       text not null,
	verified_at timestamptz,
	main        boolean not null default false,
	created_at  timestamptz not null
);
create index domains_shop_idx on domains (shop_id);

-- People who run shops or the platform. One person may work in several shops.
create table accounts (
	id             uuid primary key,
	email          text not null,
	name           text not null default '',
	locale         text not null,
	password_hash  text not null default '',
	operator_role  text not null default '' check (operator_role in ('', 'operator', 'support')),
	verified_at    timestamptz,
	blocked_at     timestamptz,
	created_at     timestamptz not null
);
create unique index accounts_email_key on accounts (lower(email));

create table memberships (
	account_id uuid not null references accounts on delete cascade,
	shop_id    uuid not null references shops on delete cascade,
	role       text not null,
	created_at timestamptz not null,
	primary key (account_id, shop_id)
);
create index memberships_shop_idx on memberships (shop_id);

create table sessions (
	digest     bytea primary key,
	account_id uuid not null references accounts on delete cascade,
	surface    text not null check (surface in ('office', 'console')),
	shop_id    uuid references shops on delete set null,
	data       jsonb not null default '{}',
	agent      text not null default '',
	created_at timestamptz not null,
	seen_at    timestamptz not null,
	expires_at timestamptz not null
);
create index sessions_account_idx on sessions (account_id);
create index sessions_expires_idx on sessions (expires_at);

-- Single-use sign-in, verification and reset links.
create table tokens (
	digest     bytea primary key,
	purpose    text not null,
	account_id uuid not null references accounts on delete cascade,
	data       jsonb not null default '{}',
	expires_at timestamptz not null,
	used_at    timestamptz
);

-- Switches of the whole platform, such as whether sign-up is open.
create table switches (
	name       text primary key,
	doc        jsonb not null,
	updated_at timestamptz not null
);
insert into switches (name, doc, updated_at) values ('signup', '{"open": true}', now());

create table audit (
	id         uuid primary key,
	at         timestamptz not null,
	actor_id   text not null default '',
	actor_name text not null,
	action     text not null,
	shop_id    uuid,
	subject    text not null default '',
	before     jsonb,
	after      jsonb
);
create index audit_at_idx on audit (at desc);
create index audit_shop_idx on audit (shop_id, at desc);
