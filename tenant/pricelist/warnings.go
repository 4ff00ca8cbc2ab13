package pricelist

import (
	"time"

	"github.com/shopspring/decimal"
)

// Warning is something odd about a rule that is allowed all the same: a message key with its arguments.
type Warning struct {
	Rule RuleID
	Key  string
	Args map[string]any
	// Other is the rule that is asked instead, from an instant until another; nil for from now on, for good. A face
	// puts them into the words as "other", "from" and "until".
	Other       *Rule
	From, Until *time.Time
}

// Warnings tells what a merchant may not have meant: a tier that is dearer than the one before, more units for
// less money in all, a rule that is over, one that another hides always or for a time, a crossed-out price that is
// not above the price.
func Warnings(rules []Rule, own []Own, now time.Time) []Warning {
	var list []Warning
	for i := range rules {
		r := &rules[i]
		if !r.Live() {
			continue
		}
		add := func(key string, args map[string]any) { list = append(list, Warning{Rule: r.ID, Key: key, Args: args}) }
		if r.Until != nil && !r.Until.After(now) {
			add("pricelist.warn.over", nil)
			continue
		}
		unit := r.unit(own)
		for _, t := range r.Tiers {
			if unit != nil && t.Price.GreaterThan(*unit) {
				add("pricelist.warn.dearer", map[string]any{"from": t.From})
			}
			if n := decimal.NewFromInt(t.From); unit != nil && !r.Marginal && t.Price.Mul(n).LessThan(unit.Mul(n.Sub(decimal.NewFromInt(1)))) {
				add("pricelist.warn.cheaper_in_all", map[string]any{"from": t.From, "fewer": t.From - 1})
			}
			price := t.Price
			unit = &price
		}
		if r.uncrossed(own) {
			add("pricelist.warn.uncrossed", nil)
		}
		if r.hidden(rules, now) {
			add("pricelist.warn.hidden", nil)
			continue
		}
		list = append(list, r.overlaps(rules, now)...)
	}
	return list
}

// uncrossed tells whether what is crossed out is at or below the price of every variant it is for.
func (r *Rule) uncrossed(own []Own) bool {
	switch {
	case r.CompareAt == nil:
		return false
	case r.Price != nil:
		return !r.CompareAt.GreaterThan(*r.Price)
	case r.Currency != "": // the variants' own prices are in another one
		return false
	}
	found := false
	for i := range own {
		if !r.Variant.IsZero() && own[i].Variant != r.Variant {
			continue
		}
		if found = true; r.CompareAt.GreaterThan(own[i].Price) {
			return false
		}
	}
	return found
}

// unit is the price before the first tier, nil when the variants differ.
func (r *Rule) unit(own []Own) *decimal.Decimal {
	if r.Price != nil {
		return r.Price
	}
	var one *decimal.Decimal
	for i := range own {
		if !r.Variant.IsZero() && own[i].Variant != r.Variant {
			continue
		}
		if one != nil && !one.Equal(own[i].Price) {
			return nil
		}
		one = &own[i].Price
	}
	return one
}

// hidden tells whether another rule for the same buyers and goods is asked instead whenever this one holds.
func (r *Rule) hidden(rules []Rule, now time.Time) bool {
	for i := range rules {
		o := &rules[i]
		if r.rivals(o) && o.beats(r) && (sameTime(o.From, r.From) || !ahead(o.From, now)) && ends(o.Until, r.Until) {
			return true
		}
	}
	return false
}

// rivals tells whether another rule is for the same buyers and goods, and like this one for a time or for always:
// a price for a time is meant to take the place of the one for always.
func (r *Rule) rivals(o *Rule) bool {
	return o.ID != r.ID && o.Live() && o.Profile == r.Profile && o.Currency == r.Currency && o.Variant == r.Variant && o.timed() == r.timed()
}

// overlaps are the times when another rule for the same buyers and goods is asked although this one holds.
func (r *Rule) overlaps(rules []Rule, now time.Time) (list []Warning) {
	for i := range rules {
		o := &rules[i]
		if !r.rivals(o) || !o.beats(r) {
			continue
		}
		from, until := now, o.Until
		for _, begins := range []*time.Time{o.From, r.From} {
			if begins != nil && begins.After(from) {
				from = *begins
			}
		}
		if until == nil || r.Until != nil && r.Until.Before(*until) {
			until = r.Until
		}
		if until != nil && !until.After(from) {
			continue
		}
		w := Warning{Rule: r.ID, Key: "pricelist.warn.overlap", Other: o, Until: until}
		if from.After(now) {
			w.From = &from
		}
		switch {
		case w.Until == nil:
			w.Key = "pricelist.warn.overlap_on"
		case w.From == nil:
			w.Key = "pricelist.warn.overlap_until"
		}
		list = append(list, w)
	}
	return list
}

// ahead tells whether an instant is to come.
func ahead(t *time.Time, now time.Time) bool { return t != nil && t.After(now) }

// ends tells whether one end is not before another; none is never.
func ends(t, other *time.Time) bool { return t == nil || other != nil && !t.Before(*other) }
