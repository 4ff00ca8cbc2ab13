package discount

import (
	"slices"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// Rule is one discount as a merchant set it up. It is a value: it is stored and
// travels in price files as JSON. [Compile] makes rules ready to run.
type Rule struct {
	ID   string    `json:"id"`
	Name i18n.Text `json:"name"` // in the shopper's sight: on the cart, beside the amount

	// Off is taken off below the first tier, or always when there are no tiers.
	// It may be empty where there are.
	Off   Off   `json:"off,omitzero"`
	Scale Scale `json:"scale,omitzero"`
	Scope Scope `json:"scope"`

	// Codes ask for the rule. A rule without codes is given by itself, unless its
	// codes are issued apart.
	Codes  []string `json:"codes,omitempty"`
	Issued bool     `json:"issued,omitempty"` // has codes for one use each, told by Facts.Issued

	From       time.Time       `json:"from,omitzero"`
	Until      time.Time       `json:"until,omitzero"`     // the first instant at which it is over
	Profiles   []string        `json:"profiles,omitempty"` // none: everybody; "" is the anonymous visitor
	Zones      []shipping.Zone `json:"zones,omitempty"`    // none: everywhere
	Minimum    Minimum         `json:"minimum,omitzero"`
	FirstOrder bool            `json:"first_order,omitempty"`
	Limits     Limits          `json:"limits,omitzero"`

	// CountBlocked lets articles that receive no discount count toward the
	// minimum and the tiers (DSC-07).
	CountBlocked bool `json:"count_blocked,omitempty"`

	Priority int     `json:"priority,omitempty"` // the higher one wins, and comes first
	Combine  Combine `json:"combine,omitempty"`
	// Group names what the rule belongs to. Without a name it belongs to its lane.
	Group string `json:"group,omitempty"`
}

// Combine says what else a buyer may have beside a rule. The words are stored.
type Combine string

const (
	// ByGroup allows everything but a rule of the same group. It is what a rule
	// says that says nothing.
	ByGroup Combine = ""
	// WithAll allows everything: the rule stacks.
	WithAll Combine = "all"
	// NoCoupons is ByGroup, and keeps coupons off the lines the rule discounts.
	NoCoupons Combine = "no_coupons"
	// Alone allows nothing else in the order.
	Alone Combine = "alone"
)

// Minimum is what the goods of the rule must come to, on the side it is entered.
type Minimum struct {
	pricing.Price
	// Before measures the goods before all discounts; otherwise what counts is
	// what they cost when the turn of the rule's lane comes.
	Before bool `json:"before,omitempty"`
}

// Limits bound how often a rule is redeemed, zero for no bound.
type Limits struct {
	Total       int64 `json:"total,omitempty"`
	PerCustomer int64 `json:"per_customer,omitempty"`
}

// IsCoupon reports a rule that is given to those who know a code.
func (r *Rule) IsCoupon() bool { return r.Issued || len(r.Codes) > 0 }

// Ships reports a rule that takes off shipping, not goods.
func (r *Rule) Ships() bool {
	return r.Off.Kind == FreeShipping || len(r.Scale.Tiers) > 0 && r.Scale.Tiers[0].Off.Kind == FreeShipping
}

// isFor reports whether a profile may have the rule.
func (r *Rule) isFor(profile string) bool {
	return len(r.Profiles) == 0 || slices.Contains(r.Profiles, profile)
}

// holdsIn reports whether the rule is meant for a destination.
func (r *Rule) holdsIn(to pricing.Destination) bool {
	return len(r.Zones) == 0 || slices.ContainsFunc(r.Zones, func(z shipping.Zone) bool { return z.Holds(to) })
}
