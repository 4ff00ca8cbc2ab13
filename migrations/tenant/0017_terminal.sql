-- A card for the merchant's own terminal, sealed in the buyer's browser (PAY-03): payment.SealedCard. Only with an attempt that is
-- open, and for seven days at most.
alter table payments add column sealed_card jsonb;
