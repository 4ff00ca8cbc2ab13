-- Whether a merchant may take cards for his own payment terminal (PAY-03): off until an operator allows it.
alter table shops add column terminal boolean not null default false;
