package storefront

import (
	"net/url"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
)

// chooseExtras reads what was chosen beside the variant. Of an extra that must be chosen and was not
// the cheapest stands for it, so that the page opens with the price lists tell.
func chooseExtras(p *catalog.Product, fields url.Values, one *catalog.Variant) map[string]string {
	chosen := make(map[string]string, len(p.Extras))
	for i := range p.Extras {
		e := &p.Extras[i]
		value := e.Value(fields.Get(optionField(e.Code)))
		if value == nil && e.Required {
			value = e.Cheapest(priceOf(p, one))
		}
		if value != nil {
			chosen[e.Code] = value.Code
		}
	}
	return chosen
}

// priceOf is the price a percentage is taken of: the variant's, or the article's first.
func priceOf(p *catalog.Product, one *catalog.Variant) (price decimal.Decimal) {
	if one == nil && len(p.Variants) > 0 {
		one = &p.Variants[0]
	}
	if one != nil {
		price = one.Price
	}
	return price
}

// chosenExtras are the extras of a choice made by chooseExtras, as the kernel adds them.
func (v *visit) chosenExtras(p *catalog.Product, chosen map[string]string) []pricing.Extra {
	extras, _ := catalog.Priced(p.Extras, chosen, v.rules().Currency) // it names nothing that is not offered
	return extras
}

// extrasView are the options that add to the price, each with what it adds.
func (v *visit) extrasView(g *goods) ([]*view.Option, error) {
	p := g.product
	url := v.links.product(p.Text(v.locale(), v.main()).Slug)
	fees, err := v.fees(g)
	if err != nil {
		return nil, err
	}
	var list []*view.Option
	for i := range p.Extras {
		e := &p.Extras[i]
		axis := &view.Option{Name: nameOr(e.Name.In(v.locale(), v.main()), e.Code), Field: optionField(e.Code), Kind: "radio"}
		if len(e.Values) > manyValues {
			axis.Kind = "select"
		}
		if !e.Required {
			axis.Values = append(axis.Values, &view.OptionValue{
				Label: v.say("storefront.extra_none", nil), URL: url + choiceQuery(g.choice.values, g.choice.without(e.Code)),
				Selected: g.choice.extras[e.Code] == "", Available: true,
			})
		}
		for n := range e.Values {
			value := &e.Values[n]
			shown := &view.OptionValue{
				Value: value.Code, Label: nameOr(value.Name.In(v.locale(), v.main()), value.Code),
				URL:      url + choiceQuery(g.choice.values, g.choice.without(e.Code), map[string]string{e.Code: value.Code}),
				Selected: g.choice.extras[e.Code] == value.Code, Available: true, Image: v.fromAlbum(g.album, value.Media, ""),
				Extra: fees[value],
			}
			if value.Percent.IsPositive() {
				shown.Percent = i18n.FormatPercent(v.locale(), value.Percent)
			}
			axis.Values = append(axis.Values, shown)
		}
		list = append(list, axis)
	}
	return list, nil
}

// without is what was chosen of the other extras.
func (c choice) without(extra string) map[string]string {
	others := make(map[string]string, len(c.extras))
	for code, value := range c.extras {
		if code != extra {
			others[code] = value
		}
	}
	return others
}

// fees are the fixed parts of the extras as this reader sees amounts: they run through the rules that
// prices run through.
func (v *visit) fees(g *goods) (map[*catalog.ExtraValue]*view.Money, error) {
	var labels []label
	var of []*catalog.ExtraValue
	p := g.product
	for i := range p.Extras {
		for n := range p.Extras[i].Values {
			if value := &p.Extras[i].Values[n]; value.Fixed.IsPositive() {
				labels = append(labels, g.fee(value.Fixed))
				of = append(of, value)
			}
		}
	}
	tags, err := v.tags(labels)
	if err != nil {
		return nil, err
	}
	fees := make(map[*catalog.ExtraValue]*view.Money, len(of))
	for i, value := range of {
		fees[value] = &tags[i].price.Now
	}
	return fees, nil
}

// fee is an amount that is added to the price: neither rules nor discounts of prices are for it.
func (g *goods) fee(fixed decimal.Decimal) label {
	return label{offer: pricelist.Offer{Price: fixed}, gross: g.product.PriceGross, class: g.product.TaxClass,
		physical: g.product.Kind == catalog.Physical, article: g.product.ID.String(), families: g.families, blocked: g.product.Flags.NoDiscount}
}

// basePrice is what the article can be had for at least: that of the variant, with the cheapest of what
// must be chosen and nothing else. It is what lists and search engines are told; nil where it is the
// price of the page anyhow.
func (v *visit) basePrice(g *goods) (*view.Price, error) {
	p := g.product
	if len(p.Extras) == 0 {
		return nil, nil
	}
	var labels []label
	for i := range p.Variants {
		one := &p.Variants[i]
		if one.Active && (g.grid != nil || g.choice.variant == nil || one == g.choice.variant) {
			labels = append(labels, g.label(one, catalog.Least(p.Extras, p.Offer(g.ask, one).Price, v.rules().Currency)))
		}
	}
	tags, err := v.tags(labels)
	var best *tag
	for i := range tags {
		if best == nil || tags[i].now.Cmp(best.now) < 0 {
			best = &tags[i]
		}
	}
	if err != nil || best == nil {
		return nil, err
	}
	return best.price, nil
}

// combos are all choices of extras, each as its part of the key by which the script finds a
// combination; the one of an article without extras is empty.
func combos(extras []catalog.Extra) []map[string]string {
	all := []map[string]string{{}}
	for i := range extras {
		var wider []map[string]string
		for _, one := range all {
			if !extras[i].Required {
				wider = append(wider, one)
			}
			for _, value := range extras[i].Values {
				c := choice{extras: one}.without("")
				c[extras[i].Code] = value.Code
				wider = append(wider, c)
			}
		}
		if len(wider) > view.MaxVariants {
			return wider // more than any page carries
		}
		all = wider
	}
	return all
}
