-- What was found when an order was looked at for fraud, where it came from, and what people decided: fraud.Finding.
-- Null for orders that are older than this.
alter table orders add column screening jsonb;

-- The few that wait for a person, among all there are.
create index orders_held_idx on orders (placed_at desc, id) where screening->>'held' is not null;
