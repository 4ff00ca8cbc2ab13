package pricing

import "echoppe.dev/platform/kit/money"

// Kind says what an adjustment is for. The words are stored with orders.
type Kind string

const (
	Goods            Kind = "goods"
	Discount         Kind = "discount"
	Shipping         Kind = "shipping"
	ShippingDiscount Kind = "shipping_discount"
	Insurance        Kind = "insurance"
	Fee              Kind = "fee" // for a payment mode
	Tax              Kind = "tax"
)

// Side picks the side on which amounts of this kind are shown.
func (v View) Side(k Kind) Side {
	switch k {
	case Shipping, ShippingDiscount, Insurance:
		return v.Shipping
	case Goods, Discount, Fee, Tax:
		return v.Goods
	default:
		return v.Goods
	}
}

// Adjustment is one amount and why it is there. Everything a buyer pays is a sum
// of adjustments; nothing else adds up to a total.
type Adjustment struct {
	Kind   Kind   `json:"kind"`
	Source string `json:"source"` // the rule that made it, such as "shipping:colissimo"
	Reason Reason `json:"reason"`
	Line   string `json:"line,omitempty"` // line of the basket, "" for the order as a whole

	Class Class      `json:"class,omitempty"`
	Rate  money.Rate `json:"rate"`

	// Amount is as decided: on the side of Price for everything but tax. A
	// discount is negative.
	Price
	// Figures are the two sides of Amount. They are zero for a tax, which is
	// already the Tax of what it is levied on.
	Figures
	// Included is true for a tax that the entered amounts already contain.
	Included bool `json:"included,omitempty"`
}
