package pricelist_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/stock"
)

var (
	noon   = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)
	red    = id.New[stock.Variant]()
	blue   = id.New[stock.Variant]()
	anyone pricelist.Buyer
)

const day = 24 * time.Hour

func num(text string) decimal.Decimal  { return decimal.RequireFromString(text) }
func ptr(text string) *decimal.Decimal { n := num(text); return &n }
func at(days int) *time.Time           { t := noon.Add(time.Duration(days) * day); return &t }

// rule is a rule written a year ago.
func rule(change func(*pricelist.Rule)) pricelist.Rule {
	r := pricelist.Rule{ID: id.New[pricelist.Rule](), Written: noon.Add(-365 * day)}
	change(&r)
	return r
}

func own(price string) pricelist.Own {
	return pricelist.Own{Variant: red, Price: num(price), Since: noon.Add(-400 * day)}
}

func TestResolve(t *testing.T) {
	everybody := rule(func(r *pricelist.Rule) { r.Price = ptr("9") })
	resellers := rule(func(r *pricelist.Rule) { r.Price, r.Profile = ptr("8"), "trade" })
	variant := rule(func(r *pricelist.Rule) { r.Price, r.Variant = ptr("7"), red })
	sale := rule(func(r *pricelist.Rule) { r.Price, r.From, r.Until = ptr("6"), at(-1), at(1) })
	later := rule(func(r *pricelist.Rule) { r.Price, r.From = ptr("5.5"), at(0) })
	ended := rule(func(r *pricelist.Rule) { r.Price, r.Ended = ptr("1"), at(-1) })
	planned := rule(func(r *pricelist.Rule) { r.Price, r.From = ptr("1"), at(1) })
	other := rule(func(r *pricelist.Rule) { r.Price, r.Variant = ptr("1"), blue })
	for _, tt := range []struct {
		name  string
		rules []pricelist.Rule
		who   pricelist.Buyer
		want  string
	}{
		{"no rule", nil, anyone, "10"},
		{"PROF-01 of another profile", []pricelist.Rule{resellers}, anyone, "10"},
		{"everybody's", []pricelist.Rule{everybody}, anyone, "9"},
		{"PROF-01 the profile's before everybody's", []pricelist.Rule{everybody, resellers}, pricelist.Buyer{Profile: "trade"}, "8"},
		{"PROF-01 the profile's before the variant's of everybody", []pricelist.Rule{variant, resellers}, pricelist.Buyer{Profile: "trade"}, "8"},
		{"ART-05 the variant's before the article's", []pricelist.Rule{everybody, variant}, anyone, "7"},
		{"ART-05 another variant's", []pricelist.Rule{other}, anyone, "10"},
		{"for a time before for always", []pricelist.Rule{everybody, sale}, anyone, "6"},
		{"the one that began later", []pricelist.Rule{sale, later}, anyone, "5.5"},
		{"ended and planned ones are not asked", []pricelist.Rule{ended, planned}, anyone, "10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := pricelist.Resolve(tt.rules, own("10"), tt.who, noon).Price; !got.Equal(num(tt.want)) {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestOffer_Line: the worked example of ART-05, through the kernel.
func TestOffer_Line(t *testing.T) {
	tiers := []pricelist.Tier{{From: 10, Price: num("9.00")}, {From: 50, Price: num("8.00")}}
	for _, tt := range []struct {
		name     string
		rule     func(*pricelist.Rule)
		red, ble int64
		want     string
	}{
		{"ART-05 all units", func(*pricelist.Rule) {}, 10, 0, "90.00"},
		{"ART-05 marginal", func(r *pricelist.Rule) { r.Marginal = true }, 10, 0, "99.00"},
		{"ART-05 line by line", func(*pricelist.Rule) {}, 6, 4, "100.00"},
		{"ART-05 the whole article", func(r *pricelist.Rule) { r.Together = true }, 6, 4, "90.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := rule(func(r *pricelist.Rule) { r.Tiers = tiers; tt.rule(r) })
			b := pricing.Basket{Currency: money.EUR, At: noon}
			for i, qty := range []int64{tt.red, tt.ble} {
				if qty == 0 {
					continue
				}
				l := pricing.Line{ID: []string{"red", "blue"}[i], SKU: "S", Qty: qty, Unit: pricing.Price{Amount: money.Zero(money.EUR)}}
				pricelist.Resolve([]pricelist.Rule{r}, own("10.00"), anyone, noon).Line(&l, "article")
				b.Lines = append(b.Lines, l)
			}
			p, err := pricing.Pipeline{pricing.Shelf{}}.Price(b)
			if err != nil {
				t.Fatal(err)
			}
			if got := p.Totals.Goods.Net.String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCrossed(t *testing.T) {
	past := func(price string, announced bool, until int) pricelist.Past {
		return pricelist.Past{Price: num(price), Announced: announced, Until: *at(until)}
	}
	reseller := rule(func(r *pricelist.Rule) { r.Price, r.CompareAt, r.Profile, r.From = ptr("6"), ptr("9"), "trade", at(-2) })
	sale := rule(func(r *pricelist.Rule) { r.Price, r.CompareAt, r.From, r.Until = ptr("8"), ptr("12"), at(-3), at(3) })
	earlier := rule(func(r *pricelist.Rule) { r.Price, r.From, r.Until = ptr("7"), at(-20), at(-10) })
	long := rule(func(r *pricelist.Rule) { r.Price, r.From, r.Until = ptr("5"), at(-60), at(-40) })
	for _, tt := range []struct {
		name  string
		own   func(*pricelist.Own)
		rules []pricelist.Rule
		who   pricelist.Buyer
		want  string // "" for nothing crossed out
	}{
		{"LAW-03 nothing to announce", func(*pricelist.Own) {}, nil, anyone, ""},
		{"LAW-03 a new article: the merchant's statement", func(o *pricelist.Own) { o.CompareAt, o.Since = ptr("12"), noon }, nil, anyone, "12"},
		{"LAW-03 he asked 11 before, not 12", func(o *pricelist.Own) {
			o.CompareAt, o.Past = ptr("12"), []pricelist.Past{past("11", false, -5)}
		}, nil, anyone, "11"},
		{"LAW-03 the lowest of several", func(o *pricelist.Own) {
			o.CompareAt, o.Past = ptr("15"), []pricelist.Past{past("11", false, -20), past("14", false, -5)}
		}, nil, anyone, "11"},
		{"LAW-03 older than 30 days", func(o *pricelist.Own) {
			o.CompareAt, o.Past = ptr("15"), []pricelist.Past{past("11", false, -36), past("14", false, -5)}
		}, nil, anyone, "14"},
		{"LAW-03 crossed out without a reduction", func(o *pricelist.Own) {
			o.CompareAt, o.Past = ptr("15"), []pricelist.Past{past("10", false, -5)}
		}, nil, anyone, ""},
		{"LAW-03 a sale that goes on keeps its reference", func(o *pricelist.Own) {
			o.CompareAt, o.Past = ptr("15"), []pricelist.Past{past("14", false, -45)}
		}, nil, anyone, "14"},
		{"LAW-03 a planned sale", func(*pricelist.Own) {}, []pricelist.Rule{sale}, anyone, "10"},
		{"LAW-03 after another sale", func(*pricelist.Own) {}, []pricelist.Rule{sale, earlier}, anyone, ""},
		{"LAW-03 a sale of long ago", func(*pricelist.Own) {}, []pricelist.Rule{sale, long}, anyone, "10"},
		{"LAW-03 per profile", func(*pricelist.Own) {}, []pricelist.Rule{reseller}, pricelist.Buyer{Profile: "trade"}, "9"},
		{"LAW-03 another profile's reduction", func(*pricelist.Own) {}, []pricelist.Rule{reseller}, anyone, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := own("10")
			tt.own(&o)
			got := pricelist.Crossed(tt.rules, o, tt.who, noon)
			switch {
			case got == nil && tt.want != "", got != nil && (tt.want == "" || !got.Equal(num(tt.want))):
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}

// TestReplace: an edit ends what held and writes it anew, so that the past can still be told.
func TestReplace(t *testing.T) {
	first := pricelist.Replace(nil, []pricelist.Rule{{Price: ptr("9")}, {Price: ptr("8"), Profile: "trade"}}, noon.Add(-10*day))
	same := pricelist.Replace(first, first, noon.Add(-9*day))
	if len(same) != 2 || !same[0].Written.Equal(first[0].Written) {
		t.Errorf("saving again writes anew: %+v", same)
	}
	edited := []pricelist.Rule{first[0]}
	edited[0].Price = ptr("7")
	after := pricelist.Replace(first, edited, noon)
	if len(after) != 3 {
		t.Fatalf("%d rules, want the old two ended and the new one", len(after))
	}
	for when, want := range map[time.Duration]string{-11 * day: "10", -1 * day: "9", day: "7"} {
		if got := pricelist.Resolve(after, own("10"), anyone, noon.Add(when)).Price; !got.Equal(num(want)) {
			t.Errorf("at %v: %s, want %s", when, got, want)
		}
	}
	if got := pricelist.Resolve(after, own("10"), pricelist.Buyer{Profile: "trade"}, noon.Add(day)).Price; !got.Equal(num("7")) {
		t.Errorf("a removed rule still holds: %s", got)
	}
	forgotten := pricelist.Replace(after, nil, noon.Add(pricelist.Remembered+day))
	for _, r := range forgotten {
		if r.Ended.Equal(noon) {
			t.Error("what ended too long ago is kept")
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name  string
		rule  pricelist.Rule
		field string
	}{
		{"nothing in it", pricelist.Rule{}, "prices.0.price"},
		{"a negative price", pricelist.Rule{Price: ptr("-1")}, "prices.0.price"},
		{"five decimals", pricelist.Rule{Price: ptr("1.00001")}, "prices.0.price"},
		{"an absurd price", pricelist.Rule{Price: ptr("1e15")}, "prices.0.price"},
		{"over before it begins", pricelist.Rule{Price: ptr("1"), From: at(1), Until: at(0)}, "prices.0.until"},
		{"a tier from one", pricelist.Rule{Tiers: []pricelist.Tier{{From: 1, Price: num("1")}}}, "prices.0.tiers.0.from"},
		{"tiers that overlap", pricelist.Rule{Tiers: []pricelist.Tier{{From: 5, Price: num("2")}, {From: 5, Price: num("1")}}}, "prices.0.tiers.1.from"},
		{"a negative tier", pricelist.Rule{Tiers: []pricelist.Tier{{From: 5, Price: num("-2")}}}, "prices.0.tiers.0.price"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fields := fault.FieldsOf(pricelist.Check([]pricelist.Rule{tt.rule}))
			if len(fields) != 1 || fields[0].Name != tt.field {
				t.Errorf("got %v, want %s", fields, tt.field)
			}
		})
	}
	fine := pricelist.Rule{Price: ptr("0.0125"), Tiers: []pricelist.Tier{{From: 5, Price: num("0.01")}}, From: at(0), Until: at(1)}
	if err := pricelist.Check([]pricelist.Rule{fine}); err != nil {
		t.Error(err)
	}
}

func TestWarnings(t *testing.T) {
	tiers := func(list ...pricelist.Tier) pricelist.Rule { return rule(func(r *pricelist.Rule) { r.Tiers = list }) }
	twice := rule(func(r *pricelist.Rule) { r.Price = ptr("9") })
	again := rule(func(r *pricelist.Rule) { r.Price, r.Written = ptr("8"), noon })
	during := func(from, until int) pricelist.Rule {
		return rule(func(r *pricelist.Rule) { r.Price, r.From, r.Until = ptr("9"), at(from), at(until) })
	}
	resellers := func(r pricelist.Rule) pricelist.Rule { r.Profile = "trade"; return r }
	for _, tt := range []struct {
		name  string
		rules []pricelist.Rule
		want  string
	}{
		{"an inversion", []pricelist.Rule{tiers(pricelist.Tier{From: 10, Price: num("11")})}, "pricelist.warn.dearer"},
		{"ten for less than nine", []pricelist.Rule{tiers(pricelist.Tier{From: 10, Price: num("8")})}, "pricelist.warn.cheaper_in_all"},
		{"over", []pricelist.Rule{rule(func(r *pricelist.Rule) { r.Price, r.Until = ptr("9"), at(-1) })}, "pricelist.warn.over"},
		{"hidden", []pricelist.Rule{twice, again}, "pricelist.warn.hidden"},
		{"crossed out below the price", []pricelist.Rule{rule(func(r *pricelist.Rule) { r.Price, r.CompareAt = ptr("40"), ptr("35") })}, "pricelist.warn.uncrossed"},
		{"crossed out at the variant's own price", []pricelist.Rule{rule(func(r *pricelist.Rule) { r.CompareAt = ptr("10") })}, "pricelist.warn.uncrossed"},
		{"crossed out above the price", []pricelist.Rule{rule(func(r *pricelist.Rule) { r.CompareAt = ptr("11") })}, ""},
		{"two over the same days", []pricelist.Rule{during(1, 5), during(3, 8)}, "pricelist.warn.overlap"},
		{"the second for good", []pricelist.Rule{rule(func(r *pricelist.Rule) { r.Price, r.From = ptr("9"), at(1) }), rule(func(r *pricelist.Rule) { r.Price, r.From = ptr("8"), at(3) })}, "pricelist.warn.overlap_on"},
		{"both have begun", []pricelist.Rule{during(-5, 5), during(-3, 2)}, "pricelist.warn.overlap_until"},
		{"the second has begun and lasts longer", []pricelist.Rule{during(-5, 5), during(-3, 8)}, "pricelist.warn.hidden"},
		{"one after the other", []pricelist.Rule{during(1, 3), during(3, 8)}, ""},
		{"within a price for always", []pricelist.Rule{twice, during(1, 3)}, ""},
		{"of other buyers", []pricelist.Rule{during(1, 5), resellers(during(1, 5))}, ""},
		{"nothing odd", []pricelist.Rule{tiers(pricelist.Tier{From: 10, Price: num("9.50")})}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, w := range pricelist.Warnings(tt.rules, []pricelist.Own{own("10")}, noon) {
				got += w.Key
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// An overlap names the price that is asked and the time for which it is.
func TestWarnings_overlap(t *testing.T) {
	first := rule(func(r *pricelist.Rule) { r.Price, r.From, r.Until = ptr("30"), at(1), at(5) })
	second := rule(func(r *pricelist.Rule) { r.Price, r.From, r.Until = ptr("22"), at(3), at(8) })
	list := pricelist.Warnings([]pricelist.Rule{first, second}, []pricelist.Own{own("40")}, noon)
	if len(list) != 1 || list[0].Rule != first.ID || list[0].Other.ID != second.ID || !list[0].From.Equal(*at(3)) || !list[0].Until.Equal(*at(5)) {
		t.Fatalf("%+v", list)
	}
	offer := pricelist.Resolve([]pricelist.Rule{first, second}, own("40"), pricelist.Buyer{}, *at(4))
	if !offer.Price.Equal(num("22")) {
		t.Errorf("%s holds, the warning says %s", offer.Price, second.Price)
	}
}

// TestHistory_Property: the spans of a history follow each other without gap, each says what held in it, and no
// crossed-out price is ever at or below the price, or above any price of the 30 days before.
func TestHistory_Property(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := own("10")
		o.CompareAt = ptr("12")
		price := func(label string) decimal.Decimal {
			return decimal.New(rapid.Int64Range(500, 1500).Draw(t, label), -2)
		}
		for range rapid.IntRange(0, 4).Draw(t, "past") {
			o.Past = append(o.Past, pricelist.Past{Price: price("was"), Announced: rapid.Bool().Draw(t, "announced"),
				Until: *at(-rapid.IntRange(1, 90).Draw(t, "until"))})
		}
		var rules []pricelist.Rule
		for range rapid.IntRange(0, 4).Draw(t, "rules") {
			from := rapid.IntRange(-90, 5).Draw(t, "from")
			p := price("rule")
			rules = append(rules, rule(func(r *pricelist.Rule) {
				r.Price, r.From, r.Until = &p, at(from), at(from+rapid.IntRange(1, 30).Draw(t, "days"))
				if rapid.Bool().Draw(t, "crossed") {
					r.CompareAt = ptr("14")
				}
			}))
		}
		spans := pricelist.History(rules, o, anyone, noon)
		now := pricelist.Resolve(rules, o, anyone, noon).Price
		for i, s := range spans {
			if i > 0 && !spans[i-1].Until.Equal(s.From) {
				t.Fatalf("a gap before %v", s.From)
			}
		}
		last := spans[len(spans)-1]
		if !last.Price.Equal(now) || last.From.After(noon) || !last.Until.After(noon) {
			t.Fatalf("the last span is %+v, the price %s", last, now)
		}
		was := pricelist.Crossed(rules, o, anyone, noon)
		if was == nil {
			return
		}
		if !was.GreaterThan(now) {
			t.Fatalf("%s crossed out beside %s", was, now)
		}
		for _, s := range spans[:len(spans)-1] {
			if s.Until.After(last.From.Add(-pricelist.Window)) && was.GreaterThan(s.Price) {
				t.Fatalf("LAW-03: %s crossed out, %s was asked from %v to %v", was, s.Price, s.From, s.Until)
			}
		}
	})
}

// LANG-01
func TestLocales(t *testing.T) { i18ntest.Complete(t, pricelist.Locales, "locales") }
