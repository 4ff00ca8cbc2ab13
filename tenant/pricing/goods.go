package pricing

// Shelf is the first step: what the goods cost before any rule, tiers included.
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
		total, unit := l.goods(qty)
		s.units[i] = Price{unit, l.Unit.IncludesTax}
		before := s.Entered(i)
		why := Because("price.goods", Args{"qty": l.Qty, "unit": unit})
		if !unit.Equal(l.Unit.Amount) {
			why = Because("price.tier", Args{"qty": l.Qty, "unit": unit, "list": l.Unit.Amount})
		}
		s.post(i, Goods, "goods", total, why)
		s.note(Shopper, "goods", l.ID, why, before, s.Entered(i))
	}
	return nil
}

var _ Step = Shelf{}
