package discount

import (
	"cmp"
	"slices"
)

// chooseOrders are the rules on the order that are given: one of a group, that of
// the highest priority, then the better one for the buyer.
func (r *run) chooseOrders(now *standing) []gift {
	var gifts []gift
	for _, at := range r.orders {
		if g, why := r.offer(&r.rules[at], now); why.none() {
			gifts = append(gifts, g)
		}
	}
	kept, _ := contest(gifts)
	return kept
}

// offer is what a rule would take off, or why it does not.
func (r *run) offer(c *rule, now *standing) (gift, obstacle) {
	if why := r.closed(c); !why.none() {
		return gift{}, why
	}
	if rival := r.rival(c); rival != nil {
		return gift{}, obstacle{key: notTogether, rival: rival}
	}
	e := r.extent(c)
	if c.IsCoupon() {
		var barring *rule
		if e.open, barring = r.unbarred(e.open); len(e.open) == 0 && barring != nil {
			return gift{}, obstacle{key: notTogether, rival: barring}
		}
	}
	tiers := make([]int, len(e.open))
	if why := r.measure(c, e, now, tiers); !why.none() {
		return gift{}, why
	}
	g := r.gift(c, e.open, tiers)
	g.worth = r.worth(g, now)
	return g, obstacle{}
}

// lost is a gift that another one of its group took the place of.
type lost struct{ gift, to gift }

// contest keeps the best gift of each group, and all that stack, in the order of
// application. A rule that stacks is given once as well, by one of its codes.
func contest(gifts []gift) (kept []gift, losers []lost) {
	for j, g := range gifts {
		best := j
		for k := range gifts {
			if rivals(g.rule, gifts[k].rule) && beats(gifts[k], gifts[best]) {
				best = k
			}
		}
		if best != j {
			losers = append(losers, lost{g, gifts[best]})
			continue
		}
		kept = append(kept, g)
	}
	slices.SortStableFunc(kept, func(a, b gift) int { return cmp.Compare(a.rule.at, b.rule.at) })
	return kept, losers
}

// rivals are not given together.
func rivals(a, b *rule) bool { return a == b || a.group != "" && a.group == b.group }

// beats orders two rivals. Two codes of one rule are told apart by the
// code.
func beats(a, b gift) bool {
	return cmp.Or(
		cmp.Compare(a.rule.Priority, b.rule.Priority), a.worth.Cmp(b.worth),
		cmp.Compare(b.rule.at, a.rule.at), cmp.Compare(b.code, a.code),
	) > 0
}
