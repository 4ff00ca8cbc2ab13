package discount

import (
	"slices"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Convert is the rule with what it takes off in amounts, its minimum and its tiers of value put into another
// management currency by sum (CUR-01).
func (r Rule) Convert(to money.Currency, sum func(decimal.Decimal) decimal.Decimal) Rule {
	price := func(p *pricing.Price) {
		if *p != (pricing.Price{}) {
			p.Amount = money.New(sum(p.Amount.Decimal()), to)
		}
	}
	price(&r.Off.Price)
	price(&r.Minimum.Price)
	r.Scale.Tiers = slices.Clone(r.Scale.Tiers)
	for i := range r.Scale.Tiers {
		t := &r.Scale.Tiers[i]
		price(&t.Off.Price)
		if r.Scale.By == Value {
			t.From = sum(t.From)
		}
	}
	return r
}
