-- What a bank tells of the card (PGW-14), what the contract said the payment costs (PGW-11), and when it was paid (PGW-38).
-- card: {brand, last, expiry, country, issuer, auth}; provider: {fixed, percent}, fixed in the currency of the payment.
alter table payments
	add column card jsonb,
	add column provider jsonb,
	add column paid_at timestamptz;

update payments p set paid_at = (select min(e.at) from payment_events e
	where e.payment_id = p.id and e.outcome = 'applied' and e.after in ('authorised', 'captured'))
where p.captured > 0 or p.state = 'authorised';

-- Times are asked for by the analysis; nobody asks for all that are open: each order is watched by a job of its own.
drop index payments_open_idx;
create index payments_created_idx on payments (created_at);
