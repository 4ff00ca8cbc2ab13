package pricing_test

import (
	"fmt"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

func Example() {
	rules, err := tax.New(tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true}, nil)
	if err != nil {
		panic(err)
	}
	priced, err := pricing.Pipeline{pricing.Shelf{}, rules}.Price(pricing.Basket{
		Currency:    money.EUR,
		At:          time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC),
		Destination: pricing.Destination{Country: "DE"},
		Lines: []pricing.Line{{
			ID: "1", SKU: "MUG", Qty: 3, Class: tax.Standard, Physical: true,
			Unit: pricing.Price{Amount: money.FromMinor(1290, money.EUR), IncludesTax: true},
		}},
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(priced.Totals.Net, priced.Totals.Tax, priced.Totals.ToPay, priced.Taxation.Treatment)
	// Output: 32.52 6.18 38.70 destination
}
