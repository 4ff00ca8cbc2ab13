package discount

import (
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/pricing"
)

// What a shopper is told of a code that is not given.
const (
	unknown      = "discount.unknown_code"
	notYet       = "discount.not_yet"
	over         = "discount.over"
	wrongProfile = "discount.wrong_profile"
	wrongPlace   = "discount.wrong_place"
	placeUnknown = "discount.place_unknown"
	minimumNet   = "discount.minimum_net"
	minimumGross = "discount.minimum_gross"
	quantity     = "discount.quantity"
	firstOrder   = "discount.first_order"
	usedUp       = "discount.used_up"
	spent        = "discount.spent"
	alreadyUsed  = "discount.already_used"
	notTogether  = "discount.not_together"
	nothing      = "discount.nothing"
	noBetter     = "discount.no_better"
)

// refusal puts an obstacle into words for the shopper who typed the code.
func (t typed) refusal(o obstacle) pricing.Reason {
	args := pricing.Args{"code": t.code}
	switch o.key {
	case notYet:
		args["day"] = day(t.rule.From)
	case over:
		args["day"] = lastDay(t.rule.Until)
	case minimumNet, minimumGross:
		args["missing"] = o.missing
	case quantity:
		args["n"] = o.n
	case notTogether:
		args["other"] = o.rival.Name
	}
	return pricing.Because(o.key, args)
}

// day is a day in every language, in the zone in which the merchant wrote it.
func day(t time.Time) i18n.Text { return i18n.DateText(t, i18n.Long) }

// lastDay is the last day on which something holds that is over at an instant.
func lastDay(until time.Time) i18n.Text { return day(until.Add(-time.Nanosecond)) }

// because says why an amount was taken off, in the merchant's words and ours. The
// code is "" for a rule that asks for none.
func (r *Rule) because(tier int, code string) pricing.Reason {
	off, key := r.takes(tier), "discount.given.amount"
	args := pricing.Args{}
	switch {
	case off.Kind == FreeShipping:
		key = "discount.given.shipping"
	case r.Scale.Per != PerOrder:
		key = "discount.given.scale" // its tiers share one row of the cart
	case off.Kind == Rate:
		key, args["rate"] = "discount.given.rate", off.Rate
	}
	if code != "" {
		key += "_code"
		args["code"] = code
	}
	return pricing.Because(key, args).Named(r.Name)
}

// reached tells staff which tier was reached and where it begins.
func (c *rule) reached(tier int) pricing.Reason {
	if c.Scale.By == Quantity {
		return pricing.Because("discount.reached.quantity", pricing.Args{"count": c.Scale.Tiers[tier].From}).Named(c.Name)
	}
	return pricing.Because("discount.reached.value", pricing.Args{"from": c.from[tier]}).Named(c.Name)
}
