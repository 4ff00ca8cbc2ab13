package pricelist

import (
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/stock"
)

// RuleID names a rule.
type RuleID = id.Of[Rule]

// Rule is one price an article has besides the prices of its variants. Amounts are on the side the article's
// prices are entered on, with at most four decimals.
type Rule struct {
	ID      RuleID          `json:"id"`
	Variant stock.VariantID `json:"variant,omitzero"`  // zero: the whole article
	Profile profile.Code    `json:"profile,omitempty"` // "": everybody
	// Currency is the code of the display currency its amounts are in and whose readers it is for (CUR-02);
	// "": the management currency, and everybody.
	Currency string `json:"currency,omitempty"`

	From  *time.Time `json:"from,omitempty"`
	Until *time.Time `json:"until,omitempty"` // the first instant after it

	Price     *decimal.Decimal `json:"price,omitempty"`      // nil: the variant's own
	CompareAt *decimal.Decimal `json:"compare_at,omitempty"` // asked before, to be crossed out

	Tiers    []Tier `json:"tiers,omitempty"`    // by rising quantity
	Marginal bool   `json:"marginal,omitempty"` // a tier prices its own units only
	// Together counts the quantities of all variants of the article in a cart, not line by line.
	Together bool `json:"together,omitempty"`

	Written time.Time  `json:"written"`
	Ended   *time.Time `json:"ended,omitempty"` // it was removed or written anew; it held until then
}

// Tier is a unit price from a quantity on.
type Tier struct {
	From  int64           `json:"from"`
	Price decimal.Decimal `json:"price"`
}

// At tells whether the rule holds at an instant.
func (r *Rule) At(t time.Time) bool {
	return !t.Before(r.Written) && (r.Ended == nil || t.Before(*r.Ended)) &&
		(r.From == nil || !t.Before(*r.From)) && (r.Until == nil || t.Before(*r.Until))
}

// Live tells whether the rule still stands in the merchant's list.
func (r *Rule) Live() bool { return r.Ended == nil }

func (r *Rule) isFor(v stock.VariantID, b Buyer) bool {
	return (r.Variant.IsZero() || r.Variant == v) && (r.Profile == "" || r.Profile == b.Profile) &&
		(r.Currency == "" || r.Currency == b.Currency)
}

// Buyer is who asks for a price.
type Buyer struct {
	Profile  profile.Code // "" is the anonymous one
	Currency string       // prices are shown in; "" is the management currency
}

// Own is what a variant says of itself, in the management currency.
type Own struct {
	Variant   stock.VariantID  `json:"id"`
	Price     decimal.Decimal  `json:"price"`
	CompareAt *decimal.Decimal `json:"compare_at"`
	Past      []Past           `json:"past"`  // of its price, in any order
	Since     time.Time        `json:"since"` // when the price could first be seen
}

// Offer is the price of a variant for a buyer at an instant.
type Offer struct {
	Currency  string // of the amounts; "" is the management currency
	Price     decimal.Decimal
	CompareAt *decimal.Decimal // as the merchant says; what may be crossed out tells Crossed
	// Lowest is the lowest price of the 30 days before a reduction, nil for none; Asked is what was asked up to now
	// in the currency of the price, the oldest first, nil where it was Price ever since. Both are set by Ask.Offer.
	Lowest   *decimal.Decimal
	Asked    []Span
	Tiers    []Tier
	Marginal bool
	Together bool
	Rule     *Rule           // nil: the variant's own price
	Own      decimal.Decimal // the variant's own price, in the management currency
}

// Resolve is the price that holds.
func Resolve(rules []Rule, own Own, b Buyer, at time.Time) Offer {
	o := Offer{Price: own.Price, Own: own.Price, CompareAt: own.CompareAt}
	var best *Rule
	for i := range rules {
		if r := &rules[i]; r.At(at) && r.isFor(own.Variant, b) && (best == nil || r.beats(best)) {
			best = r
		}
	}
	if best == nil {
		return o
	}
	o.Rule, o.Tiers, o.Marginal, o.Together = best, best.Tiers, best.Marginal, best.Together
	o.Currency = best.Currency
	if best.Price != nil {
		o.Price, o.CompareAt = *best.Price, nil
	}
	if best.CompareAt != nil {
		o.CompareAt = best.CompareAt
	}
	return o
}

// beats tells whether r is asked rather than other, both being for this buyer at this instant.
func (r *Rule) beats(other *Rule) bool {
	for _, x := range [...][2]bool{
		{r.Profile != "", other.Profile != ""}, {r.Currency != "", other.Currency != ""}, {!r.Variant.IsZero(), !other.Variant.IsZero()}, {r.timed(), other.timed()},
	} {
		if x[0] != x[1] {
			return x[0]
		}
	}
	if a, b := r.begins(), other.begins(); !a.Equal(b) {
		return a.After(b)
	}
	if !r.Written.Equal(other.Written) {
		return r.Written.After(other.Written)
	}
	return r.ID.Compare(other.ID) > 0
}

func (r *Rule) timed() bool { return r.From != nil || r.Until != nil }

func (r *Rule) begins() time.Time {
	if r.From == nil {
		return time.Time{}
	}
	return *r.From
}

// reason says in a word why the rule is asked.
func (r *Rule) reason() pricing.Reason {
	switch {
	case r.Profile != "":
		return pricing.Because("pricelist.why.profile", nil)
	case r.timed():
		return pricing.Because("pricelist.why.time", nil)
	case r.Currency != "":
		return pricing.Because("pricelist.why.currency", pricing.Args{"currency": r.Currency})
	}
	return pricing.Because("pricelist.why.article", nil)
}

// Line puts the price on a line of the kernel's basket. group is what lines that count together share.
func (o Offer) Line(l *pricing.Line, group string) {
	cur := l.Unit.Amount.Currency()
	l.Unit.Amount = amount(o.Price, cur)
	l.Marginal = o.Marginal
	l.Tiers = make([]pricing.Tier, len(o.Tiers))
	for i, t := range o.Tiers {
		l.Tiers[i] = pricing.Tier{From: t.From, Unit: amount(t.Price, cur)}
	}
	if o.Rule != nil && !o.Price.Equal(o.Own) {
		l.Listed = &pricing.Listed{Unit: amount(o.Own, cur), Reason: o.Rule.reason()}
	}
	if o.Together && len(o.Tiers) > 0 {
		l.TierGroup = group
	}
}
