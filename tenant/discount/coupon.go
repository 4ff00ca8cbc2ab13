package discount

import (
	"echoppe.dev/tenant/pricing"
)

// unbarred leaves out the lines that a rule keeps coupons off, and names it.
func (r *run) unbarred(lines []int) ([]int, *rule) {
	var barring *rule
	for _, i := range lines {
		if r.barred[i] != nil {
			barring = r.barred[i]
		}
	}
	if barring == nil {
		return lines, nil
	}
	free := make([]int, 0, len(lines))
	for _, i := range lines {
		if r.barred[i] == nil {
			free = append(free, i)
		}
	}
	return free, barring
}

// chooseCoupons are the coupons on goods that are given, and what to tell of the
// others.
func (r *run) chooseCoupons(now *standing, refuse func(code string, why pricing.Reason)) []gift {
	var gifts []gift
	for _, t := range r.typed {
		if t.rule == nil {
			refuse(t.code, t.refusal(obstacle{key: unknown}))
			continue
		}
		if t.ships() || r.alone != nil && r.alone.code == t.code {
			continue
		}
		g, why := r.offerCode(t, now)
		if why.none() && t.rule.Combine == Alone {
			why = obstacle{key: noBetter} // it lost against everything else: see chooseAlone
		}
		if !why.none() {
			refuse(t.code, t.refusal(why))
			continue
		}
		gifts = append(gifts, g)
	}
	kept, losers := contest(gifts)
	for _, l := range losers {
		why := obstacle{key: notTogether, rival: l.to.rule}
		refuse(l.gift.code, typed{l.gift.code, l.gift.rule}.refusal(why))
	}
	return kept
}

// offerCode is offer for a code, which may be spent.
func (r *run) offerCode(t typed, now *standing) (gift, obstacle) {
	if r.facts.Spent[t.code] {
		return gift{}, obstacle{key: spent}
	}
	g, why := r.offer(t.rule, now)
	g.code = t.code
	return g, why
}
