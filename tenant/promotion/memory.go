package promotion

import (
	"slices"
	"strconv"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricelist"
)

// Memory is what discounts took off articles on the shelf at any time that still matters: a new reduction must
// not be measured against a price that was lower a short while ago (LAW-03). Rules with a limit count as if it
// had never been reached. A nil Memory remembers that there was nothing.
type Memory struct {
	rules   *discount.Rules
	terms   []term
	changes []time.Time
}

// term is when a rule held: from an instant until another; the zero time is no limit.
type term struct{ from, until time.Time }

func (t term) holds(at time.Time) bool {
	return !at.Before(t.from) && (t.until.IsZero() || at.Before(t.until))
}

// Changes are the instants at which something may have begun or ended, in order.
func (m *Memory) Changes() []time.Time {
	if m == nil {
		return nil
	}
	return m.changes
}

// Held tells whether a rule was in force at an instant.
func (m *Memory) Held(at time.Time) bool {
	return m != nil && slices.ContainsFunc(m.terms, func(t term) bool { return t.holds(at) })
}

// Steps are the steps for a visitor of whom nothing is known, for a basket of any instant at which something Held.
func (m *Memory) Steps() discount.Steps { return m.rules.With(discount.Facts{}) }

// remembering compiles all versions of the rules of a shop; each is dated, so that one compilation serves every instant.
func remembering(cur money.Currency, versions []discount.Rule, tree discount.Tree) (*Memory, error) {
	m := &Memory{}
	kept := make([]discount.Rule, 0, len(versions))
	for i, r := range versions {
		r.ID += "~" + strconv.Itoa(i) // versions of one rule are rules of their own
		if Lane(&r) != "goods" || r.Check(cur) != nil {
			continue
		}
		kept = append(kept, r)
		m.terms = append(m.terms, term{r.From, r.Until})
		for _, t := range []time.Time{r.From, r.Until} {
			if !t.IsZero() {
				m.changes = append(m.changes, t)
			}
		}
	}
	if len(kept) == 0 {
		return nil, nil
	}
	slices.SortFunc(m.changes, time.Time.Compare)
	m.changes = slices.CompactFunc(m.changes, time.Time.Equal)
	var err error
	m.rules, err = discount.Compile(cur, kept, tree)
	return m, err
}

// past is what is remembered of a stored rule when it becomes another at an instant, or is put away: each version
// that was on the shelf, dated from when it held until it ended.
func (s *Stored) past(now time.Time) []discount.Rule {
	kept := slices.DeleteFunc(slices.Clone(s.Past), func(r discount.Rule) bool { return r.Until.Before(now.Add(-pricelist.Remembered)) })
	if !s.Active || s.Archived || s.Broken != nil || Lane(&s.Rule) != "goods" {
		return kept
	}
	last := since(s.Rule, s.UpdatedAt)
	if last.Until.IsZero() || last.Until.After(now) {
		last.Until = now
	}
	if !last.From.Before(last.Until) || last.Until.Before(now.Add(-pricelist.Remembered)) {
		return kept
	}
	return append(kept, last)
}

// Shown tells whether the prices the discount made still matter, so that it is archived rather than deleted.
func (s *Stored) Shown(now time.Time) bool { return len(s.past(now)) > 0 }

// since is a rule that holds from an instant on at the earliest.
func since(r discount.Rule, at time.Time) discount.Rule {
	if r.From.Before(at) {
		r.From = at
	}
	return r
}
