package cart

import (
	"context"
	"strconv"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
)

// Refusals of one wish among several.
var (
	ErrNothing = fault.New(fault.Malformed, "cart.nothing_chosen") // no wish at all
	errNone    = fault.New(fault.Conflict, "cart.none_left")
	errLeft    = fault.New(fault.Conflict, "cart.only_left")      // n
	errLeftAll = fault.New(fault.Conflict, "cart.only_left_have") // n, have
)

// ErrHeld is the refusal of one more where the cart has all there are.
var ErrHeld = fault.New(fault.Conflict, "cart.last_held") // n

// Add puts a wish into the cart, making one when there is none. More than there is may be asked for
// as long as there is any that the cart does not hold yet, in whatever line: the line is marked then.
//
// Errors: ErrGone, ErrChoice, ErrSoldOut, ErrHeld, ErrQty, ErrFull.
func (s *Carts) Add(ctx context.Context, shop *tenant.Shop, r Reader, w Wish) (Kept, error) {
	return s.addTo(ctx, shop, r, []Wish{w}, func(tx tenant.Tx, c *Cart, found offers) error {
		o, ok := found[w.Variant]
		switch {
		case !ok:
			return ErrGone
		case !o.has(w.Extras):
			return ErrChoice
		case !o.level.Sellable(1):
			return soldOut(tx, w.Variant, r.Locale)
		}
		if have := c.holds(w.Variant); have > 0 && !o.level.Sellable(have+1) {
			return ErrHeld.With(fault.Args{"n": o.level.Promisable()})
		}
		return c.add(w, tx.Now())
	})
}

// addTo changes the cart, or makes one, knowing what is offered of the wished variants.
func (s *Carts) addTo(ctx context.Context, shop *tenant.Shop, r Reader, wishes []Wish, put func(tenant.Tx, *Cart, offers) error) (Kept, error) {
	var found offers
	lock := func(tx tenant.Tx) (c *Cart, err error) {
		c, found, err = lockWithOffers(tx, r, wishes)
		return c, err
	}
	return s.changeWith(ctx, shop, r, true, lock, func(tx tenant.Tx, c *Cart) error { return put(tx, c, found) })
}

// AddAll puts several wishes into the cart, all of them or none (ART-09). Where Add lets somebody ask
// for more than there is and marks the line, more is refused here: who fills in a table is told in the
// table.
//
// Errors: Invalid with a field for every wish that cannot be met, named by its place among them: "0",
// "3"; ErrNothing; ErrFull.
func (s *Carts) AddAll(ctx context.Context, shop *tenant.Shop, r Reader, wishes []Wish) (Kept, error) {
	if len(wishes) == 0 {
		return Kept{}, ErrNothing
	}
	return s.addTo(ctx, shop, r, wishes, func(tx tenant.Tx, c *Cart, found offers) error {
		have := map[stock.VariantID]int{}
		for _, l := range c.Lines {
			have[l.Variant] += l.Qty
		}
		var refused []fault.Field
		for i, w := range wishes {
			if why := found.meet(w, have[w.Variant]); why != nil {
				refused = append(refused, fault.Field{Name: strconv.Itoa(i), Key: why.Key(), Args: why.Args()})
				continue
			}
			have[w.Variant] += w.Qty
		}
		if len(refused) > 0 {
			return fault.Invalid(refused...)
		}
		for _, w := range wishes {
			if err := c.add(w, tx.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// meet tells why a wish cannot be met beside what the cart has of its variant, nil when it can.
func (o offers) meet(w Wish, have int) *fault.Error {
	one, ok := o[w.Variant]
	switch {
	case !ok:
		return ErrGone
	case !one.has(w.Extras):
		return ErrChoice
	case w.Qty < 1 || have+w.Qty > MaxQty:
		return ErrQty.With(fault.Args{"min": 1, "max": MaxQty})
	case one.level.Sellable(have + w.Qty):
		return nil
	case one.level.Available() <= 0:
		return errNone
	case have > 0 && !one.level.Sellable(have+1):
		return ErrHeld.With(fault.Args{"n": one.level.Available()})
	case have > 0:
		return errLeftAll.With(fault.Args{"n": one.level.Available(), "have": have})
	default:
		return errLeft.With(fault.Args{"n": one.level.Available()})
	}
}
