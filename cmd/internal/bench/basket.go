package bench

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	kernel "echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

const flatMode = "flat"

// pipeline is what a checkout runs, with so many discounts.
func pipeline(rules int) (kernel.Pipeline, error) {
	taxes, err := tax.New(tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true, Distance: tax.AtDestination, Keep: tax.KeepGross}, nil)
	if err != nil {
		return nil, fmt.Errorf("rules of tax: %w", err)
	}
	tariff, err := shipping.Builtin().Open(money.EUR, shipping.Mode{
		ID: flatMode, Name: i18n.Text{"fr": "Colis"}, Calculator: shipping.Flat{}.Key(),
		Values: form.Values{"fee": form.TextValue("4.90"), "free_from": form.TextValue("500.00")},
	})
	if err != nil {
		return nil, fmt.Errorf("tariff: %w", err)
	}
	compiled, err := discount.Compile(money.EUR, discounts(rules), discount.Tree{"clothes": "", "shoes": "clothes", "sandals": "shoes", "summer": ""})
	if err != nil {
		return nil, fmt.Errorf("discounts: %w", err)
	}
	off := compiled.With(discount.Facts{})
	return kernel.Pipeline{
		kernel.Shelf{}, taxes, off.Goods, off.Order, shipping.Delivery{Tariffs: []*shipping.Tariff{tariff}}, off.Delivery,
	}, nil
}

// discounts are rules of all lanes, all of them open: on articles, on families, on the total, coupons.
func discounts(n int) []discount.Rule {
	families := []string{"clothes", "shoes", "sandals", "summer"}
	percent := func(n int) discount.Off {
		return discount.Off{Kind: discount.Rate, Rate: money.Percent(decimal.NewFromInt(int64(n)))}
	}
	tier := func(from int64, n int) discount.Tier {
		return discount.Tier{From: decimal.NewFromInt(from), Off: percent(n)}
	}
	rules := make([]discount.Rule, n)
	for i := range rules {
		r := discount.Rule{ID: fmt.Sprintf("rule-%02d", i), Name: i18n.Text{"fr": "Soldes"}, Off: percent(i%9 + 1), Scope: discount.Scope{Of: discount.Order}}
		switch lane := i % 10; {
		case lane < 4:
			r.Scope = discount.Scope{Of: discount.Articles, Members: []string{fmt.Sprintf("SKU-%02d", i)}}
		case lane < 8:
			r.Scope = discount.Scope{Of: discount.Families, Members: families[i%4 : i%4+1]}
		case lane == 8:
			r.Scale = discount.Scale{By: discount.Value, Tiers: []discount.Tier{tier(100, 2), tier(200, 3)}}
		default:
			r.Codes = []string{fmt.Sprintf("CODE%d", i)}
		}
		rules[i] = r
	}
	return rules
}

// basketOf are so many lines of some units, with a coupon. A single line has tiers.
func basketOf(lines int, units int64) kernel.Basket {
	b := kernel.Basket{
		Currency: money.EUR, View: kernel.View{Goods: kernel.Gross, Shipping: kernel.Gross}, At: firstDay,
		Destination: kernel.Destination{Country: "DE", Postcode: "10115"}, Shipping: kernel.ShippingChoice{Mode: flatMode},
		Codes: []string{"code49"},
	}
	for i := range lines {
		l := kernel.Line{
			ID: fmt.Sprintf("line-%d", i), SKU: fmt.Sprintf("SKU-%02d", i), Name: "Sandales", Qty: units * int64(i%3+1), Physical: true, Class: tax.Standard,
			Unit:   kernel.Price{Amount: money.FromMinor(int64(990+100*i), money.EUR), IncludesTax: i%2 == 0},
			Weight: decimal.New(320, -3), Article: fmt.Sprintf("SKU-%02d", i), Families: []string{"sandals", "shoes", "clothes"},
		}
		if lines == 1 {
			l.Marginal = true // the first tier holds from one unit on, so that both ways are the same
			for i, from := range []int64{1, 10, 1000} {
				l.Tiers = append(l.Tiers, kernel.Tier{From: from, Unit: money.FromMinor(int64(900-50*i), money.EUR)})
			}
		}
		b.Lines = append(b.Lines, l)
	}
	return b
}

// firstDay is a day with rates of tax: what is priced must not depend on when it is measured.
var firstDay = time.Date(2026, 3, 12, 11, 0, 0, 0, time.UTC)
