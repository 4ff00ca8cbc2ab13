package shipping

import (
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Estimate is what delivery is going to cost, told before anybody has chosen how.
type Estimate struct {
	Country string
	Cost    money.Amount // on the side shipping is shown
}

// Recipient says where parcels of a buyer may go, and by which modes.
type Recipient interface {
	Sends(country string) bool
	Receives(mode string) bool
}

// Estimate prices a basket with the first mode that takes it, in the order of the tariffs: the one the checkout
// proposes to him who has chosen none, so that an article's page, the cart and the checkout say the same sum. Price
// runs the whole pipeline, of which d is a step. Nil where nothing is carried, nobody knows where to, he is
// not served there, or no mode takes the goods.
func (d Delivery) Estimate(b pricing.Basket, who Recipient, price func(pricing.Basket) (*pricing.Priced, error)) (*Estimate, error) {
	to := b.Destination.Country
	if !b.NeedsShipping() || !address.IsCountry(to) || !who.Sends(to) {
		return nil, nil
	}
	for _, t := range d.To(b.Destination) {
		if !who.Receives(t.ID) {
			continue
		}
		cost, refused, err := d.Try(b, t.ID, price)
		if err != nil {
			return nil, err
		}
		if refused == nil {
			return &Estimate{Country: to, Cost: cost}, nil
		}
	}
	return nil, nil
}

// Try is what one mode costs for a basket, discounts on delivery taken off, or why it does not take the goods.
func (d Delivery) Try(b pricing.Basket, mode string, price func(pricing.Basket) (*pricing.Priced, error)) (money.Amount, *pricing.Reason, error) {
	b.Shipping.Mode = mode
	priced, err := price(b)
	if err != nil {
		return money.Amount{}, nil, err
	}
	var refused *pricing.Reason
	for _, r := range priced.Blocked() {
		if r.Step == d.Key() {
			refused = &r.Reason
		}
	}
	return priced.Totals.Shipping.Add(priced.Totals.ShippingDiscounts).In(b.View.Shipping), refused, nil
}
