package discount

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// claim is a rule that is for a line. A large basket has hundreds.
type claim struct {
	rule, line int32
	rank       int32
	tier       int32 // it reaches, unreached for a rule that is not given
}

// unreached is the tier of a line that a rule takes nothing off.
const unreached = below - 1

// claims are all claims in a basket, by line, and where those of a line begin.
type claims struct {
	all     []claim
	first   []int
	extents []extent // of each rule
	now     *standing
}

// chooseGoods gives every line the rules of articles and families that win it.
//
// Of the rules of one group a line gets one: that of the highest priority, then the
// most specific (DSC-05, DSC-06), then the better one for the buyer (DSC-04). Rules
// that stack are given as well.
func (r *run) chooseGoods(now *standing) []gift {
	c := r.claims(now)
	if len(c.all) == 0 {
		return nil
	}
	r.spread(c)
	r.reach(c)
	won := make([]int, 0, len(r.lines)) // of the claims, by line
	for i := range r.lines {
		from := len(won)
		for k := c.first[i]; k < c.first[i+1]; k++ {
			if c.all[k].tier != unreached {
				won = r.admit(c, won, from, k)
			}
		}
	}
	return r.collect(c, won)
}

// claims lists which rules are for which line. Blocked lines are listed too: they
// may count, and never win.
func (r *run) claims(now *standing) *claims {
	most := 0
	for _, l := range r.lines {
		most += len(r.articles[l.Article].rules)
		for _, f := range l.Families {
			most += len(r.families[f].rules)
		}
	}
	c := &claims{first: make([]int, len(r.lines)+1), now: now}
	if most == 0 {
		return c
	}
	c.all = make([]claim, 0, most)
	last := make([]int, len(r.rules)) // 1 + the last claim of each rule, shut for none
	const shut = -1
	for i, l := range r.lines {
		c.first[i] = len(c.all)
		add := func(h hits) {
			for _, at := range h.rules {
				if last[at] == 0 && !r.closed(&r.rules[at]).none() {
					last[at] = shut
				}
				switch {
				case last[at] == shut:
				case last[at] > c.first[i]: // by another family of this line
					mine := &c.all[last[at]-1]
					mine.rank = max(mine.rank, int32(h.rank))
				default:
					c.all = append(c.all, claim{int32(at), int32(i), int32(h.rank), unreached})
					last[at] = len(c.all)
				}
			}
		}
		add(r.articles[l.Article])
		for _, f := range l.Families {
			add(r.families[f])
		}
	}
	c.first[len(r.lines)] = len(c.all)
	return c
}

// spread writes the claims down as lines of rules, on one array.
func (r *run) spread(c *claims) {
	sizes := make([]int, len(r.rules))
	for _, k := range c.all {
		sizes[k.rule]++
	}
	c.extents = make([]extent, len(r.rules))
	array := make([]int, len(c.all))
	for at, n := range sizes {
		c.extents[at].open, array = array[:0:n], array[n:]
	}
	for _, k := range c.all {
		c.extents[k.rule].add(int(k.line), r.lines[k.line])
	}
}

// reach measures every rule that claims a line and writes the tiers on the claims.
func (r *run) reach(c *claims) {
	tiers := make([]int, len(c.all))
	of := make([][]int, len(r.rules)) // the tiers of each rule, those of the next line first
	for at := range c.extents {
		e := c.extents[at]
		n := len(e.open)
		if n > 0 && r.measure(&r.rules[at], e, c.now, tiers[:n]).none() {
			of[at] = tiers[:n]
		}
		tiers = tiers[n:]
	}
	for k := range c.all {
		mine := &c.all[k]
		if of[mine.rule] == nil || r.lines[mine.line].Blocked {
			continue
		}
		tier := of[mine.rule][0]
		of[mine.rule] = of[mine.rule][1:]
		if r.rules[mine.rule].takes(tier).Kind != "" {
			mine.tier = int32(tier)
		}
	}
}

// admit puts the k-th claim among those that won its line, from the given place on:
// beside them, or in the place of one of its group.
func (r *run) admit(c *claims, won []int, from, k int) []int {
	group := r.rules[c.all[k].rule].group
	if group != "" {
		for j := from; j < len(won); j++ {
			if r.rules[c.all[won[j]].rule].group != group {
				continue
			}
			if r.better(c, c.all[k], c.all[won[j]]) {
				won[j] = k
			}
			return won
		}
	}
	return append(won, k)
}

// better orders two claims on one line. No two are equal.
func (r *run) better(c *claims, a, b claim) bool {
	x, y := &r.rules[a.rule], &r.rules[b.rule]
	if x.Priority != y.Priority {
		return x.Priority > y.Priority
	}
	if a.rank != b.rank {
		return a.rank > b.rank
	}
	if by := r.share(c, a).Cmp(r.share(c, b)); by != 0 {
		return by > 0
	}
	return a.rule < b.rule
}

// share estimates what a claim takes off its line.
func (r *run) share(c *claims, mine claim) money.Amount {
	off, line := r.rules[mine.rule].takes(int(mine.tier)), c.now.lines[mine.line]
	if off.Kind == Rate {
		return off.worth(line)
	}
	sum := pricing.NoFigures(r.currency) // an amount is shared by all lines of its tier
	for _, k := range c.all {
		if k.rule == mine.rule && k.tier == mine.tier {
			sum = sum.Add(c.now.lines[k.line])
		}
	}
	if sum.Net.IsZero() {
		return r.none()
	}
	return off.worth(sum).Prorate(line.Net, sum.Net)
}

// collect puts the claims that won back together by rule.
func (r *run) collect(c *claims, won []int) []gift {
	lines, tiers := make([][]int, len(r.rules)), make([][]int, len(r.rules))
	rules := 0
	for _, k := range won {
		at := c.all[k].rule
		if lines[at] == nil {
			rules++
		}
		lines[at], tiers[at] = append(lines[at], int(c.all[k].line)), append(tiers[at], int(c.all[k].tier))
	}
	gifts := make([]gift, 0, rules)
	for at := range lines {
		if lines[at] != nil {
			gifts = append(gifts, r.gift(&r.rules[at], lines[at], tiers[at]))
		}
	}
	return gifts
}
