package pricelist

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
)

// Convert is the rules of an article in another management currency (CUR-01), those that have ended included, so
// that what was asked in the 30 days before can still be told.
//
// A price the merchant wrote himself in the currency that now becomes the shop's own is worth more than a
// converted one: it stays as it was written and becomes a price for everybody, and a rule in the old currency for
// the same buyers and the same time ends. Prices in a third currency stay as they are.
func Convert(rules []Rule, to money.Currency, price func(decimal.Decimal) decimal.Decimal, now time.Time) []Rule {
	after := make([]Rule, len(rules))
	for i, r := range rules {
		switch r.Currency {
		case "":
			if r.Live() && slices.ContainsFunc(rules, func(own Rule) bool { return own.Live() && own.Currency == to.Code() && own.alike(&r) }) {
				ended := now
				r.Ended = &ended
			}
			r.convert(price)
		case to.Code():
			r.Currency = ""
		}
		after[i] = r
	}
	return after
}

func (r *Rule) convert(price func(decimal.Decimal) decimal.Decimal) {
	for _, at := range []**decimal.Decimal{&r.Price, &r.CompareAt} {
		if *at != nil {
			n := price(**at)
			*at = &n
		}
	}
	r.Tiers = slices.Clone(r.Tiers)
	for i := range r.Tiers {
		r.Tiers[i].Price = price(r.Tiers[i].Price)
	}
}

// alike tells whether two rules are for the same buyers, the same variants and the same time.
func (r *Rule) alike(o *Rule) bool {
	same := func(a, b *time.Time) bool { return a == b || a != nil && b != nil && a.Equal(*b) }
	return r.Variant == o.Variant && r.Profile == o.Profile && same(r.From, o.From) && same(r.Until, o.Until)
}
