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

// estimate is what it costs to have one piece of the article sent within the shop's own country. Nil when nothing is
// carried or no mode takes it.
func (v *visit) estimate(g *goods) (*view.Delivery, error) {
	one, home := g.choice.variant, v.settings().Identity.Address
	if one == nil || v.profile.undecided || g.product.Kind != catalog.Physical {
		return nil, nil
	}
	rules, delivery, discounts := v.rules(), shipping.Delivery{Tariffs: g.tariffs}, v.face.discounts.Nobody()
	l := g.label(one, nil)
	line := l.line(rules.Currency, "1")
	line.Weight, line.Weights = decimal.New(int64(one.WeightG), gramsToKilo), one.ShipValues
	basket := pricing.Basket{Currency: rules.Currency, View: v.sides, Profile: v.profile.Priced(), At: v.now, Lines: []pricing.Line{line},
		Destination: pricing.Destination{Country: home.Country, Region: home.Region, Postcode: home.Postcode}}
	steps := pricing.Pipeline{pricing.Shelf{}, rules.Tax, discounts.Goods, discounts.Order, delivery, discounts.Delivery}
	found, err := delivery.Estimate(basket, v.profile.Profile, steps.Price)
	if found == nil || err != nil {
		return nil, err
	}
	out := &view.Delivery{Country: address.CountryName(v.locale(), found.Country)}
	if found.Cost.IsPositive() {
		shown, err := v.sum(found.Cost)
		if err != nil {
			return nil, err
		}
		out.Price = &shown
	}
	return out, nil
}
