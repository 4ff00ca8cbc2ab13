package discount_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// noon is the instant of every basket here.
var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// tree is the families of the shop: sandals are shoes, shoes are clothes.
var tree = discount.Tree{"clothes": "", "shoes": "clothes", "sandals": "shoes", "summer": ""}

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

func net(text string) pricing.Price   { return pricing.Price{Amount: eur(text)} }
func gross(text string) pricing.Price { return pricing.Price{Amount: eur(text), IncludesTax: true} }

func num(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func percent(rate string) discount.Off {
	return discount.Off{Kind: discount.Rate, Rate: money.MustRate(rate)}
}

func amount(p pricing.Price) discount.Off { return discount.Off{Kind: discount.Amount, Price: p} }

var freeShipping = discount.Off{Kind: discount.FreeShipping}

func tier(from string, off discount.Off) discount.Tier {
	return discount.Tier{From: num(from), Off: off}
}

// rule is 10 % off the order, changed.
func rule(id string, change ...func(*discount.Rule)) discount.Rule {
	r := discount.Rule{
		ID: id, Name: i18n.Text{"en": "Rule " + id}, Off: percent("10"), Scope: discount.Scope{Of: discount.Order},
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

type change = func(*discount.Rule)

func off(o discount.Off) change { return func(r *discount.Rule) { r.Off = o } }
func coded(codes ...string) change {
	return func(r *discount.Rule) { r.Codes = codes }
}
func onFamilies(f ...string) change {
	return func(r *discount.Rule) { r.Scope = discount.Scope{Of: discount.Families, Members: f} }
}
func onArticles(a ...string) change {
	return func(r *discount.Rule) { r.Scope = discount.Scope{Of: discount.Articles, Members: a} }
}
func combine(c discount.Combine) change { return func(r *discount.Rule) { r.Combine = c } }
func priority(p int) change             { return func(r *discount.Rule) { r.Priority = p } }
func tiers(by discount.Measure, per discount.Basis, t ...discount.Tier) change {
	return func(r *discount.Rule) { r.Off, r.Scale = discount.Off{}, discount.Scale{By: by, Per: per, Tiers: t} }
}

// line is a physical line of the standard class; its SKU is its article.
func line(sku string, qty int64, unit pricing.Price, families ...string) pricing.Line {
	return pricing.Line{
		ID: "id-" + sku, SKU: sku, Qty: qty, Unit: unit, Class: tax.Standard, Physical: true,
		Article: sku, Families: families,
	}
}

func blocked(l pricing.Line) pricing.Line { l.Blocked = true; return l }

func basket(lines ...pricing.Line) pricing.Basket {
	return pricing.Basket{
		Currency: money.EUR, Lines: lines, At: noon, Destination: pricing.Destination{Country: "FR"},
		View:     pricing.View{Goods: pricing.Gross, Shipping: pricing.Gross},
		Shipping: pricing.ShippingChoice{Mode: "post"},
	}
}

func compile(t testing.TB, rules ...discount.Rule) *discount.Rules {
	t.Helper()
	r, err := discount.Compile(money.EUR, rules, tree)
	if err != nil {
		t.Fatalf("compile: %v", err)
	}
	return r
}

// post costs 10.00 without tax.
func post(t testing.TB, cur money.Currency) shipping.Delivery {
	t.Helper()
	tariff, err := shipping.Builtin().Open(cur, shipping.Mode{
		ID: "post", Calculator: "flat", Values: form.Values{"fee": form.TextValue("10")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return shipping.Delivery{Tariffs: []*shipping.Tariff{tariff}}
}

// pipeline is what the house runs, for a registered shop in France.
func pipeline(t testing.TB, steps discount.Steps, cur money.Currency) pricing.Pipeline {
	t.Helper()
	taxes, err := tax.New(tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pricing.Pipeline{pricing.Shelf{}, taxes, steps.Goods, steps.Order, post(t, cur), steps.Delivery}
}

func price(t testing.TB, b pricing.Basket, facts discount.Facts, rules ...discount.Rule) *pricing.Priced {
	t.Helper()
	p, err := pipeline(t, compile(t, rules...).With(facts), money.EUR).Price(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
