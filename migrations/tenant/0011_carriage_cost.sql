-- What a parcel really cost (SHP-01): net, as the carrier bills it, in the currency it was typed in;
-- null until somebody knows. A report never compares it with an order in another currency.
alter table shipments
	add column cost numeric(19,4),
	add column cost_currency char(3),
	add constraint shipments_cost_check check (cost >= 0 and cost_currency is not null or cost is null and cost_currency is null);
