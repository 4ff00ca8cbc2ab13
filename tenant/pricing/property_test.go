package pricing_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tax"
)

// sale is a random basket with the rules it is priced by.
type sale struct {
	basket pricing.Basket
	steps  pricing.Pipeline
}

var destinations = []pricing.Destination{
	{}, {Country: "FR", Postcode: "75001"}, {Country: "FR", Postcode: "97400"}, {Country: "MC"}, {Country: "DE"},
	{Country: "PT", Postcode: "9500-001"}, {Country: "US"}, {Country: "GB", Postcode: "BT1 1AA"},
	{Country: "DE", Business: true, VATNumber: "DE123456789"}, {Country: "BE", Business: true, VATNumber: "nonsense"},
}

var currencies = []money.Currency{money.EUR, money.JPY, money.KWD}

func drawAmount(t *rapid.T, cur money.Currency, label string) money.Amount {
	places := rapid.SampledFrom([]int32{cur.Digits(), cur.Digits(), 4}).Draw(t, label+" places")
	return money.New(decimal.New(rapid.Int64Range(0, 99_999).Draw(t, label), -places), cur)
}

func drawRate(t *rapid.T, label string) money.Rate {
	return money.Percent(decimal.New(rapid.Int64Range(0, 1000).Draw(t, label), -1))
}

func drawLine(t *rapid.T, cur money.Currency, i int) pricing.Line {
	l := line(fmt.Sprintf("SKU%d", rapid.IntRange(0, 3).Draw(t, "sku")), rapid.Int64Range(1, 40).Draw(t, "qty"), pricing.Price{
		Amount: drawAmount(t, cur, "unit"), IncludesTax: rapid.Bool().Draw(t, "entered with tax"),
	})
	l.ID = fmt.Sprintf("line-%d", i)
	l.Class = rapid.SampledFrom(tax.Classes()).Draw(t, "class")
	l.Physical = rapid.Bool().Draw(t, "physical")
	l.Blocked = rapid.Bool().Draw(t, "blocked")
	l.Weight = decimal.New(rapid.Int64Range(0, 900).Draw(t, "weight"), -2)
	if rapid.Bool().Draw(t, "tiers") {
		l.Tiers = []pricing.Tier{{From: 5, Unit: drawAmount(t, cur, "tier")}, {From: 20, Unit: drawAmount(t, cur, "tier")}}
		l.Marginal = rapid.Bool().Draw(t, "marginal")
		l.TierGroup = rapid.SampledFrom([]string{"", "group"}).Draw(t, "group")
	}
	return l
}

// tariffs are one mode of each of the seven ways.
func tariffs(t testing.TB, cur money.Currency) []*shipping.Tariff {
	text := form.TextValue
	rows := form.RowsValue(
		form.Values{"up_to": text("10"), "value": text("9")}, form.Values{"up_to": text("80"), "value": text("4")},
	)
	values := map[string]form.Values{
		"included":      {},
		"flat":          {"fee": text("7"), "free_from": text("90")},
		"increments":    {"first_unit": text("1"), "first_fee": text("8"), "next_unit": text("0.5"), "next_fee": text("1.5")},
		"coefficient":   {"per_unit": text("2.4"), "round_up_to": text("0.3"), "max": text("60")},
		"cost_scale":    {"rows": rows, "beyond": text("none")},
		"percent_scale": {"rows": rows, "beyond": text("value"), "beyond_value": text("2"), "marginal": text("true")},
		"weight_scale":  {"rows": rows, "beyond": text("extra"), "beyond_value": text("3"), "beyond_unit": text("2")},
	}
	var list []*shipping.Tariff
	for i, calc := range shipping.Builtin() {
		list = append(list, tariff(t, cur, shipping.Mode{
			ID: calc.Key(), Calculator: calc.Key(), Values: values[calc.Key()], IncludesTax: i%2 == 0,
			MaxParcel: decimal.NewFromInt(30), Insurance: shipping.Insurance{Rate: money.MustRate("1.5"), Compulsory: i%3 == 0},
		}))
	}
	return list
}

func drawSale(t *rapid.T, tb testing.TB) sale {
	cur := rapid.SampledFrom(currencies).Draw(t, "currency")
	side := rapid.SampledFrom([]pricing.Side{pricing.Net, pricing.Gross})
	b := pricing.Basket{
		Currency: cur, At: noon,
		Destination: rapid.SampledFrom(destinations).Draw(t, "destination"),
		View:        pricing.View{Goods: side.Draw(t, "goods side"), Shipping: side.Draw(t, "shipping side")},
		Shipping: pricing.ShippingChoice{
			Mode:    rapid.SampledFrom(append(keys(), "")).Draw(t, "mode"),
			Insured: rapid.Bool().Draw(t, "insured"),
		},
		Payment: pricing.PaymentChoice{Method: "cod"},
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "lines") {
		b.Lines = append(b.Lines, drawLine(t, cur, i))
	}
	return sale{b, drawRules(t, tb, cur)}
}

