package discount

import (
	"slices"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// run is one calculation: what the goods cost before any discount, what the shopper
// asked for, and what was given so far. It holds nothing of the sheet itself.
type run struct {
	*Rules
	facts  *Facts
	basket *pricing.Basket
	lines  []*pricing.Line // as on the sheet
	before *standing
	now    standing // see stand
	whole  extent   // of a rule for the whole order

	typed  []typed
	alone  *gift   // nothing else is given beside it
	given  []*rule // in their order
	barred []*rule // of each line, the rule that keeps coupons off; nil without one
}

// typed is a code in the basket, and the rule it asks for.
type typed struct {
	code string
	rule *rule
}

// ships reports a code for free shipping.
func (t typed) ships() bool { return t.rule != nil && t.rule.lane == shippingLane }

func (r *Rules) start(s *pricing.Sheet, facts *Facts) *run {
	n := s.Len()
	u := &run{
		Rules: r, facts: facts, basket: s.Basket(), barred: make([]*rule, n),
		lines: make([]*pricing.Line, n), before: new(standing), whole: extent{open: make([]int, 0, n)},
	}
	u.before.look(s)
	for i := range u.lines {
		u.lines[i] = s.Line(i)
		u.whole.add(i, u.lines[i])
	}
	u.readCodes()
	u.chooseAlone()
	return u
}

// maxTyped is how many codes of a basket are read: far more than anybody has, and
// few enough for a hostile basket to cost nothing.
const maxTyped = 20

// readCodes finds the rules of the codes in the basket. The same code typed twice is
// one; a code nobody knows has no rule.
func (r *run) readCodes() {
	for _, text := range r.basket.Codes {
		code := shown(Code(text)) // no code of a rule is longer
		if len(r.typed) == maxTyped {
			return
		}
		if code == "" || slices.ContainsFunc(r.typed, func(t typed) bool { return t.code == code }) {
			continue
		}
		at, known := r.codes[code]
		if !known {
			if id, issued := r.facts.Issued[code]; issued {
				at, known = r.ids[id]
				known = known && r.rules[at].Issued
			}
		}
		t := typed{code: code}
		if known {
			t.rule = &r.rules[at]
		}
		r.typed = append(r.typed, t)
	}
}

// standing is what every line costs when a lane begins.
type standing struct {
	lines []pricing.Figures
	whole *pricing.Figures // the sum of all open lines, once somebody asked
}

// stand looks at the sheet as a lane begins. It is good until the next lane.
func (r *run) stand(s *pricing.Sheet) *standing {
	r.now.look(s)
	return &r.now
}

func (now *standing) look(s *pricing.Sheet) {
	now.lines, now.whole = slices.Grow(now.lines[:0], s.Len()), nil
	for i := range s.Len() {
		now.lines = append(now.lines, s.Figures(i))
	}
}

// extent is the lines a rule is for.
type extent struct{ open, blocked []int }

func (e *extent) add(i int, l *pricing.Line) {
	if l.Blocked {
		e.blocked = append(e.blocked, i)
		return
	}
	e.open = append(e.open, i)
}

func (r *run) extent(c *rule) extent {
	if c.Scope.Of == Order {
		return r.whole
	}
	var e extent
	for i, l := range r.lines {
		if c.rank(l) > 0 {
			e.add(i, l)
		}
	}
	return e
}

func (r *run) none() money.Amount { return money.Zero(r.currency) }

func (r *run) sum(lines []int, now *standing) pricing.Figures {
	// The open lines of the order are one slice, which many rules share.
	whole := len(lines) > 0 && len(lines) == len(r.whole.open) && &lines[0] == &r.whole.open[0]
	if whole && now.whole != nil {
		return *now.whole
	}
	sum := pricing.NoFigures(r.currency)
	for _, i := range lines {
		sum = sum.Add(now.lines[i])
	}
	if whole {
		now.whole = &sum
	}
	return sum
}
