package discount_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
)

// What holds for all rules together is in package pricefile, which knows every step: TestCarts.

// A scale of rising rates: a cent more on a price never costs the buyer two, even
// over the bound of a tier; and never the merchant two, where no bound is passed.
func TestProperty_ACentMoreNeverLosesTwo(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cur := rapid.SampledFrom([]money.Currency{money.EUR, money.JPY, money.KWD}).Draw(r, "currency")
		cent := money.FromMinor(1, cur)
		low := rapid.Int64Range(0, 500).Draw(r, "low")
		high := low + rapid.Int64Range(0, 500).Draw(r, "more")
		rate := func(n int64) discount.Off { return percent(decimal.New(n+1, -1).String()) }
		steps, err := discount.Compile(cur, []discount.Rule{
			rule("article", onArticles("A"), off(rate(rapid.Int64Range(0, 998).Draw(r, "article")))),
			rule("total", tiers(discount.Value, discount.PerOrder, tier("50", rate(low)), tier("100", rate(min(high, 998))))),
		}, tree)
		if err != nil {
			r.Fatal(err)
		}
		b := basket()
		b.Currency = cur
		for i := range rapid.IntRange(1, 4).Draw(r, "lines") {
			l := line(string(rune('A'+i)), 1, pricing.Price{Amount: money.FromMinor(rapid.Int64Range(0, 6_000).Draw(r, "unit"), cur)})
			b.Lines = append(b.Lines, l)
		}
		with := steps.With(discount.Facts{})
		pay := func() *pricing.Priced {
			p, err := pricing.Pipeline{pricing.Shelf{}, with.Goods, with.Order}.Price(b)
			if err != nil {
				r.Fatal(err)
			}
			return p
		}
		before := pay()
		dearer := &b.Lines[rapid.IntRange(0, len(b.Lines)-1).Draw(r, "dearer")].Unit
		dearer.Amount = dearer.Amount.Add(cent)
		after := pay()
		if after.Totals.ToPay.Cmp(before.Totals.ToPay.Add(cent)) > 0 {
			r.Fatalf("DSC-01: a cent more made %s of %s\n%s", after.Totals.ToPay, before.Totals.ToPay, after.Trace)
		}
		if tiersOf(before) == tiersOf(after) && after.Totals.ToPay.Add(cent).Cmp(before.Totals.ToPay) < 0 {
			r.Fatalf("DSC-01: a cent more made %s of %s\n%s", after.Totals.ToPay, before.Totals.ToPay, after.Trace)
		}
	})
}

// tiersOf names the tiers that were reached.
func tiersOf(p *pricing.Priced) string {
	var keys []string
	for _, e := range p.Trace {
		if e.Reason.Key == "discount.reached.value" {
			keys = append(keys, e.Reason.Args["from"].(money.Amount).String())
		}
	}
	return strings.Join(keys, " ")
}