func keys() []string {
	var all []string
	for _, c := range shipping.Builtin() {
		all = append(all, c.Key())
	}
	return all
}

func drawRules(t *rapid.T, tb testing.TB, cur money.Currency) pricing.Pipeline {
	keep := rapid.SampledFrom([]tax.Keep{tax.KeepGross, tax.KeepNet}).Draw(t, "keep")
	distance := rapid.SampledFrom([]tax.Distance{tax.AtDestination, tax.AtHome}).Draw(t, "distance")
	registered := rapid.IntRange(0, 9).Draw(t, "registered") > 0
	rate, coupon := drawRate(t, "rate off"), pricing.Price{
		Amount: drawAmount(t, cur, "coupon"), IncludesTax: rapid.Bool().Draw(t, "coupon with tax"),
	}
	free, fee := drawRate(t, "shipping rate off"), pricing.Part{Rate: drawRate(t, "fee"), Fixed: drawAmount(t, cur, "fee")}
	rebate := pricing.Part{Rate: drawRate(t, "rebate")}
	return pricing.Pipeline{
		pricing.Shelf{},
		french(tb, func(s *tax.Settings) { s.Keep, s.Distance, s.Registered = keep, distance, registered }),
		rule(func(s *pricing.Sheet) {
			s.DiscountRate(s.Lines(func(l *pricing.Line) bool { return !l.Blocked }), rate, "sale", because)
			s.DiscountAmount(s.Lines(nil), coupon, "coupon", because)
		}),
		shipping.Delivery{Tariffs: tariffs(tb, cur)},
		rule(func(s *pricing.Sheet) { s.DiscountShippingRate(free, "coupon", because) }),
		pricing.Tenders{Home: "FR", Modes: []pricing.Tender{{
			Method: "cod", Instrument: pricing.NoInstrument, Fee: fee, Rebate: rebate,
			IncludesTax: rapid.Bool().Draw(t, "fee with tax"),
		}}},
	}
}

func (s sale) price(t *rapid.T) *pricing.Priced {
	p, err := s.steps.Price(s.basket)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestProperty_DisplayedRowsSumToTheTotal(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawSale(r, t).price(r)
		sum := money.Zero(p.Currency)
		for _, row := range p.Rows() {
			if !row.Included {
				sum = sum.Add(row.Amount)
			}
		}
		if !sum.Equal(p.Totals.ToPay) {
			r.Fatalf("ORD-07: rows sum to %s, to pay %s\n%s", sum, p.Totals.ToPay, p.Trace)
		}
	})
}

func TestProperty_SidesAndTaxesAddUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawSale(r, t).price(r)
		all, taxes := pricing.NoFigures(p.Currency), money.Zero(p.Currency)
		for _, a := range p.Adjustments {
			if !a.Net.Add(a.Figures.Tax).Equal(a.Gross) || !a.Price.Amount.Equal(a.Price.Amount.Round(money.Down)) {
				r.Fatalf("adjustment %+v", a)
			}
			if a.Kind == pricing.Tax {
				taxes = taxes.Add(a.Price.Amount)
				continue
			}
			all = all.Add(a.Figures)
		}
		byRate := money.Zero(p.Currency)
		for _, row := range p.Totals.TaxByRate {
			byRate = byRate.Add(row.Tax)
		}
		t := p.Totals
		if !all.Net.Equal(t.Net) || !all.Gross.Equal(t.ToPay) || !taxes.Equal(t.Tax) || !byRate.Equal(t.Tax) {
			r.Fatalf("sums %+v, taxes %s, by rate %s, totals %+v", all, taxes, byRate, t)
		}
		kinds := t.Goods.Add(t.Discounts).Add(t.Shipping).Add(t.ShippingDiscounts).Add(t.Insurance).Add(t.Fee)
		if !kinds.Gross.Equal(t.Gross) {
			r.Fatalf("kinds sum to %s, gross %s", kinds.Gross, t.Gross)
		}
	})
}

