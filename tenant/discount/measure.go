package discount

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// obstacle is why a rule is not given: a message key, "" for no obstacle, and what
// is missing.
type obstacle struct {
	key     string
	missing money.Amount
	n       int64
	rival   *rule
}

func (o obstacle) none() bool { return o.key == "" }

// closed tells what stands between this buyer and a rule, whatever the goods are.
func (r *run) closed(c *rule) obstacle {
	b := r.basket
	switch {
	case !c.From.IsZero() && b.At.Before(c.From):
		return obstacle{key: notYet}
	case !c.Until.IsZero() && !b.At.Before(c.Until):
		return obstacle{key: over}
	case !c.isFor(b.Profile):
		return obstacle{key: wrongProfile}
	case !c.holdsIn(b.Destination):
		if b.Destination.Country == "" {
			return obstacle{key: placeUnknown}
		}
		return obstacle{key: wrongPlace}
	case c.FirstOrder && r.facts.Returning:
		return obstacle{key: firstOrder}
	}
	if c.Limits == (Limits{}) {
		return obstacle{}
	}
	uses := r.facts.Uses[c.ID]
	switch {
	case c.Limits.Total > 0 && uses.Total >= c.Limits.Total:
		return obstacle{key: usedUp}
	case c.Limits.PerCustomer > 0 && uses.ByCustomer >= c.Limits.PerCustomer:
		return obstacle{key: alreadyUsed}
	}
	return obstacle{}
}

// measure writes down which tier each of the open lines of a rule reaches, or says
// what is missing. Thresholds are measured when a lane begins, so that rules of one lane do
// not move each other's.
func (r *run) measure(c *rule, e extent, now *standing, tiers []int) obstacle {
	if len(e.open) == 0 {
		return obstacle{key: nothing}
	}
	if o := r.tooLittle(c, e, now); !o.none() {
		return o
	}
	switch {
	case len(c.Scale.Tiers) == 0:
		for j := range tiers {
			tiers[j] = below
		}
	case c.Scale.By == Value:
		net := r.counted(c, e, now).Net
		tier := below
		for i, from := range c.from {
			if net.Cmp(from) >= 0 {
				tier = i
			}
		}
		for j := range tiers {
			tiers[j] = tier
		}
		if tier == below && c.Off.Kind == "" {
			return obstacle{key: minimumNet, missing: c.from[0].Sub(net)}
		}
	default:
		return r.quantities(c, e, tiers)
	}
	return obstacle{}
}

// tooLittle checks the minimum of a rule.
func (r *run) tooLittle(c *rule, e extent, now *standing) obstacle {
	least := c.Minimum.Amount
	if least.IsZero() {
		return obstacle{}
	}
	if c.Minimum.Before {
		now = r.before
	}
	side, key := pricing.Net, minimumNet
	if c.Minimum.IncludesTax {
		side, key = pricing.Gross, minimumGross
	}
	if missing := least.Sub(r.counted(c, e, now).In(side)); missing.IsPositive() {
		return obstacle{key: key, missing: missing}
	}
	return obstacle{}
}

// counted is what the goods that count for a rule cost.
func (r *run) counted(c *rule, e extent, now *standing) pricing.Figures {
	sum := r.sum(e.open, now)
	if c.CountBlocked {
		sum = sum.Add(r.sum(e.blocked, now))
	}
	return sum
}

// quantities finds the tiers of a scale on quantity. An article in two families of
// the rule goes by the fuller one.
func (r *run) quantities(c *rule, e extent, tiers []int) obstacle {
	counts := make(map[string]int64, len(c.members)+1)
	count := func(lines []int) {
		for _, i := range lines {
			r.counts(c, i, func(key string) { counts[key] += r.lines[i].Qty })
		}
	}
	count(e.open)
	if c.CountBlocked {
		count(e.blocked)
	}
	best := int64(0)
	reached := false
	for j, i := range e.open {
		qty := int64(0)
		r.counts(c, i, func(key string) { qty = max(qty, counts[key]) })
		tiers[j] = c.Scale.at(decimal.NewFromInt(qty))
		reached = reached || c.takes(tiers[j]).Kind != ""
		best = max(best, qty)
	}
	if !reached {
		return obstacle{key: quantity, n: c.Scale.Tiers[0].From.IntPart() - best}
	}
	return obstacle{}
}

// counts names the counts that a line goes into.
func (r *run) counts(c *rule, i int, in func(key string)) {
	l := r.lines[i]
	switch c.Scale.Per {
	case PerOrder:
		in("")
	case PerArticle:
		if l.Article == "" {
			in("line " + l.ID) // stands for an article of its own
			return
		}
		in("article " + l.Article)
	case PerFamily:
		for _, f := range l.Families {
			if c.members[f] > 0 {
				in(f)
			}
		}
	}
}
