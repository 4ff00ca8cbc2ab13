package discount

import (
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/tenant/shipping"
)

// shadows reports that r is given wherever o would be, and always in its place: one
// group, one scope, nothing asked of the buyer that o does not ask, and at least as
// much off. Of two equal rules the one with the smaller ID is given.
func (r *Rule) shadows(o *Rule) bool {
	if r.IsCoupon() || o.IsCoupon() || !exclusive(r) || !exclusive(o) || r.Group != o.Group || !sameScope(r.Scope, o.Scope) {
		return false
	}
	if !r.asksNoMore(o) || r.Priority < o.Priority {
		return false
	}
	return r.Priority > o.Priority || r.givesMore(o)
}

func exclusive(r *Rule) bool { return r.Combine == ByGroup || r.Combine == NoCoupons }

func sameScope(a, b Scope) bool {
	return a.Of == b.Of && len(a.Members) == len(b.Members) &&
		!slices.ContainsFunc(a.Members, func(m string) bool { return !slices.Contains(b.Members, m) })
}

// asksNoMore compares the conditions of two rules, as far as they are alike.
func (r *Rule) asksNoMore(o *Rule) bool {
	within := func(all, some []string) bool {
		return len(all) == 0 || len(some) > 0 && !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
	}
	sameZones := slices.EqualFunc(r.Zones, o.Zones, func(a, b shipping.Zone) bool {
		return a.Country == b.Country && slices.Equal(a.Regions, b.Regions) &&
			slices.Equal(a.Postcodes, b.Postcodes) && slices.Equal(a.Except, b.Except)
	})
	return (r.From.IsZero() || !o.From.IsZero() && !r.From.After(o.From)) &&
		(r.Until.IsZero() || !o.Until.IsZero() && !r.Until.Before(o.Until)) &&
		within(r.Profiles, o.Profiles) && (len(r.Zones) == 0 || sameZones) &&
		(r.Minimum == Minimum{} || r.Minimum == o.Minimum && r.CountBlocked == o.CountBlocked) &&
		(!r.FirstOrder || o.FirstOrder) && r.Limits == (Limits{}) &&
		(len(r.Scale.Tiers) == 0 || r.Off.Kind != "") && r.Ships() == o.Ships()
}

// givesMore reports that whatever o takes off, r takes off as much in any case.
// Scales are compared by their extremes.
func (r *Rule) givesMore(o *Rule) bool {
	if r.Ships() {
		return r.ID < o.ID
	}
	least, most := r.extremes(), o.extremes()
	if least == nil || most == nil || least[0].Kind != most[1].Kind || least[0].Price.IncludesTax != most[1].Price.IncludesTax {
		return false
	}
	diff := least[0].size().Cmp(most[1].size())
	return diff > 0 || diff == 0 && r.ID < o.ID
}

// extremes are the least and the most a rule takes off, nil when its tiers are of
// two kinds.
func (r *Rule) extremes() []*Off {
	var both []*Off
	for tier := below; tier < len(r.Scale.Tiers); tier++ {
		o := r.takes(tier)
		switch {
		case o.Kind == "":
			continue
		case both == nil:
			both = []*Off{o, o}
		case o.Kind != both[0].Kind:
			return nil
		}
		if o.size().LessThan(both[0].size()) {
			both[0] = o
		}
		if o.size().GreaterThan(both[1].size()) {
			both[1] = o
		}
	}
	return both
}

func (o *Off) size() decimal.Decimal {
	if o.Kind == Rate {
		return o.Rate.Percent()
	}
	return o.Price.Amount.Decimal()
}
