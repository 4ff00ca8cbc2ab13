package profile

import (
	"github.com/shopspring/decimal"

	"echoppe.dev/tenant/pricing"
)

// Minimum is the least a profile orders (PROF-02). No amount, no minimum.
type Minimum struct {
	Amount decimal.Decimal `json:"amount"` // in the management currency
	Side   pricing.Side    `json:"side,omitempty"`
	// Listed counts the goods before their discounts; otherwise what is left of them counts.
	Listed bool `json:"listed,omitempty"`
}

// side is net unless the merchant says otherwise.
func (m Minimum) side() pricing.Side {
	if m.Side == "" {
		return pricing.Net
	}
	return m.Side
}
