package pricefiletest

import (
	"math/rand/v2"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// dice draws one cart.
type dice struct {
	*rand.Rand
	currency money.Currency
	steady   bool // see Steady
	alike    bool // a steady cart of several lines: all amounts are entered on the side they are paid
	withTax  bool // which side that is
}

func roll(n uint64, steady bool) *dice {
	d := &dice{Rand: rand.New(rand.NewPCG(n, seed)), steady: steady}
	d.currency = pick(d, currencies)
	d.alike, d.withTax = steady && !d.one(3), d.one(2)
	return d
}

// seed makes these carts, and no others, those of a number.
const seed = 20260302

func pick[T any](d *dice, list []T) T { return list[d.IntN(len(list))] }

// one reports true once in so many times.
func (d *dice) one(in int) bool { return d.IntN(in) == 0 }

// amount is often small, mostly in the digits of the currency, never negative.
func (d *dice) amount(most int64) money.Amount {
	places := d.currency.Digits()
	if d.one(4) {
		places = money.MaxPlaces
	}
	if d.one(3) {
		most = 1 + most/100
	}
	return money.New(decimal.New(d.Int64N(most+1), -places), d.currency)
}

// cents is an amount above zero in the digits of the currency.
func (d *dice) cents(most int64) money.Amount {
	return money.FromMinor(1+d.Int64N(most), d.currency)
}

func (d *dice) price(a money.Amount) pricing.Price {
	return pricing.Price{Amount: a, IncludesTax: d.includesTax()}
}

func (d *dice) includesTax() bool {
	if d.alike {
		return d.withTax
	}
	return d.one(2)
}

// rate is above zero and at most 100 %, with one decimal.
func (d *dice) rate() money.Rate { return money.Percent(decimal.New(1+d.Int64N(1000), -1)) }

// lowRate is up to 20 %, with two decimals, and may be none.
func (d *dice) lowRate() money.Rate { return money.Percent(decimal.New(d.Int64N(2001), -2)) }

func (d *dice) number(most int64, places int32) decimal.Decimal {
	return decimal.New(d.Int64N(most+1), -places)
}
