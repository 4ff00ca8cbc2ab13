package discount_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

// gifts are the rules that took something off, with how much, in order.
func gifts(p *pricing.Priced) string {
	var list []string
	for _, row := range p.Rows() {
		if id, ok := strings.CutPrefix(row.Source, discount.SourcePrefix); ok {
			list = append(list, id+" "+row.Amount.String())
		}
	}
	return strings.Join(list, ", ")
}

func TestSteps(t *testing.T) {
	value := tiers(discount.Value, discount.PerOrder, tier("100", percent("5")), tier("200", percent("8")))
	ten := tiers(discount.Quantity, discount.PerOrder, tier("10", percent("5")))
	german := func(r *discount.Rule) { r.Zones = []shipping.Zone{{Country: "DE"}} }
	resellers := func(r *discount.Rule) { r.Profiles = []string{"resellers"} }
	group := func(name string) change { return func(r *discount.Rule) { r.Group = name } }
	hundred := func(id string) pricing.Line { return line(id, 1, net("100.00"), "sandals", "shoes", "clothes") }
	counting := func(r *discount.Rule) { r.CountBlocked = true }
	for _, tt := range []struct {
		name  string
		rules []discount.Rule
		lines []pricing.Line
		codes string
		want  string // without tax
	}{
		{"DSC-01 A′ = 150.00", []discount.Rule{rule("a", value)}, []pricing.Line{line("A", 1, net("150.00"))}, "", "a -7.50"},
		{"DSC-01 the bound counts", []discount.Rule{rule("a", value)}, []pricing.Line{line("A", 2, net("100.00"))}, "", "a -16.00"},
		{"DSC-01 below the first tier", []discount.Rule{rule("a", value)}, []pricing.Line{line("A", 1, net("99.99"))}, "", ""},
		{"DSC-01 A′ is without tax", []discount.Rule{rule("a", value)}, []pricing.Line{line("A", 1, gross("119.99"))}, "", ""},
		{"DSC-01 a fixed amount, spread, nothing lost", []discount.Rule{rule("a", off(amount(net("10.00"))))}, []pricing.Line{
			line("A", 1, net("33.33")), line("B", 1, net("33.33")), line("C", 1, net("33.34"))}, "", "a -10.00"},
		{"DSC-01 less than the tiers below them", []discount.Rule{rule("a", value, off(percent("1")))},
			[]pricing.Line{line("A", 1, net("50.00"))}, "", "a -0.50"},
		{"DSC-02 10 × 12.90", []discount.Rule{rule("a", ten)}, []pricing.Line{line("A", 10, net("12.90"))}, "", "a -6.45"},
		{"DSC-02 of the order together", []discount.Rule{rule("a", ten)},
			[]pricing.Line{line("A", 5, net("12.90")), line("B", 5, net("12.90"))}, "", "a -6.45"},
		{"DSC-02 of each article", []discount.Rule{rule("a", tiers(discount.Quantity, discount.PerArticle, tier("10", percent("5"))))},
			[]pricing.Line{line("A", 10, net("12.90")), line("B", 9, net("12.90"))}, "", "a -6.45"},
		{"DSC-02 of each family, the fuller one", []discount.Rule{rule("a", onFamilies("shoes", "summer"),
			tiers(discount.Quantity, discount.PerFamily, tier("5", percent("5")), tier("10", percent("10"))))},
			[]pricing.Line{line("A", 2, net("10.00"), "shoes", "summer"), line("B", 3, net("10.00"), "shoes"), line("C", 8, net("10.00"), "summer")},
			"", "a -11.50"},
		{"DSC-03 a code, however it is written", []discount.Rule{rule("a", coded("Spring 26"))}, []pricing.Line{hundred("A")}, " sPRING26 ", "a -10.00"},
		{"DSC-03 free shipping", []discount.Rule{rule("a", coded("FREE"), off(freeShipping))}, []pricing.Line{hundred("A")}, "free", "a -10.00"},
		{"DSC-03 free shipping from a value", []discount.Rule{rule("a", tiers(discount.Value, discount.PerOrder, tier("50", freeShipping)))},
			[]pricing.Line{hundred("A")}, "", "a -10.00"},
		{"DSC-03 one coupon of two, the better", []discount.Rule{rule("a", coded("A")), rule("b", coded("B"), off(percent("20")))},
			[]pricing.Line{hundred("A")}, "A B", "b -20.00"},
		{"DSC-03 coupons that stack", []discount.Rule{rule("a", coded("A"), combine(discount.WithAll)), rule("b", coded("B"), off(percent("20")))},
			[]pricing.Line{hundred("A")}, "A B", "a -10.00, b -18.00"},
		{"DSC-04 descendants are in the family", []discount.Rule{rule("a", onFamilies("clothes"))}, []pricing.Line{hundred("A"), line("B", 1, net("100.00"))}, "", "a -10.00"},
		{"DSC-04 the better of two families, not the sum", []discount.Rule{rule("a", onFamilies("clothes")), rule("b", onFamilies("summer"), off(percent("15")))},
			[]pricing.Line{line("A", 1, net("100.00"), "clothes", "summer")}, "", "b -15.00"},
		{"DSC-04 the better, an amount", []discount.Rule{rule("a", onFamilies("clothes"), off(amount(net("12.00")))), rule("b", onFamilies("summer"))},
			[]pricing.Line{line("A", 1, net("100.00"), "clothes", "summer")}, "", "a -12.00"},
		{"DSC-05 the sub-family wins, though it gives less", []discount.Rule{rule("a", onFamilies("clothes"), off(percent("20"))), rule("b", onFamilies("shoes"))},
			[]pricing.Line{hundred("A")}, "", "b -10.00"},
		{"DSC-05 unless it stacks", []discount.Rule{rule("a", onFamilies("clothes"), off(percent("20"))), rule("b", onFamilies("shoes"), combine(discount.WithAll))},
			[]pricing.Line{hundred("A")}, "", "a -20.00, b -8.00"},
		{"DSC-06 the article is most specific", []discount.Rule{rule("a", onArticles("A"), off(percent("1"))), rule("b", onFamilies("sandals"))},
			[]pricing.Line{hundred("A"), hundred("B")}, "", "a -1.00, b -10.00"},
		{"DSC-07 a blocked article receives nothing", []discount.Rule{rule("a"), rule("b", onArticles("B"))},
			[]pricing.Line{hundred("A"), blocked(hundred("B"))}, "", "a -10.00"},
		{"DSC-07 nor does it count", []discount.Rule{rule("a", value)}, []pricing.Line{hundred("A"), blocked(hundred("B"))}, "", "a -5.00"},
		{"DSC-07 unless the merchant says so", []discount.Rule{rule("a", value, counting)}, []pricing.Line{hundred("A"), blocked(hundred("B"))}, "", "a -8.00"},
		{"DSC-07 it counts for quantities too", []discount.Rule{rule("a", ten, counting)},
			[]pricing.Line{line("A", 4, net("10.00")), blocked(line("B", 6, net("10.00")))}, "", "a -2.00"},
		{"DSC-07 it counts for a family too", []discount.Rule{rule("a", onFamilies("shoes"), ten, counting)},
			[]pricing.Line{line("A", 4, net("10.00"), "shoes"), blocked(line("B", 6, net("10.00"), "shoes"))}, "", "a -2.00"},
		{"DSC-08 a zone", []discount.Rule{rule("a", german)}, []pricing.Line{hundred("A")}, "", ""},
		{"DSC-08 a profile", []discount.Rule{rule("a", resellers)}, []pricing.Line{hundred("A")}, "", ""},
		{"DSC-09 article, order, coupon, shipping", []discount.Rule{
			rule("coupon", coded("C")), rule("order"), rule("ship", off(freeShipping)), rule("article", onArticles("A"))},
			[]pricing.Line{hundred("A")}, "C", "article -10.00, order -9.00, coupon -8.10, ship -10.00"},
		{"DSC-09 thresholds after what came before", []discount.Rule{rule("a", onArticles("A")), rule("b", value)}, []pricing.Line{hundred("A")}, "", "a -10.00"},
		{"DSC-09 a minimum before other discounts", []discount.Rule{rule("a", onArticles("A")), rule("b", func(r *discount.Rule) {
			r.Minimum = discount.Minimum{Price: net("100.00"), Before: true}
		})}, []pricing.Line{hundred("A")}, "", "a -10.00, b -9.00"},
		{"DSC-09 a minimum after them, with tax", []discount.Rule{rule("a", onArticles("A")), rule("b", func(r *discount.Rule) {
			r.Minimum.Price = gross("108.01")
		})}, []pricing.Line{hundred("A")}, "", "a -10.00"},
		{"DSC-09 priority wins in a group", []discount.Rule{rule("a", priority(1)), rule("b", off(percent("20")))}, []pricing.Line{hundred("A")}, "", "a -10.00"},
		{"DSC-09 equals go by ID", []discount.Rule{rule("b"), rule("a")}, []pricing.Line{hundred("A")}, "", "a -10.00"},
		{"DSC-09 one of a named group", []discount.Rule{rule("a", onArticles("A"), group("x")), rule("b", group("x"), off(percent("50")))},
			[]pricing.Line{hundred("A")}, "", "a -10.00"},
		{"DSC-09 two groups", []discount.Rule{rule("a", group("x")), rule("b", group("y"))}, []pricing.Line{hundred("A")}, "", "a -10.00, b -9.00"},
		{"DSC-09 no coupons on a line", []discount.Rule{rule("a", onArticles("A"), combine(discount.NoCoupons)), rule("b", coded("B"))},
			[]pricing.Line{hundred("A"), hundred("B")}, "B", "a -10.00, b -10.00"},
		{"DSC-09 alone, when it saves more", []discount.Rule{rule("a"), rule("b", onArticles("A")), rule("c", combine(discount.Alone), off(percent("20")))},
			[]pricing.Line{hundred("A")}, "", "c -20.00"},
		{"DSC-09 alone, when it saves less", []discount.Rule{rule("a"), rule("b", onArticles("A")), rule("c", combine(discount.Alone), off(percent("18")))},
			[]pricing.Line{hundred("A")}, "", "b -10.00, a -9.00"},
		{"DSC-09 alone keeps free shipping off", []discount.Rule{rule("a", off(freeShipping)), rule("c", onArticles("A"), combine(discount.Alone))},
			[]pricing.Line{hundred("A")}, "", "c -10.00"},
		{"DSC-09 free shipping that is only given alone", []discount.Rule{rule("a"), rule("b", off(freeShipping), combine(discount.Alone))},
			[]pricing.Line{hundred("A")}, "", "a -10.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := basket(tt.lines...)
			b.View = pricing.View{Goods: pricing.Net, Shipping: pricing.Net}
			b.Codes = strings.Split(tt.codes, " ")
			if strings.HasPrefix(tt.codes, " ") {
				b.Codes = []string{tt.codes}
			}
			p := price(t, b, discount.Facts{}, tt.rules...)
			if got := gifts(p); got != tt.want {
				t.Errorf("got %q, want %q\n%s", got, tt.want, p.Trace)
			}
		})
	}
}

