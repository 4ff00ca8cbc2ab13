package currency

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
)

// LockFor is how long a checkout keeps the rates it started with (CUR-04).
const LockFor = 30 * time.Minute

// Lock are the rates of one checkout and when it took them.
type Lock struct {
	Rates Rates     `json:"rates"`
	At    time.Time `json:"at"`
}

// Valid reports whether the rates still hold.
func (l Lock) Valid(now time.Time) bool {
	return !now.Before(l.At) && now.Before(l.At.Add(LockFor))
}

// Hold gives the rates to go on with: those of the lock while they hold, else fresh ones from now on. What the
// buyer would be charged may be another amount then, and he is asked again. No lock is one that does not hold.
func (l *Lock) Hold(now time.Time, fresh Rates) Lock {
	if l != nil && l.Valid(now) && l.Rates.Base() == fresh.Base() {
		return *l
	}
	return Lock{fresh, now}
}

// Leg is an amount in one currency, at its rate from the management currency.
type Leg struct {
	Amount money.Amount    `json:"amount"`
	Rate   decimal.Decimal `json:"rate"`
}

// Record is what an order keeps of the three currencies: what it is worth, what
// the buyer was shown and by which rounding, what he is charged.
type Record struct {
	Management Leg       `json:"management"`
	Display    Leg       `json:"display"`
	Rounding   Rounding  `json:"rounding,omitzero"`
	Settlement Leg       `json:"settlement"`
	LockedAt   time.Time `json:"locked_at"`
}

// Settle is what is charged in a currency for an amount of the base: converted and
// rounded once, half up. It returns ErrNoRate.
func (r Rates) Settle(a money.Amount, in money.Currency) (Leg, error) {
	rate, err := r.Find(in)
	if err != nil {
		return Leg{}, err
	}
	to, err := r.Convert(a, in)
	if err != nil {
		return Leg{}, err
	}
	return Leg{to.Round(money.HalfUp), rate.Factor}, nil
}

// Record fixes the three sides of a total under the lock. The buyer saw it as seen, which is what he is charged
// where the payment mode settles in that currency. It returns ErrNoRate.
func (l Lock) Record(total, seen money.Amount, by Rounding, settlement money.Currency) (Record, error) {
	record := Record{LockedAt: l.At, Rounding: by}
	for _, side := range []struct {
		in  money.Currency
		leg *Leg
	}{{l.Rates.Base(), &record.Management}, {seen.Currency(), &record.Display}, {settlement, &record.Settlement}} {
		leg, err := l.Rates.Settle(total, side.in)
		if err != nil {
			return Record{}, err
		}
		if side.in == seen.Currency() {
			leg.Amount = seen
		}
		*side.leg = leg
	}
	return record, nil
}

// Choose is the currency a payment mode charges a buyer in: the one he is shown if
// the mode accepts it, else the management currency if it does, else the first it
// accepts that has a rate. It returns ErrNoRate when there is none.
func (r Rates) Choose(accepted []money.Currency, shown money.Currency) (money.Currency, error) {
	for _, wanted := range append([]money.Currency{shown, r.base}, accepted...) {
		if _, err := r.Find(wanted); err == nil && slices.Contains(accepted, wanted) {
			return wanted, nil
		}
	}
	return money.Currency{}, ErrNoRate
}
