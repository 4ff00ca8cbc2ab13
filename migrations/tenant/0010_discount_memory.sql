-- What a discount took off articles before it was altered or put away, for the lowest price of the last
-- thirty days (LAW-03): [rule], each from when it held until it ended.
alter table discounts add column past jsonb not null default '[]';
