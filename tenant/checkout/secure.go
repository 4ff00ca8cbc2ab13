package checkout

import (
	"slices"
	"sync"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/cart"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
)

// secure locks the discounts the price gives and counts again. What others used up meanwhile is taken
// out of the price, and the buyer is asked anew: he is never charged another sum than the one he saw.
func (p *placing) secure(tx tenant.Tx, k *reckoning) error {
	uses := discount.Redemptions(k.view.Priced)
	if len(uses) == 0 {
		return nil
	}
	if err := k.rules.book.Lock(tx, uses); err != nil {
		return err
	}
	known, err := k.rules.book.Facts(tx, p.who.as(p.cmd.Draft.Email), k.cart.Codes)
	if err != nil {
		return err
	}
	k.known = known
	if err := k.price(tx.Now()); err != nil {
		return err
	}
	if in := p.charge.Amount.Currency(); !in.IsZero() {
		if p.charge, err = k.settle(in, p.lock); err != nil {
			return err
		}
	}
	if unchanged(p.cmd.Shown, k.view, p.charge) && slices.Equal(uses, discount.Redemptions(k.view.Priced)) {
		return nil
	}
	return p.changed(k)
}

// changed is the refusal of a total that is no longer the one the buyer saw.
func (p *placing) changed(k *reckoning) error { return changed(k.view, p.charge, p.cmd.Shown) }

// Changed tells that the sheet says another total than the buyer saw: ErrTotalChanged, ErrDueChanged where a
// part of it is paid later, ErrTaxChanged where only the tax in it is another. It is nil while he has seen none.
func (s *Sheet) Changed(shown string) error {
	if shown == "" || unchanged(shown, s.Cart, s.Charge) {
		return nil
	}
	return changed(s.Cart, s.Charge, shown)
}

// changed names what is asked now, and why: a code that is not given any more, or what else is another.
func changed(view *cart.View, charge currency.Leg, shown string) error {
	is := seen(view, charge)
	parts := different(shown, is)
	var why any = ""
	if text := refusedCode(view); text != nil {
		why = text
	} else if text := whatChanged(parts); text != nil {
		why = text
	}
	now := view.Due.Now
	if a := charge.Amount; !a.Currency().IsZero() {
		now = a
	}
	if total(shown) == total(is) {
		return ErrTaxChanged.With(fault.Args{"now": now})
	}
	if view.Due.Deferred() {
		return ErrDueChanged.With(fault.Args{"now": now, "total": view.Total(), "why": why})
	}
	return ErrTotalChanged.With(fault.Args{"shown": total(shown), "now": now, "why": why})
}

// refusals are those of the price; none where nothing of the cart can be bought.
func refusals(view *cart.View) []pricing.Refusal {
	if view.Priced == nil {
		return nil
	}
	return view.Priced.Refusals
}

// discountWords are the reasons of package discount, to be told within a message of this one.
var discountWords = sync.OnceValue(func() *i18n.Catalog {
	c, err := i18n.Load(discount.Locales, "locales")
	if err != nil {
		panic(err) // embedded: a mistake in it is a bug
	}
	return i18n.Base().Merge(c)
})
