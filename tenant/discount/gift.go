package discount

import (
	"slices"

	"echoppe.dev/platform/kit/money"
)

// gift is what one rule takes off which lines.
type gift struct {
	rule  *rule
	code  string
	parts []part
	worth money.Amount // an estimate, without tax
}

// part is the lines that reached one tier.
type part struct {
	tier  int
	lines []int
}

// gift puts lines together by the tiers they reached. Lines whose tier takes nothing
// off are left out.
func (r *run) gift(c *rule, lines, tiers []int) gift {
	g := gift{rule: c}
	for tier := below; tier < len(c.Scale.Tiers); tier++ {
		if c.takes(tier).Kind == "" || !slices.Contains(tiers, tier) {
			continue
		}
		p := part{tier: tier, lines: lines}
		if slices.ContainsFunc(tiers, func(t int) bool { return t != tier }) {
			p.lines = nil
			for j, i := range lines {
				if tiers[j] == tier {
					p.lines = append(p.lines, i)
				}
			}
		}
		g.parts = append(g.parts, p)
	}
	return g
}

// worth estimates what a gift takes off, without tax.
func (r *run) worth(g gift, now *standing) money.Amount {
	worth := r.none()
	for _, p := range g.parts {
		worth = worth.Add(g.rule.takes(p.tier).worth(r.sum(p.lines, now)))
	}
	return worth
}

// rival is a rule given already that a rule of this kind may not stand beside.
func (r *run) rival(c *rule) *rule {
	if r.alone != nil {
		return r.alone.rule
	}
	for _, g := range r.given {
		if c.group != "" && g.group == c.group || c.Combine == Alone && c.lane == shippingLane {
			return g
		}
	}
	return nil
}

// note remembers what was given.
func (r *run) note(g gift) {
	r.given = append(r.given, g.rule)
	if g.rule.Combine != NoCoupons {
		return
	}
	for _, p := range g.parts {
		for _, i := range p.lines {
			r.barred[i] = g.rule
		}
	}
}
