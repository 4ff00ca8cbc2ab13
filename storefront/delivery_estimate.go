package storefront

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// gramsToKilo makes the kilograms of carriers of a variant's grams.
const gramsToKilo = -3

// estimate is what it costs to have one piece of the article sent within the shop's own country, by
// the cheapest mode that takes it: the very sum the cart will say. Nil when nothing is carried or no
// mode takes it.
func (v *visit) estimate(p *catalog.Product, one *catalog.Variant) (*view.Delivery, error) {
	home := v.settings().Identity.Address
	if one == nil || p.Kind != catalog.Physical || home.Country == "" {
		return nil, nil
	}
	rules, delivery := v.rules(), shipping.Delivery{Tariffs: v.face.tariffs}
	l := label{sku: one.SKU, price: one.Price, gross: p.PriceGross, class: p.TaxClass, physical: true}
	line := l.line(rules.Currency, "1", one.Price)
	line.Weight = decimal.New(int64(one.WeightG), gramsToKilo)
	basket := pricing.Basket{Currency: rules.Currency, View: rules.View, At: v.now, Lines: []pricing.Line{line},
		Destination: pricing.Destination{Country: home.Country, Region: home.Region, Postcode: home.Postcode}}
	var best *money.Amount
	for _, t := range delivery.To(basket.Destination) {
		basket.Shipping.Mode = t.ID
		priced, err := pricing.Pipeline{pricing.Shelf{}, rules.Tax, delivery}.Price(basket)
		if err != nil {
			return nil, err
		}
		cost := priced.Totals.Shipping.In(rules.View.Shipping)
		if len(priced.Blocked()) == 0 && (best == nil || cost.Cmp(*best) < 0) {
			best = &cost
		}
	}
	if best == nil {
		return nil, nil
	}
	out := &view.Delivery{Country: address.CountryName(v.locale(), home.Country)}
	if best.IsPositive() {
		shown, err := v.sum(*best)
		if err != nil {
			return nil, err
		}
		out.Price = &shown
	}
	return out, nil
}
