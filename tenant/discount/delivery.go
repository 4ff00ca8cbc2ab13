package discount

import (
	"slices"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// free is the whole of the shipping charges.
var free = money.MustRate("100")

// Key is "discount_delivery".
func (deliveryStep) Key() string { return "discount_delivery" }

// Apply gives free shipping once: by the first rule that gives it, otherwise by the
// first code. It refuses the codes that are not needed or not given. A code typed
// before a shipping mode is chosen waits.
func (a deliveryStep) Apply(s *pricing.Sheet) error {
	r := a.run(s)
	if len(r.shipping) == 0 && !slices.ContainsFunc(r.typed, typed.ships) {
		return nil
	}
	charged, now := s.Charged(pricing.Shipping), r.stand(s)
	for _, at := range r.shipping {
		if charged.IsZero() {
			break
		}
		if g, why := r.offer(&r.rules[at], now); why.none() && r.ship(s, g) {
			break
		}
	}
	r.shipCodes(s, now)
	return nil
}

func (r *run) shipCodes(s *pricing.Sheet, now *standing) {
	var offers []gift
	refuse := func(t typed, o obstacle) { s.Refuse(CodePrefix+t.code, t.refusal(o), false) }
	for _, t := range r.typed {
		if !t.ships() {
			continue
		}
		g, why := r.offerCode(t, now)
		if why.none() && !r.basket.NeedsShipping() {
			why = obstacle{key: nothing}
		}
		if !why.none() {
			refuse(t, why)
			continue
		}
		offers = append(offers, g)
	}
	kept, losers := contest(offers)
	for _, l := range losers {
		refuse(typed{l.gift.code, l.gift.rule}, obstacle{key: notTogether, rival: l.to.rule})
	}
	for _, g := range kept {
		switch {
		case r.basket.Shipping.Mode == "":
			s.Remark(pricing.Shopper, pricing.Because("discount.waiting", pricing.Args{"code": g.code}).Named(g.rule.Name))
		case !r.ship(s, g):
			refuse(typed{g.code, g.rule}, obstacle{key: noBetter})
		}
	}
}

// ship takes the shipping charges off and reports whether there were any.
func (r *run) ship(s *pricing.Sheet, g gift) bool {
	for _, p := range g.parts {
		why := g.rule.because(p.tier, g.code)
		if s.DiscountShippingRate(free, g.rule.source, why).IsPositive() {
			r.note(g)
			return true
		}
	}
	return false
}
