-- When what is ordered before it is there is paid, and how it is sent (STK-04).

-- preorder_terms: {kind, value}; null: all of it with the order.
alter table products add column preorder_terms jsonb;

-- advance: {now, parcels, asked}; null: nothing was ordered in advance, everything was due at once.
alter table orders add column advance jsonb;

-- Who waits for what: the lines that were ordered in advance.
create index order_lines_expected_idx on order_lines (variant_id) where expected_on is not null;
