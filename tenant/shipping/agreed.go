package shipping

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/tenant/pricing"
)

// At is the tariff at a price that was agreed: that much for the whole order, whatever it weighs, with the
// insurance in it. Where the mode goes stays as it is.
func (t *Tariff) At(price pricing.Price) *Tariff {
	agreed := *t
	agreed.formula = flat{fee: price.Amount}
	agreed.IncludesTax = price.IncludesTax
	agreed.MaxParcel, agreed.Insurance, agreed.Fallback = decimal.Zero, Insurance{}, nil
	return &agreed
}
