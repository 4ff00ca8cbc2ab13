package checkout

import (
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/shipping"
)

// under are the rules a cart goes by for which something was agreed (QUO-03): the way to send it is the
// one that was agreed, at its price, and no discount touches that. As long as nobody has said where to, its price
// is part of what is offered all the same.
func (r *rules) under(c *cart.Cart) *rules {
	deal := c.Deal
	if deal == nil || deal.Carriage == nil {
		return r
	}
	agreed := *r
	agreed.carriage, agreed.delivery = true, shipping.Delivery{}
	for _, t := range r.delivery.Tariffs {
		if t.ID == deal.Carriage.Mode {
			t = t.At(deal.Carriage.Price)
			if c.Choices.Country == "" {
				t.Zones = nil
			}
			agreed.delivery.Tariffs = []*shipping.Tariff{t}
		}
	}
	return &agreed
}

// dealing is a profile as it buys what was agreed: the merchant has decided that so much is enough, and how
// it is sent. Where it may be sent and how it may be paid stays as it is.
func dealing(p *profile.Profile, deal *cart.Deal) *profile.Profile {
	if deal == nil {
		return p
	}
	agreed := *p
	agreed.Minimum = profile.Minimum{}
	if deal.Carriage != nil {
		agreed.Carriages = nil
	}
	return &agreed
}
