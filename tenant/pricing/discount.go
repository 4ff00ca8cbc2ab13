package pricing

import (
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
)

var whole = money.Percent(decimal.NewFromInt(100))

// DiscountRate takes a percentage off what some lines cost so far and returns
// how much that is, as entered. The discount is rounded once on the sum and
// shared by what each line costs, by largest remainder. Lines entered with tax
// and lines entered without are two sums. A rate above 100 % counts as 100 %, one
// below zero as none: no line goes below zero.
func (s *Sheet) DiscountRate(lines []int, rate money.Rate, source string, why Reason) money.Amount {
	return s.takeRate(lines, Discount, rate, source, why)
}

// DiscountAmount takes an amount off some lines together and returns how much was
// taken: never more than they cost. It is shared like DiscountRate. On a line
// that was entered on the other side the share is converted, and exact to the
// cent on that line's own side.
func (s *Sheet) DiscountAmount(lines []int, off Price, source string, why Reason) money.Amount {
	return s.takeAmount(lines, Discount, off, source, why)
}

// DiscountShippingRate takes a percentage off the shipping charges; 100 % is free
// shipping. Insurance is not touched.
func (s *Sheet) DiscountShippingRate(rate money.Rate, source string, why Reason) money.Amount {
	return s.takeRate(s.charges(Shipping), ShippingDiscount, rate, source, why)
}

// DiscountShippingAmount takes an amount off the shipping charges, never more
// than they are.
func (s *Sheet) DiscountShippingAmount(off Price, source string, why Reason) money.Amount {
	return s.takeAmount(s.charges(Shipping), ShippingDiscount, off, source, why)
}

func (s *Sheet) takeRate(piles []int, k Kind, rate money.Rate, source string, why Reason) money.Amount {
	taken := money.Zero(s.basket.Currency)
	if rate.Cmp(whole) > 0 {
		rate = whole
	}
	for _, includes := range []bool{false, true} {
		same := make([]int, 0, len(piles))
		sum := money.Zero(s.basket.Currency)
		for _, at := range piles {
			if p := &s.piles[at]; p.includes == includes && p.sum.IsPositive() {
				same, sum = append(same, at), sum.Add(p.sum)
			}
		}
		off := Price{rate.Of(sum).Round(money.HalfUp), includes}
		taken = taken.Add(s.takeAmount(same, k, off, source, why))
	}
	return taken
}

func (s *Sheet) takeAmount(piles []int, k Kind, off Price, source string, why Reason) money.Amount {
	cur := s.basket.Currency
	stands := slices.Grow(s.stands[:0], len(piles))[:len(piles)] // what each pile comes to, on the side of off
	s.stands = stands
	base := money.Zero(cur)
	for i, at := range piles {
		p := &s.piles[at]
		stands[i] = p.sum
		if p.includes != off.IncludesTax {
			stands[i] = s.figuresOf(p).In(off.side())
		}
		base = base.Add(stands[i])
	}
	amount := money.Min(off.Amount.Round(money.HalfUp), base)
	if !amount.IsPositive() {
		return money.Zero(cur)
	}
	for i, share := range money.Share(amount, stands) {
		if share.IsZero() {
			continue
		}
		p := &s.piles[piles[i]]
		if p.includes != off.IncludesTax {
			// In proportion, so that the whole of one side is the whole of the other.
			share = p.sum.Prorate(share, stands[i]).Round(money.HalfUp)
		}
		before := Price{p.sum, p.includes}
		s.post(piles[i], k, source, share.Neg(), why)
		if p.line >= 0 {
			s.note(Staff, source, s.Line(p.line).ID, why, before, Price{p.sum, p.includes})
		}
	}
	s.note(Shopper, source, "", why, Price{base, off.IncludesTax}, Price{base.Sub(amount), off.IncludesTax})
	return amount
}
