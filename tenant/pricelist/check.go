package pricelist

import (
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Limits of an article's list.
const (
	MaxRules = 200
	maxTiers = 30
)

// Check refuses rules that cannot be: fault.Malformed with fields such as "prices.2.tiers.1.from".
func Check(rules []Rule) error {
	var c form.Checker
	if len(rules) > MaxRules {
		c.Refuse("prices", form.KeyTooMany, fault.Args{"max": MaxRules})
	}
	for i := range rules {
		if r := &rules[i]; r.Live() {
			r.check(&c, "prices."+strconv.Itoa(i)+".")
		}
	}
	return c.Err()
}

func (r *Rule) check(c *form.Checker, at string) {
	if r.Price == nil && len(r.Tiers) == 0 && r.CompareAt == nil {
		c.Refuse(at+"price", "pricelist.error.nothing", nil)
	}
	if r.Currency != "" && r.Price == nil { // the variant's own is in another currency
		c.Required(at+"price", "")
	}
	checkPrice(c, at+"price", r.Price)
	checkPrice(c, at+"compare_at", r.CompareAt)
	if r.From != nil && r.Until != nil && !r.Until.After(*r.From) {
		c.Refuse(at+"until", "pricelist.error.until", nil)
	}
	if len(r.Tiers) > maxTiers {
		c.Refuse(at+"tiers", form.KeyTooMany, fault.Args{"max": maxTiers})
	}
	for i, t := range r.Tiers {
		tier := at + "tiers." + strconv.Itoa(i) + "."
		checkPrice(c, tier+"price", &t.Price)
		switch {
		case t.From < 2:
			c.Refuse(tier+"from", form.KeyTooSmall, fault.Args{"min": 2})
		case t.From > pricing.MaxQty:
			c.Refuse(tier+"from", form.KeyTooLarge, fault.Args{"max": pricing.MaxQty})
		case i > 0 && t.From <= r.Tiers[i-1].From:
			c.Refuse(tier+"from", "pricelist.error.rising", nil)
		}
	}
}

func checkPrice(c *form.Checker, field string, p *decimal.Decimal) {
	if p == nil {
		return
	}
	c.Range(field, *p, decimal.Zero, pricing.MaxUnit)
	if !c.Failed(field) && !p.Equal(p.Truncate(money.MaxPlaces)) {
		c.Refuse(field, form.KeyDecimals, fault.Args{"max": money.MaxPlaces})
	}
}

// same tells whether two rules say the same.
func (r *Rule) same(o *Rule) bool {
	if r.Variant != o.Variant || r.Profile != o.Profile || r.Currency != o.Currency || r.Marginal != o.Marginal || r.Together != o.Together ||
		!sameTime(r.From, o.From) || !sameTime(r.Until, o.Until) || !sameNumber(r.Price, o.Price) ||
		!sameNumber(r.CompareAt, o.CompareAt) || len(r.Tiers) != len(o.Tiers) {
		return false
	}
	for i, t := range r.Tiers {
		if t.From != o.Tiers[i].From || !t.Price.Equal(o.Tiers[i].Price) {
			return false
		}
	}
	return true
}

func sameTime(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

func sameNumber(a, b *decimal.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

func newID() RuleID { return id.New[Rule]() }
