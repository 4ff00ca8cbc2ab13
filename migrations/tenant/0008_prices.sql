-- Prices beyond the one a variant carries: for many pieces, for a profile, for a currency, for a time.

-- prices are the rules of package pricelist; measure is what the price of one is told for (kg, l, m, m2, piece).
alter table products
	add column prices  jsonb not null default '[]',
	add column measure text not null default '';

-- past_prices is what a variant cost before, kept by the statement that changes its price (LAW-03);
-- content is how much of the article's measure it holds.
alter table variants
	add column past_prices jsonb not null default '[]',
	add column content     numeric(14,4),
	add constraint variants_content_positive check (content > 0);
