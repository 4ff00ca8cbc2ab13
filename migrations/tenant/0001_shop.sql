-- The shop itself: its version, settings, people, media and journal.

create table schema_version (
	only_row   boolean primary key default true check (only_row),
	version    integer not null,
	applied_at timestamptz not null default now()
);

-- One row: what every cached page depends on. A committed write that changes what an anonymous
-- visitor can see raises it, so that no page made before is served after.
create table page_version (
	only_row boolean primary key default true check (only_row),
	n        bigint not null default 1
);
insert into page_version default values;

-- Typed documents (identity, languages, currencies, tax …), one row each; rev guards edits.
create table settings (
	name       text primary key,
	doc        jsonb not null,
	rev        integer not null default 1,
	updated_at timestamptz not null
);

-- Number series that people read: orders, later invoices and credit notes.
create table counters (
	name text primary key,
	n    bigint not null
);

create table customers (
	id              uuid primary key,
	email           text not null,
	name            text not null default '',
	phone           text not null default '',
	locale          text not null,
	password_hash   text not null default '',
	profile         text not null default 'anonymous',
	accepts_news    boolean not null default false,
	note            text not null default '',
	created_at      timestamptz not null,
	updated_at      timestamptz not null,
	last_sign_in_at timestamptz,
	blocked_at      timestamptz
);
create unique index customers_email_key on customers (lower(email));
create index customers_created_idx on customers (created_at desc, id);

create table addresses (
	id               uuid primary key,
	customer_id      uuid not null references customers on delete cascade,
	address          jsonb not null,
	default_billing  boolean not null default false,
	default_delivery boolean not null default false,
	created_at       timestamptz not null
);
create index addresses_customer_idx on addresses (customer_id);

-- A shopper's browser: a guest with a cart or a customer who signed in. Only the digest of the
-- cookie is kept. entered_at decides who may stay during maintenance 1.
create table sessions (
	digest      bytea primary key,
	customer_id uuid references customers on delete cascade,
	data        jsonb not null default '{}',
	entered_at  timestamptz not null,
	seen_at     timestamptz not null,
	expires_at  timestamptz not null
);
create index sessions_customer_idx on sessions (customer_id) where customer_id is not null;
create index sessions_expires_idx on sessions (expires_at);

-- Single-use links sent by mail: password reset, invitation.
create table tokens (
	digest      bytea primary key,
	purpose     text not null,
	customer_id uuid not null references customers on delete cascade,
	expires_at  timestamptz not null,
	used_at     timestamptz
);

create table media (
	id           uuid primary key,
	kind         text not null check (kind in ('image', 'file')),
	state        text not null check (state in ('pending', 'ready', 'failed')),
	key          text not null default '',
	file_name    text not null default '',
	content_type text not null default '',
	bytes        bigint not null default 0,
	width        integer not null default 0,
	height       integer not null default 0,
	sizes        jsonb not null default '[]',
	alt          jsonb not null default '{}',
	source_url   text not null default '',
	problem      text not null default '',
	digest       bytea,
	created_at   timestamptz not null
);
create index media_created_idx on media (created_at desc, id);
create index media_source_idx on media (source_url) where source_url <> '';

-- Who did what, with the state before and after. Only ever appended to.
create table audit (
	id         uuid primary key,
	at         timestamptz not null,
	actor_kind text not null,
	actor_id   text not null default '',
	actor_name text not null default '',
	action     text not null,
	subject    text not null default '',
	before     jsonb,
	after      jsonb
);
create index audit_at_idx on audit (at desc);
create index audit_subject_idx on audit (subject, at desc);

-- Old addresses of pages, for the 301 after a rename or a move.
create table redirects (
	path       text primary key,
	noun       text not null,
	noun_id    uuid not null,
	locale     text not null,
	created_at timestamptz not null
);

-- Background work with progress that a person waits for: imports, exports, bulk edits.
create table runs (
	id          uuid primary key,
	kind        text not null,
	state       text not null check (state in ('checking', 'checked', 'running', 'done', 'failed', 'undone', 'cancelled')),
	input       jsonb not null default '{}',
	report      jsonb not null default '{}',
	cursor      bigint not null default 0,
	total       bigint not null default 0,
	file_key    text not null default '',
	undo_key    text not null default '',
	actor       jsonb not null default '{}',
	created_at  timestamptz not null,
	updated_at  timestamptz not null,
	finished_at timestamptz
);
create index runs_kind_idx on runs (kind, created_at desc);
