-- By what orders that were fraud can be known again in other shops (FRD-03). Everything is a keyed hash: of a mail
-- address, a phone number, a network or a door; of the shop that said so; of the order it said it of. Ninety days.
create table fraud_signals (
	print  bytea not null,
	kind   text not null,
	shop   bytea not null,
	source bytea not null,
	what   text not null check (what in ('fraud', 'dispute')),
	at     timestamptz not null,
	primary key (print, shop, source)
);
create index fraud_signals_source_idx on fraud_signals (shop, source);
create index fraud_signals_at_idx on fraud_signals (at);
