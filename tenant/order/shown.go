package order

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
)

// Shown is the currency the buyer saw his order in, with the rate of then (CUR-03): its own where he saw no other.
func (o *Order) Shown() (currency.Display, currency.Rates) {
	then := o.Currencies.Display
	if in := then.Amount.Currency(); !in.IsZero() && in != o.Currency {
		if rates, err := currency.NewRates(o.Currency, currency.Rate{Currency: in, Factor: then.Rate}); err == nil {
			return currency.Display{Currency: in}, rates
		}
	}
	rates, _ := currency.NewRates(o.Currency) // without a rate there is nothing to refuse
	return currency.Display{Currency: o.Currency}, rates
}

// Show is an amount of the order as the buyer saw it.
func (o *Order) Show(a money.Amount) money.Amount {
	in, rates := o.Shown()
	shown, err := in.Sum(rates, a)
	if err != nil {
		return a // not of the order's currency: as it is
	}
	return shown.Amount
}

// Charge is what the buyer is charged for the order, or was when paid says so, where that is in another currency than
// the one he saw. ok is false where it is not, and where it is neither: in part, or called off.
func (o *Order) Charge() (a money.Amount, paid, ok bool) {
	a = o.Currencies.Settlement.Amount
	in, _ := o.Shown()
	if a.Currency().IsZero() || a.Currency() == in.Currency || !o.Total.IsPositive() {
		return a, false, false
	}
	if !o.Due().IsPositive() {
		return a, true, true
	}
	return a, false, o.Paid.IsZero() && o.State != Cancelled && o.State != Refunded
}
