-- What a buyer told his bank of a payment, and how it ended (PGW-15).
alter table payments add column dispute jsonb;
alter table payments drop constraint payments_state_check;
alter table payments add constraint payments_state_check check (state in
	('created', 'pending', 'authorised', 'captured', 'failed', 'cancelled', 'part_refunded', 'refunded', 'review', 'disputed', 'charged_back'));
