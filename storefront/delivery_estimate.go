package storefront

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// gramsToKilo makes the kilograms of carriers of a variant's grams.
const gramsToKilo = -3

// estimate is what it costs to have one piece of the article sent within the shop's own country, by
// the first mode that takes it: the one the checkout chooses for him who has chosen none, so that it
// says the same sum. Nil when nothing is carried or no mode takes it.
func (v *visit) estimate(g *goods) (*view.Delivery, error) {
	p, one := g.product, g.choice.variant
	home := v.settings().Identity.Address
	if !v.profile.Sends(home.Country) ||
		one == nil || v.profile.undecided || p.Kind != catalog.Physical || home.Country == "" {
		return nil, nil
	}
	rules, delivery := v.rules(), shipping.Delivery{Tariffs: g.tariffs}
	l := g.label(one, nil)
	line := l.line(rules.Currency, "1")
	line.Weight, line.Weights = decimal.New(int64(one.WeightG), gramsToKilo), one.ShipValues
	basket := pricing.Basket{Currency: rules.Currency, View: v.sides, Profile: v.profile.Priced(), At: v.now, Lines: []pricing.Line{line},
		Destination: pricing.Destination{Country: home.Country, Region: home.Region, Postcode: home.Postcode}}
	for _, t := range delivery.To(basket.Destination) {
		if !v.profile.Receives(t.ID) {
			continue
		}
		basket.Shipping.Mode = t.ID
		discounts := v.face.discounts.Nobody()
		priced, err := pricing.Pipeline{pricing.Shelf{}, rules.Tax, discounts.Goods, discounts.Order, delivery, discounts.Delivery}.Price(basket)
		if err != nil {
			return nil, err
		}
		if len(priced.Blocked()) > 0 {
			continue
		}
		out := &view.Delivery{Country: address.CountryName(v.locale(), home.Country)}
		if cost := priced.Totals.Shipping.Add(priced.Totals.ShippingDiscounts).In(v.sides.Shipping); cost.IsPositive() {
			shown, err := v.sum(cost)
			if err != nil {
				return nil, err
			}
			out.Price = &shown
		}
		return out, nil
	}
	return nil, nil
}
