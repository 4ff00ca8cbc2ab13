package discount_test

import (
	"fmt"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
)

// fifty are 50 rules of which all are open and most concern the basket.
func fifty() []discount.Rule {
	var rules []discount.Rule
	families := []string{"clothes", "shoes", "sandals", "summer"}
	for i := range 50 {
		r := rule(fmt.Sprintf("rule-%02d", i), off(percent(fmt.Sprint(i%9+1))))
		switch {
		case i < 20:
			onArticles(fmt.Sprintf("SKU-%02d", i))(&r)
		case i < 40:
			onFamilies(families[i%4])(&r)
		case i < 45:
			tiers(discount.Value, discount.PerOrder, tier("100", percent("2")), tier("200", percent("3")))(&r)
		default:
			coded(fmt.Sprintf("CODE%d", i))(&r)
		}
		rules = append(rules, r)
	}
	return rules
}

// twenty are 20 lines; every one in so many is an article with a rule of its own.
func twenty(one int) pricing.Basket {
	b := basket()
	for i := range 20 {
		l := line(fmt.Sprintf("SKU-%02d", one*i), int64(i%3+1), net("12.90"), "sandals", "shoes", "clothes")
		l.Unit.IncludesTax = i%2 == 0
		b.Lines = append(b.Lines, l)
	}
	b.Codes = []string{"code47"}
	return b
}

// BenchmarkPrice prices 20 lines under 50 active rules, tax and shipping included:
// every line is claimed by some fifteen rules and gets three discounts. The budget is
// 200 µs. Choosing takes the smaller part of the time; the larger one is the kernel's,
// for the sixty amounts with their trace.
func BenchmarkPrice(b *testing.B) {
	for _, tt := range []struct {
		name       string
		rules, one int
	}{{"no rules", 0, 5}, {"50 rules", 50, 5}, {"50 rules, one for each article", 50, 1}} {
		b.Run(tt.name, func(b *testing.B) {
			steps := pipeline(b, compile(b, fifty()[:tt.rules]...).With(discount.Facts{}), money.EUR)
			sale := twenty(tt.one)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := steps.Price(sale); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCompile makes 50 rules ready, once for every version of a shop.
func BenchmarkCompile(b *testing.B) {
	rules := fifty()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := discount.Compile(money.EUR, rules, tree); err != nil {
			b.Fatal(err)
		}
	}
}
