package checkout

import (
	"echoppe.dev/tenant/pricing"
)

// estimate tells what delivery of the cart costs to the country the buyer has named, else the shop's own, while he has
// chosen no mode.
func (k *reckoning) estimate() (err error) {
	if !k.view.NeedsShipping || k.cart.Choices.Shipping != "" {
		return nil
	}
	b, home := k.basket, k.rules.Settings.Identity.Address
	if b.Destination.Country == "" {
		b.Destination.Country, b.Destination.Region, b.Destination.Postcode = home.Country, home.Region, home.Postcode
	}
	k.view.Delivery, err = k.rules.delivery.Estimate(b, k.profile(), k.priced)
	return err
}

// priced runs the rules over a basket of this buyer.
func (k *reckoning) priced(b pricing.Basket) (*pricing.Priced, error) {
	return k.rules.pipeline(k.profile(), k.known).Price(b)
}
