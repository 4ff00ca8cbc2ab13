package discount

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

// Kind is one of the things a rule can take off. The words are stored.
type Kind string

const (
	Rate         Kind = "rate"          // a percentage of the goods
	Amount       Kind = "amount"        // a sum, once, shared by the goods
	FreeShipping Kind = "free_shipping" // the shipping charges; insurance is not touched
)

// Off is what a rule takes off.
type Off struct {
	Kind  Kind          `json:"kind"`
	Rate  money.Rate    `json:"rate,omitzero"`
	Price pricing.Price `json:"price,omitzero"`
}

// worth estimates what is taken off goods that cost base, on its side of the tax.
// Only choices between rules rest on it; the sheet takes the exact cents.
func (o *Off) worth(base pricing.Figures) money.Amount {
	switch o.Kind {
	case Rate:
		return o.Rate.Of(base.Net)
	case Amount:
		if !o.Price.IncludesTax {
			return money.Min(o.Price.Amount, base.Net)
		}
		if base.Gross.IsZero() {
			return base.Net
		}
		off := money.Min(o.Price.Amount, base.Gross)
		return off.Prorate(base.Net, base.Gross)
	case FreeShipping:
	}
	return base.Net.Sub(base.Net)
}

// Measure is what the tiers of a scale are about. The words are stored.
type Measure string

const (
	Value    Measure = "value"    // what the goods of the rule cost without tax (A′)
	Quantity Measure = "quantity" // how many there are
)

// Basis is whose quantities count together. The words are stored.
type Basis string

const (
	PerOrder   Basis = "" // all goods of the rule
	PerArticle Basis = "article"
	PerFamily  Basis = "family" // of the rule's own families
)

// Scale makes a rule take off more as the goods become more: DSC-01 on value,
// DSC-02 on quantity.
type Scale struct {
	By    Measure `json:"by"`
	Per   Basis   `json:"per,omitempty"`
	Tiers []Tier  `json:"tiers"`
}

// Tier is one step of a scale: from this value or quantity on, this. Tiers are in
// rising order of From.
type Tier struct {
	From decimal.Decimal `json:"from"` // a value is in the shop's management currency
	Off  Off             `json:"off"`
}

// below is the tier of what has not reached the first one.
const below = -1

// at is the tier that a measure reaches.
func (s *Scale) at(measure decimal.Decimal) int {
	reached := below
	for i := range s.Tiers {
		if measure.LessThan(s.Tiers[i].From) {
			break
		}
		reached = i
	}
	return reached
}

// takes is what a rule takes off at a tier; its kind is "" for nothing.
func (r *Rule) takes(tier int) *Off {
	if tier == below {
		return &r.Off
	}
	return &r.Scale.Tiers[tier].Off
}
