package checkout

import (
	"slices"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// lock are the rates a buyer's checkout goes by: those it began with for as long as they hold, then those of the
// moment (CUR-04).
func (k *reckoning) lock(at time.Time) currency.Lock {
	return k.cart.Choices.Lock.Hold(at, k.rules.Rules().Rates)
}

// shownIn is the currency the buyer sees amounts in: the shop's own when his has lost its rate since.
func (k *reckoning) shownIn(rates currency.Rates) money.Currency {
	c, err := money.ParseCurrency(k.view.Display)
	if err != nil {
		return k.rules.Rules().Currency
	}
	if _, err := rates.Find(c); err != nil {
		return k.rules.Rules().Currency
	}
	return c
}

// settlesIn is the currency a payment mode charges the buyer in (CUR-03): the one he sees if the mode settles in it,
// else the shop's own, else the first there is a rate for. Errors: currency.ErrNoRate.
func (k *reckoning) settlesIn(o payment.Offer, lock currency.Lock) (money.Currency, error) {
	return lock.Rates.Choose(o.Settles(k.rules.Rules().Currency), k.shownIn(lock.Rates))
}

// charge is what choosing a payment mode charges with the order. Errors: currency.ErrNoRate.
func (k *reckoning) charge(o payment.Offer, lock currency.Lock) (currency.Leg, error) {
	in, err := k.settlesIn(o, lock)
	if err != nil {
		return currency.Leg{}, err
	}
	return lock.Rates.Settle(k.view.Due.Now, in)
}

// currencies fixes what the total is worth in the shop's currency, in the one it was shown in, and in the one that is
// charged.
func (k *reckoning) currencies(lock currency.Lock, charged currency.Leg) (currency.Record, error) {
	in := charged.Amount.Currency()
	if in.IsZero() { // nothing is to be paid
		in = k.rules.Rules().Currency
	}
	return lock.Record(k.view.Total(), k.shownIn(lock.Rates), in)
}

// foretell says on a cart that is shown in another currency what will be charged (ORD-02): by the payment mode that is
// chosen, else by the first that would be offered.
func (d *Desk) foretell(tx tenant.Tx, k *reckoning) error {
	lock := k.lock(tx.Now())
	k.view.Rates = lock.Rates
	if k.shownIn(lock.Rates) == k.rules.Rules().Currency {
		return nil
	}
	offers, err := d.Modes.Offers(tx, k.basket.Destination, k.view.Total())
	if err != nil {
		return err
	}
	for _, o := range permitted(offers, k.profile()) {
		leg, err := k.charge(o, lock)
		if err != nil {
			continue // without a rate it is not offered
		}
		if k.view.Charge.Currency().IsZero() || o.ID.String() == k.cart.Choices.Payment {
			k.view.Charge = leg.Amount
		}
	}
	return nil
}

// dueIn is what a further try to pay an order charges: at a rate the order was placed at, where the mode settles in
// that currency, else at the rates of now. An order that was placed before the management currency became
// another is paid in its own currency, or in that of then. Errors: currency.ErrNoRate.
func dueIn(tx tenant.Tx, o *order.Order, offer payment.Offer) (currency.Leg, error) {
	accepted := offer.Settles(o.Currency)
	for _, then := range agreedRates(o) {
		if slices.Contains(accepted, then.Amount.Currency()) {
			return part(o, then)
		}
	}
	s, err := settings.Load(tx)
	if err != nil {
		return currency.Leg{}, err
	}
	rates := s.Rules().Rates
	if rates.Base() != o.Currency { // placed before the management currency became another: rates are from that
		if rates, err = currency.NewRates(o.Currency); err != nil {
			return currency.Leg{}, err
		}
	}
	in, err := rates.Choose(accepted, o.Currencies.Display.Amount.Currency())
	if err != nil {
		return currency.Leg{}, err
	}
	return rates.Settle(o.Asks(), in)
}

// agreedRates are the rates an order keeps to other currencies, by which it is paid for as long as it lives: the one it
// is charged at; and the one it was shown at, where a part is due later, whatever the first was paid in (CUR-03).
func agreedRates(o *order.Order) []currency.Leg {
	list := []currency.Leg{o.Currencies.Settlement}
	if o.Deferred() {
		list = append(list, o.Currencies.Display)
	}
	return slices.DeleteFunc(list, func(l currency.Leg) bool { in := l.Amount.Currency(); return in.IsZero() || in == o.Currency })
}

// part is what an order asks for next at a rate of its own. Parts one after the other come to what the whole is
// worth at that rate, to the cent: each is what is due up to it less what was due before.
func part(o *order.Order, then currency.Leg) (currency.Leg, error) {
	in := then.Amount.Currency()
	at, err := currency.NewRates(o.Currency, currency.Rate{Currency: in, Factor: then.Rate})
	if err != nil {
		return currency.Leg{}, err
	}
	before := o.Total.Sub(o.Due())
	past, err := at.Settle(before, in)
	if err != nil {
		return currency.Leg{}, err
	}
	leg, err := at.Settle(before.Add(o.Asks()), in)
	if err != nil {
		return currency.Leg{}, err
	}
	leg.Amount = leg.Amount.Sub(past.Amount)
	if !leg.Amount.IsPositive() { // less than the smallest coin, and yet to be paid
		return at.Settle(o.Asks(), in)
	}
	return leg, nil
}

// whole is what an order is worth in the currency it is charged in now: all of it, also where a part is charged.
func whole(o *order.Order, charge currency.Leg) (currency.Leg, error) {
	in := charge.Amount.Currency()
	switch {
	case o.Advance == nil:
		return charge, nil
	case in == o.Currency:
		charge.Amount = o.Total
		return charge, nil
	}
	at, err := currency.NewRates(o.Currency, currency.Rate{Currency: in, Factor: charge.Rate})
	if err != nil {
		return currency.Leg{}, err
	}
	return at.Settle(o.Total, in)
}
