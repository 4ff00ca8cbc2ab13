-- What a shop asked to be paid for without a cart (PGW-34): {due, note}; null for every other order.
alter table orders add column request jsonb;
