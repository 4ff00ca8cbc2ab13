package checkout

import (
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
)

// estimate tells, before anybody has chosen how and where, what delivery of the cart costs with the first mode that
// takes it: the one the checkout proposes. It is meant for the country the buyer has named, else the shop's own.
// Nothing is told where nothing is carried, the mode is chosen already, or no mode takes the goods.
func (d *Desk) estimate(tx tenant.Tx, k *reckoning) error {
	if !k.view.NeedsShipping || k.cart.Choices.Shipping != "" {
		return nil
	}
	there, home := *k.cart, k.rules.Settings.Identity.Address
	if there.Choices.Country == "" {
		there.Choices.Country, there.Choices.Region, there.Choices.Postcode = home.Country, home.Region, home.Postcode
	}
	if !address.IsCountry(there.Choices.Country) || !k.profile().Sends(there.Choices.Country) {
		return nil
	}
	sent := *k
	sent.cart = &there
	offers, err := sent.shipping(tx, &Draft{})
	if err != nil {
		return err
	}
	for _, o := range offers {
		if o.Selected {
			k.view.Delivery = &cart.Estimate{Country: there.Choices.Country, Cost: o.Price}
		}
	}
	return nil
}
