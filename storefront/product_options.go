package storefront

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricing"
)

// shelf is the prices of an article's variants.
type shelf map[catalog.VariantID]tag

// least is the lowest price, for a choice that names no variant; nil when there is none.
func (s shelf) least() *view.Price {
	var best *tag
	for _, t := range s {
		if best == nil || t.now.Cmp(best.now) < 0 {
			best = &t
		}
	}
	if best == nil {
		return nil
	}
	from := *best.price
	from.From = true
	return &from
}

// from is the lowest price of several; it says so where they differ.
func (s shelf) from() *view.Price {
	least := s.least()
	if least == nil {
		return nil
	}
	least.From = false
	var first *tag
	for _, t := range s {
		if first == nil {
			first = &t
		}
		least.From = least.From || !t.now.Equal(first.now)
	}
	return least
}

// manyValues is from where on an option is drawn as a drop-down list.
const manyValues = 12

// priceVariants prices what the page shows: all variants where the page carries them, else the chosen
// one and those one choice away from it.
func (v *visit) priceVariants(g *goods) (shelf, error) {
	p := g.product
	var need []*catalog.Variant
	if len(p.Variants) <= view.MaxVariants {
		for i := range p.Variants {
			need = append(need, &p.Variants[i])
		}
	} else {
		need = g.neighbours()
	}
	labels := make([]label, len(need))
	for i, one := range need {
		labels[i] = g.label(one, v.chosenExtras(p, g.choice.extras))
	}
	tags, err := v.tags(labels)
	if err != nil {
		return nil, err
	}
	prices := make(shelf, len(need))
	for i, one := range need {
		prices[one.ID] = tags[i]
	}
	return prices, nil
}

// label is what a variant costs with extras.
func (g *goods) label(one *catalog.Variant, extras []pricing.Extra) label {
	p := g.product
	return label{sku: one.SKU, offer: p.Offer(g.ask, one), gross: p.PriceGross, class: p.TaxClass, measure: p.Measure, content: one.Content,
		physical: p.Kind == catalog.Physical, extras: extras, article: p.ID.String(), families: g.families, blocked: p.Flags.NoDiscount}
}

// whyOne is why one piece costs what it does.
func (v *visit) whyOne(l *label) ([]view.PriceStep, error) {
	priced, err := v.shelved(l, 1)
	if err != nil {
		return nil, err
	}
	shown, err := v.billed(priced)
	if err != nil {
		return nil, err
	}
	return v.why(shown, 0), nil
}

// neighbours are the chosen variant and those that differ from it in one option.
func (g *goods) neighbours() []*catalog.Variant {
	index := g.index()
	var list []*catalog.Variant
	if g.choice.variant != nil {
		list = append(list, g.choice.variant)
	}
	for _, o := range g.product.Options {
		for _, value := range o.Values {
			if one := index[catalog.OptionKey(g.choice.with(o.Code, value.Code))]; one != nil && one != g.choice.variant {
				list = append(list, one)
			}
		}
	}
	return list
}

func (g *goods) index() map[string]*catalog.Variant {
	index := make(map[string]*catalog.Variant, len(g.product.Variants))
	for i := range g.product.Variants {
		if one := &g.product.Variants[i]; one.Active {
			index[catalog.OptionKey(one.Options)] = one
		}
	}
	return index
}

// options are the axes of the choice. A value is available when it can be bought with everything else
// left as chosen; its extra is what it costs above the cheapest value of its axis.
func (v *visit) options(g *goods, prices shelf) []*view.Option {
	index := g.index()
	url := v.links.product(g.product.Text(v.locale(), v.main()).Slug)
	var list []*view.Option
	for _, o := range g.product.Options {
		axis := &view.Option{Name: o.Name.In(v.locale(), v.main()), Field: optionField(o.Code), Kind: "radio"}
		if len(o.Values) > manyValues {
			axis.Kind = "select"
		}
		variants := make([]*catalog.Variant, len(o.Values))
		for i, value := range o.Values {
			values := g.choice.with(o.Code, value.Code)
			variants[i] = index[catalog.OptionKey(values)]
			axis.Values = append(axis.Values, &view.OptionValue{
				Value: value.Code, Label: nameOr(value.Name.In(v.locale(), v.main()), value.Code),
				URL: url + choiceQuery(values, g.choice.extras), Selected: g.choice.values[o.Code] == value.Code,
				Available: v.buyable(g.product, variants[i]),
				Image:     v.fromAlbum(g.album, value.Media, ""),
			})
		}
		v.differences(axis, variants, prices)
		list = append(list, axis)
	}
	return list
}

// differences says what a value adds to the price.
func (v *visit) differences(axis *view.Option, variants []*catalog.Variant, prices shelf) {
	var least *money.Amount
	for _, one := range variants {
		if one == nil {
			continue
		}
		if now := prices[one.ID].now; least == nil || now.Cmp(*least) < 0 {
			least = &now
		}
	}
	for i, one := range variants {
		if one == nil || prices[one.ID].now.Cmp(*least) <= 0 {
			continue
		}
		if extra, err := v.price(prices[one.ID].now.Sub(*least)); err == nil {
			axis.Values[i].Extra = &extra
		}
	}
}

func nameOr(name, code string) string {
	if name == "" {
		return code
	}
	return name
}
