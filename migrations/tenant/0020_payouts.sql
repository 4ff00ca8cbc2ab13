-- What banks paid out, as their files tell it (PGW-23, PGW-29). Texts are bounded so that neither table needs a second
-- one for long values. id is made of the mode, the bank's name for the payout and the currency; key of what names a
-- line at the bank: reading the same twice finds them there.
create table payouts (
	id       uuid primary key,
	mode_id  uuid not null,
	ref      varchar(100) not null,
	currency char(3) not null,
	paid_on  date not null,
	lines    integer not null default 0,
	gross    numeric(19,4) not null default 0,
	fee      numeric(19,4) not null default 0,
	net      numeric(19,4) not null default 0,
	told     numeric(19,4),
	file     varchar(120) not null,
	read_at  timestamptz not null
);
create table payout_lines (
	payout_id  uuid not null references payouts on delete cascade,
	key        uuid not null,
	payment_id uuid,
	kind       varchar(8) not null,
	day        date not null,
	reference  varchar(100) not null,
	gross      numeric(19,4) not null,
	fee        numeric(19,4) not null,
	net        numeric(19,4) not null,
	primary key (payout_id, key)
);
create index payout_lines_payment_idx on payout_lines (payment_id) where payment_id is not null;

-- How a mode's files are read, when its money is awaited, and what its bank is to take: payout.Setup.
alter table payment_modes add column payout jsonb;
-- When the bank was last asked about a payment that was not open any more (PAY-05).
alter table payments add column asked_at timestamptz;
