package storefront

import (
	"slices"
	"time"

	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
)

// cards are the articles of lists, priced together in one run however many lists they stand in.
func (v *visit) cards(lists ...[]catalog.Card) ([][]*view.Card, error) {
	var labels []label
	for _, list := range lists {
		for i := range list {
			labels = append(labels, v.cardLabel(&list[i]))
		}
	}
	tags, err := v.tags(labels)
	if err != nil {
		return nil, err
	}
	out := make([][]*view.Card, len(lists))
	for n, list := range lists {
		out[n] = make([]*view.Card, len(list))
		for i := range list {
			out[n][i] = v.card(&list[i], tags[i])
		}
		tags = tags[len(list):]
	}
	return out, nil
}

// cardLabel is the lowest price of an article: the cheapest variant, with the cheapest of what must be
// chosen beside (ART-08).
func (v *visit) cardLabel(c *catalog.Card) label {
	v.changesAt(pricelist.NextChange(c.Prices, v.now))
	lowest, content, varies := c.Offer(v.ask())
	lowest.Tiers = nil // a card tells what one piece costs
	return label{sku: c.Code, offer: lowest, varies: varies, gross: c.PriceGross, class: c.TaxClass, measure: c.Measure, content: content,
		physical: c.Kind == catalog.Physical, extras: catalog.Least(c.Required, lowest.Price, v.rules().Currency),
		article: c.ID.String(), families: v.face.tree.Lineage(c.Nodes), blocked: c.Flags.NoDiscount}
}

func (v *visit) card(c *catalog.Card, t tag) *view.Card {
	t.price.From = t.varies || slices.ContainsFunc(c.Required, func(e catalog.Extra) bool { return e.Varies(c.PriceMin) })
	out := &view.Card{
		Name: c.Name, URL: v.links.product(c.Slug), Image: v.cover(c.Cover, c.Name), Price: t.price, Out: !c.Available,
	}
	out.Badges = v.badges(c.Flags, v.upcoming(c.AvailableOn), t.price.Was != nil, out.Out)
	if low := max(c.LowAt, v.settings().Stock.LowAt); !out.Out && c.OnHand > 0 && c.OnHand <= low && v.tellsLevel(c.Shown) {
		out.Badges = append(out.Badges, "last")
	}
	return out
}

// badges are the marks of an article at this moment; the page is not kept beyond the next change of
// one.
func (v *visit) badges(f catalog.Flags, upcoming, sale, out bool) []string {
	var list []string
	add := func(on bool, key string) {
		if on {
			list = append(list, key)
		}
	}
	add(out && !upcoming, "out")
	add(upcoming || v.flag(f.Forthcoming), "forthcoming")
	add(sale, "sale")
	add(v.flag(f.New), "new")
	add(v.flag(f.Discover), "discover")
	return list
}

func (v *visit) flag(f catalog.Flag) bool {
	for _, t := range []*time.Time{f.From, f.Until} {
		if f.On && t != nil {
			v.changesAt(*t)
		}
	}
	return f.At(v.now)
}
