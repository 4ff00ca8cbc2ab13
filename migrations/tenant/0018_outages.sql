-- When the bank of a payment mode did not answer (PGW-45): {failures, first, last, until, ended}.
alter table payment_modes add column outage jsonb;
