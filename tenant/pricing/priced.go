package pricing

import "echoppe.dev/platform/kit/money"

// Priced is the result: all an order needs to keep, and all a face needs to show.
type Priced struct {
	Currency    money.Currency `json:"currency"`
	View        View           `json:"view"`
	Lines       []PricedLine   `json:"lines"` // in the order of the basket
	Adjustments []Adjustment   `json:"adjustments"`
	Totals      Totals         `json:"totals"`
	Taxation    Taxation       `json:"taxation"`
	Refusals    []Refusal      `json:"refusals,omitempty"`
	Trace       Trace          `json:"trace"`
}

// PricedLine is one line with its price.
type PricedLine struct {
	ID       string     `json:"id"`
	SKU      string     `json:"sku"`
	Name     string     `json:"name"`
	Qty      int64      `json:"qty"`
	Physical bool       `json:"physical"`
	Class    Class      `json:"class"`
	Rate     money.Rate `json:"rate"`
	Extras   []Extra    `json:"extras,omitempty"` // chosen beside; Entered and Unit contain them
	Entered  Price      `json:"entered"`          // one unit on the side it was entered, tiers and extras applied
	Unit     Figures    `json:"unit"`             // one unit, for display
	Goods    Figures    `json:"goods"`            // quantity times unit
	Discount Figures    `json:"discount"`         // zero or negative
	Total    Figures    `json:"total"`            // Goods and Discount; never negative
}

// TaxRow is the tax at one rate, over the whole order.
type TaxRow struct {
	Rate money.Rate   `json:"rate"`
	Net  money.Amount `json:"net"` // what it is levied on
	Tax  money.Amount `json:"tax"`
}

// Totals are sums of the adjustments, and of nothing else.
type Totals struct {
	Goods             Figures      `json:"goods"`
	Discounts         Figures      `json:"discounts"` // negative
	Shipping          Figures      `json:"shipping"`
	ShippingDiscounts Figures      `json:"shipping_discounts"` // negative
	Insurance         Figures      `json:"insurance"`
	Fee               Figures      `json:"fee"`
	TaxByRate         []TaxRow     `json:"tax_by_rate"` // highest rate first
	Net               money.Amount `json:"net"`
	Tax               money.Amount `json:"tax"`
	Gross             money.Amount `json:"gross"`
	ToPay             money.Amount `json:"to_pay"`
}

// Blocked lists the refusals that stand between this basket and an order.
func (p *Priced) Blocked() []Refusal {
	var blocking []Refusal
	for _, r := range p.Refusals {
		if r.Blocking {
			blocking = append(blocking, r)
		}
	}
	return blocking
}
