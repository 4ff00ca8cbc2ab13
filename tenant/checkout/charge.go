package checkout

import (
	"slices"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/bill"
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

// display is the currency the buyer sees amounts in: the shop's own when his is not offered any more, or has lost its
// rate since.
func (k *reckoning) display(lock currency.Lock) currency.Display {
	d := k.rules.Rules().Display(k.view.Display, k.basket.At)
	if _, err := lock.Rates.Find(d.Currency); err != nil {
		return currency.Display{Currency: k.rules.Rules().Currency}
	}
	return d
}

// seen is the total as the buyer sees it.
func (k *reckoning) seen(lock currency.Lock) (money.Amount, error) {
	if k.view.Priced == nil {
		return k.view.Total(), nil
	}
	shown, err := bill.In(k.view.Priced, k.display(lock), lock.Rates)
	if err != nil {
		return money.Amount{}, err
	}
	return shown.Totals.ToPay, nil
}

// settlesIn is the currency a payment mode charges the buyer in (CUR-03): the one he sees if the mode settles in it,
// else the shop's own, else the first there is a rate for. Errors: currency.ErrNoRate.
func (k *reckoning) settlesIn(o payment.Offer, lock currency.Lock) (money.Currency, error) {
	return lock.Rates.Choose(o.Settles(k.rules.Rules().Currency), k.display(lock).Currency)
}

// charge is what choosing a payment mode charges with the order. Errors: currency.ErrNoRate.
func (k *reckoning) charge(o payment.Offer, lock currency.Lock) (currency.Leg, error) {
	in, err := k.settlesIn(o, lock)
	if err != nil {
		return currency.Leg{}, err
	}
	return k.settle(in, lock)
}

// settle is what is charged with the order in a currency: what the buyer sees in the one he sees amounts in, to the
// cent. Errors: currency.ErrNoRate.
func (k *reckoning) settle(in money.Currency, lock currency.Lock) (currency.Leg, error) {
	leg, err := lock.Rates.Settle(k.view.Due.Now, in)
	if err != nil || in != k.display(lock).Currency {
		return leg, err
	}
	seen, err := k.seen(lock)
	if err == nil {
		leg.Amount = bill.Part(k.view.Due.Now, k.view.Total(), seen)
	}
	return leg, err
}

// currencies fixes what the total is worth in the shop's currency, in the one it was shown in, and in the one that is
// charged.
func (k *reckoning) currencies(lock currency.Lock, charged currency.Leg) (currency.Record, error) {
	in := charged.Amount.Currency()
	if in.IsZero() { // nothing is to be paid
		in = k.rules.Rules().Currency
	}
	seen, err := k.seen(lock)
	if err != nil {
		return currency.Record{}, err
	}
	return lock.Record(k.view.Total(), seen, k.display(lock).Rounding, in)
}

// foretell says on a cart that is shown in another currency what will be charged (ORD-02): by the payment mode that is
// chosen, else by the first that would be offered.
func (d *Desk) foretell(tx tenant.Tx, k *reckoning) error {
	lock := k.lock(tx.Now())
	k.view.Rates = lock.Rates
	if k.display(lock).Currency == k.rules.Rules().Currency {
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

// agreedRates are the order's worth in other currencies as it was agreed, by which it is paid for as long as it lives:
// in the one it is charged in, and in the one it was shown in, whatever the first try was paid in (CUR-03).
func agreedRates(o *order.Order) []currency.Leg {
	list := []currency.Leg{o.Currencies.Settlement, o.Currencies.Display}
	return slices.DeleteFunc(list, func(l currency.Leg) bool { in := l.Amount.Currency(); return in.IsZero() || in == o.Currency })
}

// part is what an order asks for next of what all of it was agreed to be. Parts one after the other come to that, to
// the cent: each is what is due up to it less what was due before.
func part(o *order.Order, agreed currency.Leg) (currency.Leg, error) {
	before := o.Total.Sub(o.Due())
	leg := agreed
	leg.Amount = bill.Part(before.Add(o.Asks()), o.Total, agreed.Amount).Sub(bill.Part(before, o.Total, agreed.Amount))
	if leg.Amount.IsPositive() {
		return leg, nil
	}
	// less than the smallest coin, and yet to be paid
	at, err := currency.NewRates(o.Currency, currency.Rate{Currency: agreed.Amount.Currency(), Factor: agreed.Rate})
	if err != nil {
		return currency.Leg{}, err
	}
	return at.Settle(o.Asks(), agreed.Amount.Currency())
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
	for _, agreed := range agreedRates(o) {
		if agreed.Amount.Currency() == in && agreed.Rate.Equal(charge.Rate) {
			return agreed, nil
		}
	}
	at, err := currency.NewRates(o.Currency, currency.Rate{Currency: in, Factor: charge.Rate})
	if err != nil {
		return currency.Leg{}, err
	}
	return at.Settle(o.Total, in)
}

// provided is what the merchant's bank takes, with the fixed part, which he typed in his own currency, in the one that is
// charged.
func provided(s payment.Share, charge currency.Leg, base money.Currency) payment.Share {
	if in := charge.Amount.Currency(); in != base {
		s.Fixed = money.New(s.Fixed.Mul(charge.Rate), in).Round(money.HalfUp).Decimal()
	}
	return s
}
