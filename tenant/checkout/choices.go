package checkout

import (
	"errors"
	"slices"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

// offers are the modes an order can be paid with now, and what each charges.
func (d *Desk) offers(tx tenant.Tx, o *order.Order, attempts []payment.Payment) ([]payment.Offer, []currency.Leg, error) {
	if !payable(o) || promised(attempts) || disputed(attempts) || charging(attempts, tx.Now()) {
		return nil, nil, nil
	}
	may, err := d.choices(tx, o)
	if err != nil {
		return nil, nil, err
	}
	var offers []payment.Offer
	var charges []currency.Leg
	for _, offer := range may {
		leg, err := dueIn(tx, o, offer)
		if errors.Is(err, currency.ErrNoRate) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		offers, charges = append(offers, offer), append(charges, leg)
	}
	return offers, charges, nil
}

// choices are the modes that may bring what an order asks for next: those its price fits. An order of which nothing
// was due when it was placed, or that the shop wrote itself, has no mode in its price; where every mode costs or saves
// something it is paid with any, at its price, since it could not be paid otherwise.
func (d *Desk) choices(tx tenant.Tx, o *order.Order) ([]payment.Offer, error) {
	all, err := d.Modes.Offers(tx, place(o.Billing), o.Asks())
	if err != nil {
		return nil, err
	}
	who, err := profileOf(tx, o)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(permitted(all, who), func(offer payment.Offer) bool { return !brings(o, offer) })
	costly := !slices.ContainsFunc(all, func(offer payment.Offer) bool { return offer.Scope.Cost.IsZero() })
	if costly && (o.Request != nil || o.Advance != nil && o.Advance.Now.IsZero()) {
		return all, nil
	}
	spare, err := d.spare(tx, o)
	return slices.DeleteFunc(all, func(offer payment.Offer) bool { return !fits(o, offer) && (spare == nil || offer.ID != spare.ID) }), err
}

// permitted are the modes a profile may pay with (PROF-01).
func permitted(offers []payment.Offer, who *profile.Profile) []payment.Offer {
	return slices.DeleteFunc(offers, func(o payment.Offer) bool { return !who.Pays(o.ID.String()) })
}

// profileOf is the profile an order was placed with, as it is today.
func profileOf(tx tenant.Tx, o *order.Order) (*profile.Profile, error) {
	s, err := settings.Load(tx)
	if err != nil {
		return nil, err
	}
	return s.Rules().Profiles.Find(profile.Code(o.Profile)), nil
}
