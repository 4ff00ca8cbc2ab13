package pricing

import "echoppe.dev/platform/kit/money"

// Shelf is the first step: what the goods cost before any rule, tiers and
// extras included.
type Shelf struct{}

// Key is "goods".
func (Shelf) Key() string { return "goods" }

// Apply posts unit price times quantity for every line, rounded half up to the
// currency.
func (Shelf) Apply(s *Sheet) error {
	reached := make(map[string]int64)
	for i := range s.Len() {
		if l := s.Line(i); l.TierGroup != "" {
			reached[l.TierGroup] += l.Qty
		}
	}
	for i := range s.Len() {
		l := s.Line(i)
		qty := l.Qty
		if l.TierGroup != "" {
			qty = reached[l.TierGroup]
		}
		s.shelve(i, l, qty)
	}
	return nil
}

// shelve posts a line. The trace tells its price from the shelf first, and then what
// each extra makes of it.
func (s *Sheet) shelve(i int, l *Line, reached int64) {
	total, unit := l.goods(reached, nil)
	why := goodsReason(l, unit, nil)
	before, after := s.Entered(i), Price{total, l.Unit.IncludesTax}
	if l.Listed != nil {
		before = s.relist(l, before)
	}
	s.note(Shopper, "goods", l.ID, why, before, after)
	for n := range l.Extras {
		chosen, before := l.Extras[:n+1], after
		bare := unit
		after.Amount, unit = l.goods(reached, chosen)
		added := Because("price.extra", Args{"unit": unit.Sub(bare)}).Named(l.Extras[n].Name)
		s.note(Shopper, "extra:"+l.Extras[n].Code, l.ID, added, before, after)
		why = goodsReason(l, unit, chosen)
	}
	s.units[i] = Price{unit, l.Unit.IncludesTax}
	s.post(i, Goods, "goods", after.Amount, why)
}

// relist tells what a line would cost by the article's own price, and which price is asked instead.
func (s *Sheet) relist(l *Line, before Price) Price {
	qty := Args{"qty": l.Qty, "unit": l.Listed.Unit}
	listed := Price{l.Listed.Unit.MulInt(l.Qty).Round(money.HalfUp), l.Unit.IncludesTax}
	asked := Price{l.Unit.Amount.MulInt(l.Qty).Round(money.HalfUp), l.Unit.IncludesTax}
	s.note(Shopper, "listed", l.ID, Because("price.goods", qty), before, listed)
	s.note(Shopper, "list", l.ID, l.Listed.Reason, listed, asked)
	return asked
}

// goodsReason says how a line came to its price: so many units at so much, with
// which extras, and instead of which price where the quantity made it cheaper.
func goodsReason(l *Line, unit money.Amount, extras []Extra) Reason {
	args := Args{"qty": l.Qty, "unit": unit}
	if len(extras) > 0 {
		args["extras"] = namesOf(extras)
	}
	list := with(extras, l.Unit.Amount)
	switch tiered := !unit.Equal(list); {
	case tiered && len(extras) > 0:
		args["list"] = list
		return Because("price.tier_extras", args)
	case tiered:
		args["list"] = list
		return Because("price.tier", args)
	case len(extras) > 0:
		return Because("price.goods_extras", args)
	default:
		return Because("price.goods", args)
	}
}

var _ Step = Shelf{}
