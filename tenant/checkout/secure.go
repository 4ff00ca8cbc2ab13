package checkout

import (
	"slices"
	"strings"
	"sync"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/discount"
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
		if p.charge, err = p.lock.Rates.Settle(k.view.Due.Now, in); err != nil {
			return err
		}
	}
	if p.cmd.Shown == seen(k.view.Due, p.charge) && slices.Equal(uses, discount.Redemptions(k.view.Priced)) {
		return nil
	}
	return p.changed(k)
}

// changed is the refusal of a total that is no longer the one the buyer saw.
func (p *placing) changed(k *reckoning) error {
	var why any = ""
	for _, r := range k.view.Priced.Refusals {
		if strings.HasPrefix(r.Source, discount.CodePrefix) {
			text := make(i18n.Text, len(i18n.Shipped))
			for _, l := range i18n.Shipped {
				text[l] = discountWords().T(l, r.Reason.Key, r.Reason.Args) + " "
			}
			why = text
			break
		}
	}
	if k.view.Due.Deferred() {
		return ErrDueChanged.With(fault.Args{"now": p.sum(k), "total": k.view.Total(), "why": why})
	}
	return ErrTotalChanged.With(fault.Args{"shown": p.cmd.Shown, "now": p.sum(k), "why": why})
}

// discountWords are the reasons of package discount, to be told within a message of this one.
var discountWords = sync.OnceValue(func() *i18n.Catalog {
	c, err := i18n.Load(discount.Locales, "locales")
	if err != nil {
		panic(err) // embedded: a mistake in it is a bug
	}
	return i18n.Base().Merge(c)
})
