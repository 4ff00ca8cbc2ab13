-- A payment may be settled in another currency than the order is kept in (CUR-03): worth is what its
-- amount is worth in the order's. None: the two are one currency.
alter table payments
	add column worth numeric(19,4),
	add column worth_currency char(3);
