-- Cards that banks keep for customers (PGW-32). Short columns on purpose: without a TOAST table an empty shop stays small.
-- token is sealed (package secret); wording is the version of the words the customer agreed to, in the language he read.
create table saved_cards (
	customer_id uuid not null references customers on delete cascade,
	id          uuid not null, -- of the payment the card was first used for
	mode_id     uuid not null,
	test        boolean not null,
	token       varchar(340) not null,
	brand       varchar(60) not null,
	last        varchar(4) not null,
	expiry      varchar(5) not null,
	wording     varchar(12) not null,
	agreed_at   timestamptz not null,
	primary key (customer_id, id)
);

-- What the buyer wants besides paying: {owner, agreed: {at, wording}} to have his card kept, {owner, card} to pay with one that is.
alter table payments add column saving jsonb;
