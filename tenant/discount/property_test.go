package discount_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// sale is a random basket with the rules it is priced by.
type sale struct {
	basket pricing.Basket
	rules  []discount.Rule
	facts  discount.Facts
}

var (
	currencies = []money.Currency{money.EUR, money.JPY, money.KWD}
	branches   = [][]string{nil, {"clothes"}, {"clothes", "shoes"}, {"clothes", "shoes", "sandals"}, {"summer"}, {"shoes", "clothes", "summer"}}
	skus       = []string{"A", "B", "C", "D"}
)

func drawAmount(t *rapid.T, cur money.Currency, label string) money.Amount {
	return money.FromMinor(rapid.Int64Range(1, 30_000).Draw(t, label), cur)
}

func drawPrice(t *rapid.T, cur money.Currency, label string) pricing.Price {
	return pricing.Price{Amount: drawAmount(t, cur, label), IncludesTax: rapid.Bool().Draw(t, label+" with tax")}
}

func drawRate(t *rapid.T) discount.Off {
	return discount.Off{Kind: discount.Rate, Rate: money.Percent(decimal.New(rapid.Int64Range(1, 1000).Draw(t, "rate"), -1))}
}

func drawLine(t *rapid.T, cur money.Currency, i int) pricing.Line {
	l := line(rapid.SampledFrom(skus).Draw(t, "sku"), rapid.Int64Range(1, 30).Draw(t, "qty"), drawPrice(t, cur, "unit"),
		rapid.SampledFrom(branches).Draw(t, "families")...)
	l.ID = fmt.Sprintf("line-%d", i)
	l.Class = rapid.SampledFrom(tax.Classes()).Draw(t, "class")
	l.Physical, l.Blocked = rapid.Bool().Draw(t, "physical"), rapid.IntRange(0, 3).Draw(t, "blocked") == 0
	return l
}

func drawRule(t *rapid.T, cur money.Currency, i int) discount.Rule {
	some := func(label string) bool { return rapid.IntRange(0, 3).Draw(t, label) == 0 }
	r := discount.Rule{
		ID: fmt.Sprintf("rule-%d", i), Name: i18n.Text{"en": fmt.Sprintf("Rule %d", i)}, Off: drawRate(t),
		Scope: rapid.SampledFrom([]discount.Scope{
			{Of: discount.Order}, {Of: discount.Articles, Members: []string{"A", "C"}},
			{Of: discount.Families, Members: []string{"clothes"}}, {Of: discount.Families, Members: []string{"shoes", "summer"}},
		}).Draw(t, "scope"),
		Combine:      rapid.SampledFrom([]discount.Combine{"", "", discount.WithAll, discount.NoCoupons, discount.Alone}).Draw(t, "combine"),
		Group:        rapid.SampledFrom([]string{"", "", "x"}).Draw(t, "group"),
		Priority:     rapid.IntRange(-1, 1).Draw(t, "priority"),
		CountBlocked: rapid.Bool().Draw(t, "count blocked"),
		FirstOrder:   some("first order"),
	}
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		r.Off = amount(drawPrice(t, cur, "off"))
	case 1:
		r.Off = freeShipping
	case 2:
		tiers(discount.Value, discount.PerOrder, tier("40", drawRate(t)), tier("90", amount(drawPrice(t, cur, "off"))))(&r)
	case 3:
		per := []discount.Basis{discount.PerOrder, discount.PerArticle}
		if r.Scope.Of == discount.Families {
			per = append(per, discount.PerFamily)
		}
		tiers(discount.Quantity, rapid.SampledFrom(per).Draw(t, "per"), tier("3", drawRate(t)), tier("20", drawRate(t)))(&r)
	}
	if some("code") {
		r.Codes = []string{fmt.Sprintf("code %d", i)}
	}
	if some("minimum") {
		r.Minimum = discount.Minimum{Price: drawPrice(t, cur, "minimum"), Before: rapid.Bool().Draw(t, "before")}
	}
	if some("zones") {
		r.Zones = []shipping.Zone{{Country: rapid.SampledFrom([]string{"FR", "EU", "US"}).Draw(t, "zone")}}
	}
	if some("profiles") {
		r.Profiles = []string{rapid.SampledFrom([]string{"", "resellers"}).Draw(t, "profile")}
	}
	return r
}

func drawSale(t *rapid.T) sale {
	cur := rapid.SampledFrom(currencies).Draw(t, "currency")
	s := sale{basket: basket(), facts: discount.Facts{Returning: rapid.Bool().Draw(t, "returning")}}
	b := &s.basket
	side := rapid.SampledFrom([]pricing.Side{pricing.Net, pricing.Gross})
	b.Currency, b.View = cur, pricing.View{Goods: side.Draw(t, "goods"), Shipping: side.Draw(t, "shipping")}
	b.Destination.Country = rapid.SampledFrom([]string{"", "FR", "DE", "US"}).Draw(t, "country")
	b.Profile = rapid.SampledFrom([]string{"", "resellers"}).Draw(t, "buyer")
	for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
		b.Lines = append(b.Lines, drawLine(t, cur, i))
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "rules") {
		r := drawRule(t, cur, i)
		s.rules = append(s.rules, r)
		b.Codes = append(b.Codes, r.Codes...)
	}
	return s
}

