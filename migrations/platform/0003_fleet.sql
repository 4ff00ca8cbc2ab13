-- What provisioning must not forget when it is interrupted: the wishes of a new shop whose default
-- settings are not written yet. Null once they are.
alter table shops add column seed jsonb;
create index shops_unseeded_idx on shops (id) where seed is not null;
create index shops_opened_idx on shops (opened_at desc, id desc) where state <> 'prepared';

-- A name under which the world reaches a shop's domain, and when an owner let go of it: nobody
-- else may take it for a while.
alter table domains
	add column target      text not null default '',
	add column released_at timestamptz,
	add column checked_at  timestamptz,
	add column problem     text not null default '';
-- The quarantine outlives the shop.
alter table domains alter column shop_id drop not null;
alter table domains drop constraint domains_shop_id_fkey;
alter table domains add constraint domains_shop_id_fkey foreign key (shop_id) references shops on delete set null;
create unique index domains_target_key on domains (target) where target <> '';

-- A session may begin before anybody has signed in.
alter table sessions alter column account_id drop not null;

alter table accounts drop constraint accounts_operator_role_check;
alter table accounts add constraint accounts_operator_role_check
	check (operator_role in ('', 'operator', 'support', 'auditor'));

create index tokens_account_idx on tokens (account_id);
create index tokens_expires_idx on tokens (expires_at);
