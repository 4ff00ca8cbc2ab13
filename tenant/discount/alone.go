package discount

import (
	"slices"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// chooseAlone looks for a rule that is given alone. The best of them is given when
// it saves the buyer more than all the others together.
func (r *run) chooseAlone() {
	var best *gift
	consider := func(g gift, why obstacle) {
		if why.none() && (best == nil || beats(g, *best)) {
			best = &g
		}
	}
	for _, at := range r.alones {
		consider(r.offer(&r.rules[at], r.before))
	}
	for _, t := range r.typed {
		if t.rule != nil && t.rule.Combine == Alone && !t.ships() {
			consider(r.offerCode(t, r.before))
		}
	}
	if best != nil && best.worth.Cmp(r.rest()) > 0 {
		r.alone = best
	}
}

// rest estimates what all rules that are not alone take off the goods together.
func (r *run) rest() money.Amount {
	try := *r
	try.given, try.barred = nil, make([]*rule, len(r.lines))
	now := &standing{lines: slices.Clone(r.before.lines)}
	take := func(gifts []gift) {
		for _, g := range gifts {
			try.estimate(g, now)
			try.note(g)
		}
	}
	take(try.chooseGoods(now))
	take(try.chooseOrders(now))
	take(try.chooseCoupons(now, func(string, pricing.Reason) {}))
	all := make([]int, len(r.lines))
	for i := range all {
		all[i] = i
	}
	return r.sum(all, r.before).Net.Sub(r.sum(all, now).Net)
}

// estimate takes a gift off what stands, unrounded.
func (r *run) estimate(g gift, now *standing) {
	for _, p := range g.parts {
		base := r.sum(p.lines, now)
		if base.Net.IsZero() {
			continue
		}
		left := base.Net.Sub(g.rule.takes(p.tier).worth(base))
		for _, i := range p.lines {
			f := now.lines[i]
			now.lines[i] = pricing.Figures{
				Net: f.Net.Prorate(left, base.Net), Tax: f.Tax.Prorate(left, base.Net), Gross: f.Gross.Prorate(left, base.Net),
			}
		}
		now.whole = nil
	}
}
