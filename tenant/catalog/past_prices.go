package catalog

import (
	"fmt"

	"echoppe.dev/tenant/pricelist"
)

// pastPrices is what an update of variants by rows called excluded makes of past_prices: where the price, or
// whether a higher one stands crossed out, becomes another, what held until now is added in the form of
// pricelist.Past, and what is too old to matter is dropped.
var pastPrices = fmt.Sprintf(`case
	when variants.price = excluded.price and coalesce(variants.compare_at > variants.price, false) = coalesce(excluded.compare_at > excluded.price, false)
	then variants.past_prices
	else (select coalesce(jsonb_agg(past), '[]') from jsonb_array_elements(variants.past_prices) past
			where (past->>'until')::timestamptz > excluded.updated_at - interval '%d hours')
		|| jsonb_build_object('price', variants.price::text, 'announced', coalesce(variants.compare_at > variants.price, false),
			'until', excluded.updated_at)
	end`, int(pricelist.Remembered.Hours()))
