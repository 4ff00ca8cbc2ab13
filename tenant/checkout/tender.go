package checkout

import (
	"errors"
	"fmt"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
)

// place is where an address is, as far as what is offered there depends on it.
func place(a address.Address) pricing.Destination {
	a = a.Clean()
	return pricing.Destination{Country: a.Country, Region: a.Region, Postcode: a.Postcode}
}

// payments lists the modes a buyer billed there can choose, each with what it adds to the total
// (PAY-08).
func (d *Desk) payments(tx tenant.Tx, k *reckoning, billed pricing.Destination, lock currency.Lock) ([]PaymentOffer, error) {
	plain, err := k.plain()
	if err != nil {
		return nil, err
	}
	offers, err := d.Modes.Offers(tx, billed, plain)
	if err != nil {
		return nil, err
	}
	var list []PaymentOffer
	for _, o := range permitted(offers, k.profile()) {
		if !k.collects(o) {
			continue
		}
		one := PaymentOffer{Mode: o.Mode, Offline: o.Capabilities.Offline, Saves: o.Saves, Fee: money.Zero(plain.Currency())}
		if one.In, err = k.settlesIn(o, lock); errors.Is(err, currency.ErrNoRate) {
			continue // it settles in nothing we can reckon with today
		}
		if err != nil {
			return nil, err
		}
		if !o.Scope.Cost.IsZero() && len(k.basket.Lines) > 0 {
			if one.Fee, err = k.surcharge(o.ID.String()); err != nil {
				return nil, err
			}
		}
		list = append(list, one)
	}
	return list, nil
}

// plain is the total before any payment mode is chosen. Modes are offered by it, so that a fee does not
// decide whether its own mode is offered.
func (k *reckoning) plain() (money.Amount, error) {
	if len(k.basket.Lines) == 0 {
		return k.view.Total(), nil
	}
	priced, err := k.paidWith("")
	if err != nil {
		return money.Amount{}, err
	}
	return priced.Totals.ToPay, nil
}

// surcharge is what the rows of a payment mode come to, on the sides the buyer sees.
func (k *reckoning) surcharge(mode string) (money.Amount, error) {
	priced, err := k.paidWith(mode)
	if err != nil {
		return money.Amount{}, err
	}
	sum := money.Zero(k.rules.Rules().Currency)
	for _, r := range priced.Rows() {
		if r.Source == tenderSource+mode {
			sum = sum.Add(r.Amount)
		}
	}
	return sum, nil
}

func (k *reckoning) paidWith(mode string) (*pricing.Priced, error) {
	b := k.basket
	b.Payment.Method = mode
	priced, err := k.rules.pipeline(k.profile(), k.known).Price(b)
	if err != nil {
		return nil, fmt.Errorf("price cart %s: %w", k.cart.ID, err)
	}
	return priced, nil
}

// tenderSource and the id of a payment mode name its fee and its rebate in a price.
const tenderSource = "payment:"

// fits tells whether an order can be paid with a mode although it was priced with another: the price of
// an order stays, so a fee or a rebate in it binds it to its mode.
func fits(o *order.Order, offer payment.Offer) bool {
	if mode, bound := boundTo(o); bound {
		return mode == offer.ID.String()
	}
	return offer.Scope.Cost.IsZero() || offer.ID.String() == o.Payment.Mode
}

// boundTo is the mode whose fee or rebate is in the price of an order.
func boundTo(o *order.Order) (mode string, bound bool) {
	for i := range o.Priced.Adjustments {
		if mode, ok := strings.CutPrefix(o.Priced.Adjustments[i].Source, tenderSource); ok {
			return mode, true
		}
	}
	return "", false
}
