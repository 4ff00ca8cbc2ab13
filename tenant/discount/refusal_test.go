package discount_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
)

func words(t testing.TB) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(os.DirFS("."), "locales")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSteps_Refusals(t *testing.T) {
	c := words(t)
	with := func(change func(*discount.Rule)) []discount.Rule {
		return []discount.Rule{rule("c", coded("CODE"), change)}
	}
	limited := with(func(r *discount.Rule) { r.Limits = discount.Limits{Total: 5, PerCustomer: 1} })
	uses := func(total, mine int64) discount.Facts {
		return discount.Facts{Uses: map[string]discount.Uses{"c": {Total: total, ByCustomer: mine}}}
	}
	issued := rule("c", func(r *discount.Rule) { r.Issued = true })
	for _, tt := range []struct {
		name   string
		rules  []discount.Rule
		facts  discount.Facts
		basket func(*pricing.Basket)
		want   string
	}{
		{"unknown", nil, discount.Facts{}, nil, "There is no code CODE."},
		{"not issued by the rule", []discount.Rule{rule("d")}, discount.Facts{Issued: map[string]string{"CODE": "d"}}, nil, "There is no code CODE."},
		{"issued by a rule that is gone", nil, discount.Facts{Issued: map[string]string{"CODE": "c"}}, nil, "There is no code CODE."},
		{"not yet", with(func(r *discount.Rule) { r.From = noon.Add(time.Second) }), discount.Facts{}, nil, "Code CODE is valid from 2 March 2026."},
		{"over", with(func(r *discount.Rule) { r.Until = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) }), discount.Facts{}, nil, "Code CODE was valid until 28 February 2026."},
		{"over at its last instant", with(func(r *discount.Rule) { r.Until = noon }), discount.Facts{}, nil, "Code CODE was valid until 2 March 2026."},
		{"another profile", with(func(r *discount.Rule) { r.Profiles = []string{"resellers"} }), discount.Facts{}, nil, "Code CODE is not meant for your customer profile."},
		{"another destination", with(func(r *discount.Rule) { r.Zones = []shipping.Zone{{Country: "DE"}} }), discount.Facts{}, nil, "Code CODE is not valid for this destination."},
		{"no destination yet", with(func(r *discount.Rule) { r.Zones = []shipping.Zone{{Country: "DE"}} }), discount.Facts{},
			func(b *pricing.Basket) { b.Destination = pricing.Destination{} },
			"Code CODE is valid for some destinations only: please give your delivery address."},
		{"minimum", with(func(r *discount.Rule) { r.Minimum.Price = net("150.00") }), discount.Facts{}, nil,
			"Code CODE needs another €50.00 before tax of the articles it applies to."},
		{"minimum with tax", with(func(r *discount.Rule) { r.Minimum.Price = gross("150.00") }), discount.Facts{}, nil,
			"Code CODE needs another €30.00 of the articles it applies to."},
		{"first tier of a value", with(tiers(discount.Value, discount.PerOrder, tier("120", percent("5")))), discount.Facts{}, nil,
			"Code CODE needs another €20.00 before tax of the articles it applies to."},
		{"first tier of a quantity", with(tiers(discount.Quantity, discount.PerOrder, tier("3", percent("5")))), discount.Facts{}, nil,
			"Code CODE needs 2 more of the articles it applies to."},
		{"first order", with(func(r *discount.Rule) { r.FirstOrder = true }), discount.Facts{Returning: true}, nil, "Code CODE is for a first order only."},
		{"used up", limited, uses(5, 0), nil, "Code CODE has been used as often as it may be."},
		{"used by this customer", limited, uses(4, 1), nil, "You have already used code CODE."},
		{"spent", []discount.Rule{issued}, discount.Facts{Issued: map[string]string{"CODE": "c"}, Spent: map[string]bool{"CODE": true}}, nil,
			"Code CODE has already been redeemed."},
		{"nothing it is for", with(onFamilies("shoes")), discount.Facts{}, nil, "Code CODE does not apply to anything in your cart."},
		{"only blocked articles", with(off(percent("10"))), discount.Facts{}, func(b *pricing.Basket) { b.Lines[0].Blocked = true },
			"Code CODE does not apply to anything in your cart."},
		{"nothing to send", with(off(freeShipping)), discount.Facts{}, func(b *pricing.Basket) { b.Lines[0].Physical = false },
			"Code CODE does not apply to anything in your cart."},
		{"another code of its group", []discount.Rule{rule("c", coded("CODE")), rule("d", coded("OTHER"), off(percent("20")))}, discount.Facts{},
			func(b *pricing.Basket) { b.Codes = append(b.Codes, "OTHER") }, "Code CODE cannot be combined with “Rule d”."},
		{"a second code of its rule", []discount.Rule{rule("c", coded("CODE", "AAA"))}, discount.Facts{},
			func(b *pricing.Basket) { b.Codes = append(b.Codes, "AAA") }, "Code CODE cannot be combined with “Rule c”."},
		{"a rule without coupons", []discount.Rule{rule("c", coded("CODE")), rule("d", combine(discount.NoCoupons))}, discount.Facts{}, nil,
			"Code CODE cannot be combined with “Rule d”."},
		{"a rule that stands alone", []discount.Rule{rule("c", coded("CODE")), rule("d", combine(discount.Alone), off(percent("20")))}, discount.Facts{}, nil,
			"Code CODE cannot be combined with “Rule d”."},
		{"alone, and no better", []discount.Rule{rule("c", coded("CODE"), combine(discount.Alone)), rule("d", off(percent("20")))}, discount.Facts{}, nil,
			"Code CODE is no better than what you already have."},
		{"nothing left to take off", []discount.Rule{rule("c", coded("CODE")), rule("d", off(percent("100")))}, discount.Facts{}, nil,
			"Code CODE is no better than what you already have."},
		{"shipping is free already", []discount.Rule{rule("c", coded("CODE"), off(freeShipping)), rule("d", off(freeShipping))}, discount.Facts{}, nil,
			"Code CODE is no better than what you already have."},
		{"free shipping beside a coupon", []discount.Rule{rule("c", coded("CODE"), off(freeShipping)), rule("d", coded("OTHER"))}, discount.Facts{},
			func(b *pricing.Basket) { b.Codes = append(b.Codes, "OTHER") }, "Code CODE cannot be combined with “Rule d”."},
	} {
		t.Run("DSC-03 "+tt.name, func(t *testing.T) {
			b := basket(line("A", 1, net("100.00")))
			b.Codes = []string{"code"}
			if tt.basket != nil {
				tt.basket(&b)
			}
			p := price(t, b, tt.facts, tt.rules...)
			if len(p.Refusals) != 1 || p.Refusals[0].Blocking || p.Refusals[0].Source != "coupon:CODE" {
				t.Fatalf("got %+v", p.Refusals)
			}
			why := p.Refusals[0].Reason
			if got := c.T("en", why.Key, why.Args); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if strings.Contains(gifts(p), "c ") && tt.name != "a second code of its rule" {
				t.Errorf("given all the same: %s", gifts(p))
			}
		})
	}
}

