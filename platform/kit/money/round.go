package money

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Mode says which way a rounding goes.
type Mode string

const (
	// HalfUp rounds to the nearest, halves away from zero. It is what tax
	// offices expect and what the house uses unless a law says otherwise.
	HalfUp Mode = "half_up"
	// HalfEven rounds to the nearest, halves to the even neighbour.
	HalfEven Mode = "half_even"
	// Up rounds away from zero.
	Up Mode = "up"
	// Down rounds towards zero.
	Down Mode = "down"
)

// Round rounds to the digits of the currency. An unknown mode panics.
func (a Amount) Round(m Mode) Amount { return a.RoundTo(a.n.cur.Digits(), m) }

// RoundTo rounds to the given number of decimals. An unknown mode panics.
func (a Amount) RoundTo(places int32, m Mode) Amount {
	if a.n.places() <= places {
		return a // nothing finer to lose: most amounts of a basket take this way
	}
	if a.n.wide != nil || places < 0 {
		return fromDecimal(roundWide(a.n.decimal(), places, m)).of(a.n.cur)
	}
	unit := powers[a.n.scale-places]
	whole, rest := a.n.coef/unit, a.n.coef%unit
	if away(whole, rest, unit, m) {
		whole += int64(a.n.sign())
	}
	return number{coef: whole, scale: places}.of(a.n.cur)
}

// away reports whether a number of so many whole units and a rest goes to the next
// unit, away from zero.
func away(whole, rest, unit int64, m Mode) bool {
	half := magnitude(rest)*2 >= uint64(unit)
	switch m {
	case HalfUp:
		return half
	case HalfEven:
		return half && (magnitude(rest)*2 > uint64(unit) || whole%2 != 0)
	case Up:
		return rest != 0
	case Down:
		return false
	default:
		panic(fmt.Sprintf("money: rounding mode %q", m))
	}
}

func roundWide(d decimal.Decimal, places int32, m Mode) decimal.Decimal {
	switch m {
	case HalfUp:
		return d.Round(places)
	case HalfEven:
		return d.RoundBank(places)
	case Up:
		return d.RoundUp(places)
	case Down:
		return d.RoundDown(places)
	default:
		panic(fmt.Sprintf("money: rounding mode %q", m))
	}
}
