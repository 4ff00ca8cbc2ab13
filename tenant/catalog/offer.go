package catalog

import (
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"

	"echoppe.dev/tenant/pricelist"
)

// offersDoc is what the active variants of an article page say of their prices, in the form of pricelist.Own: those
// that rules are for, and the cheapest.
var offersDoc = fmt.Sprintf(`(
	select jsonb_agg(jsonb_build_object('id', id, 'price', price::text, 'compare_at', compare_at::text, 'past', past_prices,
		'since', greatest(created_at, page.published_at), 'content', content::text) order by price, position)
	from (
		select v.* from variants v where v.product_id = page.id and v.active
		order by page.prices @> jsonb_build_array(jsonb_build_object('variant', v.id::text)) desc, v.price, v.position limit %d) asked)`,
	pricelist.MaxRules)

// offered reads the rules and variants of a card's prices.
func (c *Card) offered(rules, variants []byte) error {
	if len(variants) == 0 {
		return nil
	}
	if err := json.Unmarshal(rules, &c.Prices); err != nil {
		return fmt.Errorf("read prices of %s: %w", c.Code, err)
	}
	var list []struct {
		pricelist.Own
		Content *decimal.Decimal `json:"content"`
	}
	if err := json.Unmarshal(variants, &list); err != nil {
		return fmt.Errorf("read variants of %s: %w", c.Code, err)
	}
	c.Offers, c.contents = make([]pricelist.Own, len(list)), make([]*decimal.Decimal, len(list))
	for i := range list {
		c.Offers[i], c.contents[i] = list[i].Own, list[i].Content
	}
	return nil
}

// Offer is the lowest price the article can be had for, and how much is in the variant that costs it, nil for not
// told; varies tells that some variants cost more.
func (c *Card) Offer(ask pricelist.Ask) (lowest pricelist.Offer, content *decimal.Decimal, varies bool) {
	if len(c.Offers) == 0 {
		return pricelist.Offer{Price: c.PriceMin}, c.content, c.PriceMax.GreaterThan(c.PriceMin)
	}
	var highest decimal.Decimal
	for i, own := range c.Offers {
		o := ask.Offer(c.Prices, own)
		if i == 0 || o.Price.LessThan(lowest.Price) {
			lowest, content = o, c.contents[i]
		}
		highest = decimal.Max(highest, o.Price)
	}
	return lowest, content, highest.GreaterThan(lowest.Price)
}

// Offer is what a variant of the article costs; Price and CompareAt of the variant are what the merchant typed.
func (p *Product) Offer(ask pricelist.Ask, v *Variant) pricelist.Offer {
	return ask.Offer(p.Prices, p.Own(v))
}

// Own is what a variant of the article says of its price. Of one that was read without its article (Variants)
// only the article knows since when it can be seen.
func (p *Product) Own(v *Variant) pricelist.Own {
	own := pricelist.Own{Variant: v.ID, Price: v.Price, CompareAt: v.CompareAt, Past: v.Past, Since: v.Since}
	if p.PublishedAt != nil && p.PublishedAt.After(own.Since) {
		own.Since = p.PublishedAt.UTC()
	}
	return own
}