// A code for free shipping waits for a shipping mode and is not refused.
func TestSteps_FreeShippingWaits(t *testing.T) {
	b := basket(line("A", 1, net("100.00")))
	b.Codes, b.Shipping.Mode = []string{"FREE"}, ""
	p := price(t, b, discount.Facts{}, rule("a", coded("FREE"), off(freeShipping)))
	for _, r := range p.Refusals {
		if r.Step != "delivery" {
			t.Errorf("DSC-03: refused %+v", r)
		}
	}
	if !strings.Contains(p.Trace.Short().String(), "discount.waiting") {
		t.Errorf("DSC-03: the shopper is not told\n%s", p.Trace)
	}
}

// What a visitor types may be anything.
func TestSteps_AnyCode(t *testing.T) {
	b := basket(line("A", 1, net("100.00")))
	b.Codes = []string{"", "  ", "x", "X", "\x00\xff", strings.Repeat("é", 100_000)}
	p := price(t, b, discount.Facts{}, rule("a"))
	if len(p.Refusals) != 3 { // x once
		t.Fatalf("DSC-03: %d refusals", len(p.Refusals))
	}
	if got := p.Refusals[2].Source; len(got) > 4*discount.MaxCode {
		t.Errorf("DSC-03: %d bytes are repeated", len(got))
	}
	b.Codes = nil
	for i := range 1000 {
		b.Codes = append(b.Codes, strconv.Itoa(i))
	}
	if p := price(t, b, discount.Facts{}, rule("a")); len(p.Refusals) > 100 {
		t.Errorf("DSC-03: %d codes were read", len(p.Refusals))
	}
}
