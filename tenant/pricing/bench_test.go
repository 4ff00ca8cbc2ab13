package pricing_test

import (
	"fmt"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// BenchmarkPrice prices 20 lines of two rates with a discount, shipping by weight
// and insurance. The budget is 200 µs.
func BenchmarkPrice(b *testing.B) {
	sale := basket("FR")
	for i := range 20 {
		l := line(fmt.Sprintf("SKU-%02d", i), int64(i%3+1), pricing.Price{
			Amount: eur("12.90"), IncludesTax: i%2 == 0,
		})
		l.Weight = num("0.1")
		if i%4 == 0 {
			l.Class = tax.Reduced
		}
		sale.Lines = append(sale.Lines, l)
	}
	sale.Shipping = pricing.ShippingChoice{Mode: "post", Insured: true}
	pipeline := pricing.Pipeline{
		pricing.Shelf{}, french(b), rule(func(s *pricing.Sheet) {
			s.DiscountRate(s.Lines(nil), money.MustRate("10"), "sale", because)
		}),
		shipping.Delivery{Tariffs: []*shipping.Tariff{post(b)}},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pipeline.Price(sale); err != nil {
			b.Fatal(err)
		}
	}
}
