package order

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/pricing"
)

// Shown is the currency the buyer saw his order in, with the rate and the rounding of then (CUR-03): its own where he
// saw no other.
func (o *Order) Shown() (currency.Display, currency.Rates) {
	then := o.Currencies.Display
	if in := then.Amount.Currency(); !in.IsZero() && in != o.Currency {
		if rates, err := currency.NewRates(o.Currency, currency.Rate{Currency: in, Factor: then.Rate}); err == nil {
			return currency.Display{Currency: in, Rounding: o.Currencies.Rounding}, rates
		}
	}
	rates, _ := currency.NewRates(o.Currency) // without a rate there is nothing to refuse
	return currency.Display{Currency: o.Currency}, rates
}

// Bill is the price of the order as its buyer saw it; nil for an order that came without. Errors: currency.ErrNoRate.
func (o *Order) Bill() (*pricing.Priced, error) {
	if o.Priced == nil {
		return nil, nil
	}
	in, rates := o.Shown()
	return bill.In(o.Priced, in, rates)
}

// Show is a part of the order's total as the buyer saw it: the total as it was shown, other sums in proportion to it.
func (o *Order) Show(a money.Amount) money.Amount {
	in, rates := o.Shown()
	if then := o.Currencies.Display.Amount; a.Currency() == o.Currency && in.Currency == then.Currency() && !o.Total.IsZero() {
		return bill.Part(a, o.Total, then)
	}
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
