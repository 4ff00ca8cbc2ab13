-- What is asked for and offered before it is ordered (QUO-01 to QUO-03).

-- asked: what the customer asked for, draft: what the merchant is working on, sent: the version offered:
-- {lines: [{id, variant, product, extras, sku, name, options, qty, unit, proposed}], carriage, remark, until, priced}.
-- choices: where the goods go, and the rates a checkout began with. That a quote has expired is told by
-- valid_until, the last day of the version sent, and by nothing else.
create table quotes (
	id          uuid primary key,
	number      text not null,
	ask_key     text not null,
	state       text not null check (state in ('draft', 'sent', 'accepted', 'refused')),
	customer_id uuid references customers on delete set null,
	name        text not null,
	email       text not null,
	locale      text not null,
	profile     text not null,
	currency    char(3) not null,
	message     text not null default '',
	reason      text not null default '',
	choices     jsonb not null default '{}',
	asked       jsonb,
	draft       jsonb not null,
	sent        jsonb,
	version     integer not null default 0,
	valid_until date,
	order_id    uuid references orders on delete set null,
	rev         integer not null default 1,
	created_at  timestamptz not null,
	updated_at  timestamptz not null,
	sent_at     timestamptz,
	constraint quotes_number_key unique (number),
	constraint quotes_ask_key_key unique (ask_key)
);
create index quotes_customer_idx on quotes (customer_id) where customer_id is not null;
create index quotes_waiting_idx on quotes (id) where state = 'draft';

alter table mails add column quote_id uuid references quotes on delete cascade;
create index mails_quote_idx on mails (quote_id) where quote_id is not null;
