package pricefile

import (
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/currency"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// Version is the version of files this program reads.
const Version = 1

// File is a basket with everything its price depends on.
type File struct {
	Version    int            `json:"version"`
	Basket     pricing.Basket `json:"basket"`
	Rules      Rules          `json:"rules"`
	Currencies Currencies     `json:"currencies,omitzero"`
}

// Rules are a shop's rules of the sale.
type Rules struct {
	// TimeZone is where the days of dated rates begin (IANA), UTC when empty.
	TimeZone string           `json:"time_zone,omitempty"`
	Tax      tax.Settings     `json:"tax"`
	Shipping []shipping.Mode  `json:"shipping,omitempty"`
	Payment  []pricing.Tender `json:"payment,omitempty"`
	Discount Discounts        `json:"discount,omitzero"`
	// Profiles are the categories of customers by their codes, "anonymous" for whoever has none.
	// Basket.Profile says which one buys; without any, nothing is refused for it.
	Profiles map[string]Profile `json:"profiles,omitempty"`
}

// Discounts are the rules of discounts with what they need to know beside the basket.
type Discounts struct {
	Rules []discount.Rule `json:"rules,omitempty"`
	// Families are the shop's families, each with the one it stands under, "" for none. Only those
	// rules are about need to be here.
	Families discount.Tree  `json:"families,omitempty"`
	Facts    discount.Facts `json:"facts,omitzero"`
}

// Currencies are the currencies beside that of the basket, in which everything is entered.
type Currencies struct {
	Rates []currency.Rate `json:"rates,omitempty"`
	// Display is what the buyer is shown, the currency of the basket when it is absent.
	Display *currency.Display `json:"display,omitempty"`
	// Settlement are the currencies the payment mode accepts, in its order; that of the basket when
	// there are none.
	Settlement []money.Currency `json:"settlement,omitempty"`
}

// Answer is what a file comes to, or an order came to (Explain). answer.json describes it.
type Answer struct {
	Version int    `json:"version"`
	Order   string `json:"order,omitempty"` // the number of an order
	pricing.Priced
	// Rows are the lines of a cart or an invoice: those that are not included sum to what is to pay.
	Rows []pricing.Row `json:"rows"`
	// Barred are the modes of the file that the basket's profile may not use.
	Barred []Barred `json:"barred,omitempty"`
	Shown  Shown    `json:"shown,omitzero"` // absent for an order
	// Charged is the total in its three currencies, at the rates of the file.
	Charged currency.Record `json:"charged"`
}

// Shown is what the buyer sees, in his currency.
type Shown struct {
	Currency money.Currency `json:"currency"`
	// Rows are the amounts of Answer.Rows that are not included, and sum to ToPay.
	Rows  []money.Amount `json:"rows"`
	ToPay money.Amount   `json:"to_pay"`
}
