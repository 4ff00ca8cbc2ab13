package storefront

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/storefront/view"
	"echoppe.dev/tenant/cart"
)

// money writes an amount as it is.
func (v *visit) money(a money.Amount) view.Money {
	return view.Money{Text: i18n.FormatMoney(v.locale(), a), Amount: a.String(), Currency: a.Currency().Code()}
}

// price shows the price of one thing in the display currency, by its rounding rule.
func (v *visit) price(a money.Amount) (view.Money, error) {
	shown, err := v.display.Price(v.rates, a)
	return v.money(shown.Amount), err
}

// sum shows a total in the display currency.
func (v *visit) sum(a money.Amount) (view.Money, error) {
	shown, err := v.display.Sum(v.rates, a)
	return v.money(shown.Amount), err
}

// inOwn is an amount in the shop's own currency, when another is shown. It is not what is charged: that is the payment
// mode's to say, and told where one is known, in the cart and at the checkout (CUR-03).
func (v *visit) inOwn(a money.Amount) *view.Money {
	if v.display.Currency == a.Currency() {
		return nil
	}
	m := v.money(a)
	return &m
}

// entered turns a bound typed in the display currency into the management currency. It only narrows
// a list, so the odd rounding of displayed prices is of no account.
func (v *visit) entered(n decimal.Decimal) decimal.Decimal {
	rate, err := v.rates.Find(v.display.Currency)
	if err != nil || v.display.Currency == v.rules().Currency {
		return n
	}
	return n.DivRound(rate.Factor, money.MaxPlaces)
}

// seen is what a cart comes to as the reader sees it; total writes it.
func (v *visit) seen(found *cart.View) (money.Amount, error) {
	if found.Priced == nil {
		return found.Total(), nil
	}
	shown, err := v.billed(found.Priced)
	if err != nil {
		return money.Amount{}, err
	}
	return shown.Totals.ToPay, nil
}

func (v *visit) total(found *cart.View) (view.Money, error) {
	a, err := v.seen(found)
	return v.money(a), err
}