// The first example of DSC-01 and what a listing shows: no order, no shipping.
func TestSteps_GoodsAlone(t *testing.T) {
	steps := compile(t, rule("a", onFamilies("shoes")), rule("b")).With(discount.Facts{})
	p, err := pricing.Pipeline{pricing.Shelf{}, steps.Goods}.Price(basket(line("A", 1, net("50.00"), "shoes")))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Totals.ToPay.String(); got != "45.00" {
		t.Errorf("a listing shows %s", got)
	}
}

func TestSteps_Trace(t *testing.T) {
	b := basket(line("A", 1, net("150.00")))
	p := price(t, b, discount.Facts{}, rule("a", tiers(discount.Value, discount.PerOrder, tier("100", percent("5")))))
	for _, e := range p.Trace {
		if e.Source == discount.SourcePrefix+"a" && e.For == pricing.Shopper {
			if e.Step != "discount_order" || e.Before.String() != "150.00" || e.After.String() != "142.50" ||
				e.Reason.Key != "discount.given.rate" || e.Reason.Name["en"] != "Rule a" {
				t.Errorf("CAT-05: got %+v", e)
			}
			return
		}
	}
	t.Errorf("CAT-05: not in the trace:\n%s", p.Trace)
}

func TestRedemptions(t *testing.T) {
	b := basket(line("A", 1, net("100.00")))
	b.Codes = []string{"one", "other"}
	p := price(t, b, discount.Facts{Issued: map[string]string{"ONE": "c"}},
		rule("a"), rule("c", func(r *discount.Rule) { r.Issued = true }), rule("d", off(freeShipping), coded("other"), combine(discount.WithAll)))
	got := discount.Redemptions(p)
	want := []discount.Redemption{{Rule: "a"}, {Rule: "c", Code: "ONE"}, {Rule: "d", Code: "OTHER"}}
	if len(got) != len(want) {
		t.Fatalf("DSC-03: got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("DSC-03: got %v, want %v", got[i], want[i])
		}
	}
}

// The steps of one buyer may price several baskets at once.
func TestSteps_Concurrently(t *testing.T) {
	steps := pipeline(t, compile(t, rule("a", onArticles("A")), rule("b", combine(discount.Alone)), rule("c", off(freeShipping))).With(discount.Facts{}), money.EUR)
	want := make([]string, 8)
	for i := range want {
		want[i] = fmt.Sprintf("a -%d.00, c -10.00", 100*(i+1)/10)
		if i%2 == 1 {
			want[i] = fmt.Sprintf("b -%d.00", 200*(i+1)/10)
		}
	}
	var group sync.WaitGroup
	for i := range want {
		group.Go(func() {
			lines := []pricing.Line{line("A", int64(i+1), net("100.00"))}
			if i%2 == 1 { // half the basket has no other discount: standing alone is better
				lines = append(lines, line("B", int64(i+1), net("100.00")))
			}
			b := basket(lines...)
			b.View = pricing.View{Goods: pricing.Net, Shipping: pricing.Net}
			for range 20 {
				p, err := steps.Price(b)
				if err != nil || gifts(p) != want[i] {
					t.Errorf("basket %d: got %q, want %q (%v)", i, gifts(p), want[i], err)
					return
				}
			}
		})
	}
	group.Wait()
}
