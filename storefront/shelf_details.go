package storefront

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/catalog"
)

// measures are what the measures are called.
var measures = map[catalog.BaseMeasure]string{
	catalog.Kilogram: "storefront.measure.kg", catalog.Litre: "storefront.measure.l", catalog.Metre: "storefront.measure.m",
	catalog.SquareMetre: "storefront.measure.square_metre", catalog.Piece: "storefront.measure.piece",
}

// details are what stands below a price: the lowest before a reduction, what one measure costs, and what
// more pieces cost each.
func (v *visit) details(t *tag, l *label) error {
	if t.price.Was != nil {
		t.price.Rule = t.rule
	}
	if t.price.Was != nil && t.lowest != nil {
		low, err := v.price(*t.lowest)
		if err != nil {
			return err
		}
		t.price.Lowest = &low
	}
	if err := v.perMeasure(t.price, t.now, l.measure, l.content); err != nil {
		return err
	}
	t.price.Together = l.offer.Together
	for _, tier := range l.offer.Tiers {
		line, err := v.tier(l, tier.From)
		if err != nil {
			return err
		}
		t.price.Tiers = append(t.price.Tiers, line)
	}
	return nil
}

// perMeasure adds to a price what one kilogram or litre costs at it, wherever a price is told (Directive 98/6/EC,
// art. 3).
func (v *visit) perMeasure(p *view.Price, now money.Amount, measure catalog.BaseMeasure, content *decimal.Decimal) error {
	if measure == catalog.NoMeasure || content == nil || !content.IsPositive() {
		return nil
	}
	shown, err := v.display.Price(v.rates, now)
	if err != nil {
		return err
	}
	each := v.money(shown.Amount.Div(*content).Round(money.HalfUp))
	p.Unit, p.Measure = &each, v.say(measures[measure], nil)
	return nil
}

// tier is what each piece costs from a quantity on (ART-05), with the discounts that so many have on the shelf. Where the quantities are priced apart
// (marginal), it is the price of the pieces from there on.
func (v *visit) tier(l *label, from int64) (view.PriceTier, error) {
	at := *l
	if at.offer.Marginal {
		for _, t := range l.offer.Tiers {
			if t.From == from {
				at.offer.Price, at.offer.Tiers = t.Price, nil
			}
		}
	}
	priced, err := v.shelved(&at, from)
	if err != nil {
		return view.PriceTier{}, err
	}
	each, err := v.price(bill.Lines(priced)[0].Each(from))
	return view.PriceTier{From: int(from), Price: each, Further: l.offer.Marginal}, err
}
