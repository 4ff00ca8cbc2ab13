-- Banks that merchants asked for because they are not on the list (PAY-07).
create table wanted_banks (
	id         uuid primary key,
	shop_id    uuid not null references shops on delete cascade,
	asked_by   text not null,
	locale     text not null,
	bank       text not null,
	protocol   text not null default '',
	docs       text not null default '',
	volume     text not null default '',
	contact    text not null,
	note       text not null default '',
	state      text not null check (state in ('new', 'looking', 'planned', 'done', 'declined')),
	answer     text not null default '',
	rev        integer not null default 1,
	created_at timestamptz not null,
	updated_at timestamptz not null
);
create index wanted_banks_state_idx on wanted_banks (state, created_at desc, id);
create index wanted_banks_shop_idx on wanted_banks (shop_id, created_at desc);
