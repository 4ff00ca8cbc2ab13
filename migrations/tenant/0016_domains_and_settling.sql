-- What a mode's bank was told of the addresses of the shop, and what it said: payment.Domain, one for each host (PGW-39).
alter table payment_modes add column domains jsonb not null default '[]';

-- The buyer is done and the banks move the money, for days, as that of a direct debit: he must not pay twice (PGN-02).
alter table payments add column settling boolean not null default false;