func TestProperty_NothingIsNegative(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := drawSale(r, t).price(r)
		for _, l := range p.Lines {
			if l.Total.Net.IsNegative() || l.Total.Tax.IsNegative() || l.Discount.Net.IsPositive() {
				r.Fatalf("line %+v", l)
			}
			if !l.Goods.Add(l.Discount).Gross.Equal(l.Total.Gross) || !l.Goods.Add(l.Discount).Net.Equal(l.Total.Net) {
				r.Fatalf("line does not add up: %+v", l)
			}
		}
		carried := p.Totals.Shipping.Add(p.Totals.ShippingDiscounts)
		if carried.Net.IsNegative() || carried.Gross.IsNegative() || p.Totals.Fee.Net.IsNegative() || p.Totals.ToPay.IsNegative() {
			r.Fatalf("totals %+v", p.Totals)
		}
	})
}

func TestProperty_RepricingIsIdentical(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawSale(r, t)
		if diff := cmp.Diff(encode(r, s.price(r)), encode(r, s.price(r))); diff != "" {
			r.Fatal(diff)
		}
	})
}

func TestProperty_TheOrderOfLinesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawSale(r, t)
		before := s.price(r)
		s.basket.Lines = rapid.Permutation(s.basket.Lines).Draw(r, "order")
		after := s.price(r)
		byID := func(a, b pricing.PricedLine) int { return strings.Compare(a.ID, b.ID) }
		slices.SortFunc(before.Lines, byID)
		slices.SortFunc(after.Lines, byID)
		if diff := cmp.Diff(encode(r, before), encode(r, after)); diff != "" {
			r.Fatal(diff)
		}
	})
}

func TestProperty_AListingShowsWhatTheCartWillSay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cur := rapid.SampledFrom(currencies).Draw(r, "currency")
		l := drawLine(r, cur, 0)
		l.Qty, l.Tiers, l.Unit.Amount = 1, nil, l.Unit.Amount.Round(money.HalfUp)
		b := basket("", l)
		b.Currency, b.Destination = cur, rapid.SampledFrom(destinations).Draw(r, "destination")
		p := price(t, b, french(t))
		if got := p.Lines[0]; !got.Unit.Net.Equal(got.Total.Net) || !got.Unit.Gross.Equal(got.Total.Gross) {
			r.Fatalf("ORD-04: one costs %+v, a line of one %+v", got.Unit, got.Total)
		}
	})
}

func TestProperty_AbroadPaysTheNetOfHome(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cur := rapid.SampledFrom(currencies).Draw(r, "currency")
		s := sale{basket: basket("FR"), steps: pricing.Pipeline{
			pricing.Shelf{}, french(t), percentOff(drawRate(r, "off").String()),
			shipping.Delivery{Tariffs: tariffs(t, cur)},
		}}
		s.basket.Currency = cur
		s.basket.Shipping.Mode = rapid.SampledFrom([]string{"included", "increments", "weight_scale"}).Draw(r, "mode")
		for i := range rapid.IntRange(1, 5).Draw(r, "lines") {
			s.basket.Lines = append(s.basket.Lines, drawLine(r, cur, i))
		}
		home := s.price(r)
		s.basket.Destination.Country = "US"
		abroad := s.price(r)
		if !home.Totals.Goods.Net.Equal(abroad.Totals.Goods.Net) || !home.Totals.Discounts.Net.Equal(abroad.Totals.Discounts.Net) ||
			!abroad.Totals.Tax.IsZero() {
			r.Fatalf("home %+v\nabroad %+v", home.Totals, abroad.Totals)
		}
	})
}

func TestProperty_ACentMoreNeverLosesTwo(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		cur := rapid.SampledFrom(currencies).Draw(r, "currency")
		s := sale{basket: basket("FR"), steps: pricing.Pipeline{pricing.Shelf{}, french(t), percentOff(drawRate(r, "off").String())}}
		s.basket.Currency = cur
		for i := range rapid.IntRange(1, 5).Draw(r, "lines") {
			l := drawLine(r, cur, i)
			l.Tiers = nil
			s.basket.Lines = append(s.basket.Lines, l)
		}
		before := s.price(r).Totals
		at := rapid.IntRange(0, len(s.basket.Lines)-1).Draw(r, "dearer")
		unit := &s.basket.Lines[at].Unit
		unit.Amount = unit.Amount.Add(money.FromMinor(1, cur))
		after := s.price(r).Totals
		if after.ToPay.Add(money.FromMinor(1, cur)).Cmp(before.ToPay) < 0 {
			r.Fatalf("a cent more on line %d: %s became %s", at, before.ToPay, after.ToPay)
		}
	})
}

func encode(t *rapid.T, p *pricing.Priced) string {
	data, err := json.MarshalIndent(p, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
