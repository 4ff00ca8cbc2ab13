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
}

// Warnings tells what a merchant may not have meant: a tier that is dearer than the one before, more units for
// less money in all, a rule that is over, one that another hides.
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
		if r.hidden(rules) {
			add("pricelist.warn.hidden", nil)
		}
	}
	return list
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

// hidden tells whether another rule for the same buyers, goods and time is always asked instead.
func (r *Rule) hidden(rules []Rule) bool {
	for i := range rules {
		o := &rules[i]
		if o.ID != r.ID && o.Live() && o.Profile == r.Profile && o.Currency == r.Currency && o.Variant == r.Variant && sameTime(o.From, r.From) &&
			sameTime(o.Until, r.Until) && o.beats(r) {
			return true
		}
	}
	return false
}