func (s sale) price(t *rapid.T, tb testing.TB) *pricing.Priced {
	rules, err := discount.Compile(s.basket.Currency, s.rules, tree)
	if err != nil {
		t.Fatal(err, refused(err))
	}
	p, err := pipeline(tb, rules.With(s.facts), s.basket.Currency).Price(s.basket)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestProperty_LinesAndRowsAddUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawSale(r).price(r, t)
		sum := money.Zero(p.Currency)
		for _, row := range p.Rows() {
			if !row.Included {
				sum = sum.Add(row.Amount)
			}
		}
		if !sum.Equal(p.Totals.ToPay) {
			r.Fatalf("ORD-07: rows sum to %s, to pay %s\n%s", sum, p.Totals.ToPay, p.Trace)
		}
		for _, l := range p.Lines {
			if l.Total.Net.IsNegative() || l.Total.Gross.IsNegative() || l.Discount.Net.IsPositive() {
				r.Fatalf("DSC-01: line %s is %+v\n%s", l.ID, l, p.Trace)
			}
		}
	})
}

func TestProperty_BlockedLinesAreUntouched(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawSale(r)
		p := s.price(r, t)
		for i, l := range p.Lines {
			if s.basket.Lines[i].Blocked && !l.Discount.IsZero() {
				r.Fatalf("DSC-07: line %s has %+v\n%s", l.ID, l.Discount, p.Trace)
			}
		}
	})
}

func TestProperty_RepricingIsIdentical(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawSale(r)
		rules, err := discount.Compile(s.basket.Currency, s.rules, tree)
		if err != nil {
			r.Fatal(err)
		}
		steps := pipeline(t, rules.With(s.facts), s.basket.Currency) // the same steps, twice
		first, err := steps.Price(s.basket)
		if err != nil {
			r.Fatal(err)
		}
		again, err := steps.Price(s.basket)
		if err != nil {
			r.Fatal(err)
		}
		if diff := cmp.Diff(encode(r, first), encode(r, again)); diff != "" {
			r.Fatal(diff)
		}
	})
}

func TestProperty_OrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawSale(r)
		before := s.price(r, t)
		s.basket.Lines = rapid.Permutation(s.basket.Lines).Draw(r, "lines")
		s.rules = rapid.Permutation(s.rules).Draw(r, "rules")
		after := s.price(r, t)
		byID := func(a, b pricing.PricedLine) int { return strings.Compare(a.ID, b.ID) }
		slices.SortFunc(before.Lines, byID)
		slices.SortFunc(after.Lines, byID)
		if diff := cmp.Diff(encode(r, before), encode(r, after)); diff != "" {
			r.Fatal(diff)
		}
		s.basket.Codes = rapid.Permutation(s.basket.Codes).Draw(r, "codes")
		if other := s.price(r, t); gifts(other) != gifts(after) {
			r.Fatalf("DSC-09: %q by one order of codes, %q by another", gifts(after), gifts(other))
		}
	})
}

func TestProperty_EveryCodeIsAnswered(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawSale(r)
		p := s.price(r, t)
		answered := map[string]int{}
		for _, red := range discount.Redemptions(p) {
			if red.Code != "" {
				answered[red.Code]++
			}
		}
		for _, f := range p.Refusals {
			if code, ok := strings.CutPrefix(f.Source, discount.CodePrefix); ok {
				answered[code]++
			}
		}
		for _, code := range s.basket.Codes {
			if answered[discount.Code(code)] != 1 {
				r.Fatalf("DSC-03: %q is answered %d times\n%s", code, answered[discount.Code(code)], p.Trace)
			}
		}
	})
}

// A scale of rising rates: a cent more on a price never costs the buyer two, even
// over the bound of a tier; and never the merchant two, where no bound is passed.
func TestProperty_ACentMoreNeverLosesTwo(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cur := rapid.SampledFrom(currencies).Draw(r, "currency")
		cent := money.FromMinor(1, cur)
		low := rapid.Int64Range(0, 500).Draw(r, "low")
		high := low + rapid.Int64Range(0, 500).Draw(r, "more")
		rate := func(n int64) discount.Off { return percent(decimal.New(n+1, -1).String()) }
		steps, err := discount.Compile(cur, []discount.Rule{
			rule("article", onArticles("A"), off(drawRate(r))),
			rule("total", tiers(discount.Value, discount.PerOrder, tier("50", rate(low)), tier("100", rate(min(high, 998))))),
		}, tree)
		if err != nil {
			r.Fatal(err)
		}
		b := basket()
		b.Currency = cur
		for i := range rapid.IntRange(1, 4).Draw(r, "lines") {
			l := line(skus[i], 1, pricing.Price{Amount: money.FromMinor(rapid.Int64Range(0, 6_000).Draw(r, "unit"), cur)})
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

func encode(t *rapid.T, p *pricing.Priced) string {
	data, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
