package discount

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// Warning is something allowed and odd about a rule.
type Warning struct {
	Rule   string         `json:"rule"`
	Reason pricing.Reason `json:"reason"`
}

// Warnings finds rules that can never apply any more, tiers that nobody reaches or
// wants to reach, and rules in the shadow of others, in the order of the slice.
// Rules that Check refuses are for Check to explain.
func Warnings(cur money.Currency, rules []Rule, at time.Time, names Names) []Warning {
	var list []Warning
	for i := range rules {
		r := &rules[i]
		warn := func(key string, args pricing.Args) {
			list = append(list, Warning{r.ID, pricing.Because(key, args)})
		}
		if !r.Until.IsZero() && !at.Before(r.Until) {
			warn("discount.warning.over", pricing.Args{"day": lastDay(r.Until)})
		}
		r.warnOfNobody(names, warn)
		r.warnOfTiers(cur, warn)
		for j := range rules {
			if j != i && rules[j].shadows(r) {
				warn("discount.warning.shadowed", pricing.Args{"other": rules[j].Name})
				break
			}
		}
	}
	return list
}

// Nobody reports a rule that is for no customer, no place or no goods there are, and so never applies. Warnings
// says why.
func (r *Rule) Nobody(names Names) bool {
	never := false
	r.warnOfNobody(names, func(string, pricing.Args) { never = true })
	return never
}

// warnOfNobody finds a rule that is for no customer, no place, no goods.
func (r *Rule) warnOfNobody(names Names, warn func(string, pricing.Args)) {
	known := func(ids []string, name func(string) i18n.Text) bool {
		return name == nil || len(ids) == 0 ||
			slices.ContainsFunc(ids, func(id string) bool { return id == "" || !name(id).IsZero() })
	}
	if !known(r.Profiles, names.Profile) {
		warn("discount.warning.no_profile", nil)
	}
	if len(r.Zones) > 0 && !slices.ContainsFunc(r.Zones, reachable) {
		warn("discount.warning.no_place", nil)
	}
	if r.Scope.Of == Articles && !known(r.Scope.Members, names.Article) ||
		r.Scope.Of == Families && !known(r.Scope.Members, names.Family) {
		warn("discount.warning.no_goods", nil)
	}
}

// reachable reports a zone that leaves a place: not every postcode it names is
// excepted again.
func reachable(z shipping.Zone) bool {
	return len(z.Postcodes) == 0 ||
		slices.ContainsFunc(z.Postcodes, func(p string) bool { return !slices.Contains(z.Except, p) })
}

func (r *Rule) warnOfTiers(cur money.Currency, warn func(string, pricing.Args)) {
	tiers := r.Scale.Tiers
	if len(tiers) == 0 {
		return
	}
	// A minimum is about the same goods as a value; with tax it is at least as much.
	if last := tiers[len(tiers)-1].From; r.Scale.By == Value && !r.Minimum.IncludesTax &&
		r.Minimum.Amount.Decimal().GreaterThan(last) {
		warn("discount.warning.minimum_above_tiers", pricing.Args{"minimum": r.Minimum.Amount, "from": money.New(last, cur)})
	}
	before := &r.Off
	for i := range tiers {
		if r.falls(before, &tiers[i].Off, tiers[i].From) {
			args := pricing.Args{"from": tiers[i].From}
			if r.Scale.By == Value {
				args["from"] = money.New(tiers[i].From, cur)
			}
			warn("discount.warning.inversion", args)
		}
		before = &tiers[i].Off
	}
}

// falls reports whether somebody who reaches a tier gets less than just below it.
// A rate and an amount can be compared on a value only.
func (r *Rule) falls(before, after *Off, from decimal.Decimal) bool {
	switch {
	case before.Kind == "":
		return false
	case before.Kind == Rate && after.Kind == Rate:
		return after.Rate.Percent().LessThan(before.Rate.Percent())
	case before.Kind == Amount && after.Kind == Amount:
		return before.Price.IncludesTax == after.Price.IncludesTax && after.Price.Amount.Cmp(before.Price.Amount) < 0
	case r.Scale.By == Value && before.Kind != FreeShipping && after.Kind != FreeShipping:
		return after.of(from).LessThan(before.of(from))
	default:
		return false
	}
}

func (o *Off) of(value decimal.Decimal) decimal.Decimal {
	if o.Kind == Rate {
		return o.Rate.Factor().Mul(value)
	}
	return o.Price.Amount.Decimal()
}
