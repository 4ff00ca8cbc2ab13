-- The newest try of a payment mode with a small payment (PAY-06): {order, at, unread}.
alter table payment_modes add column trial jsonb;
