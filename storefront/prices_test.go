package storefront_test

import (
	"errors"
	"io/fs"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/pricelist"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/promotion"
	"echoppe.dev/tenant/settings"
)

// priceWords are the reasons for which prices are asked.
func priceWords() *i18n.Catalog {
	words := i18n.Base()
	for _, files := range []fs.FS{pricelist.Locales, pricing.Locales} {
		c, err := i18n.Load(files, "locales")
		if err != nil {
			panic(err)
		}
		words.Merge(c)
	}
	return words
}

func price(text string) *decimal.Decimal { n := dec(text); return &n }

// priced gives an article rules for its prices.
func (h *house) priced(code string, rules ...pricelist.Rule) {
	h.t.Helper()
	p := find(h.t, h, code)
	p.Prices = rules
	h.save(p)
}

// tiered is the worked example of ART-05.
func tiered(change func(*pricelist.Rule)) pricelist.Rule {
	r := pricelist.Rule{Price: price("10"), Tiers: []pricelist.Tier{{From: 10, Price: dec("9")}, {From: 50, Price: dec("8")}}}
	change(&r)
	return r
}

// ART-05: a price for quantity is told on the page and asked in the cart, the checkout and the order.
func TestPrices_Tiers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, qty    string
		change       func(*pricelist.Rule)
		words, total string
	}{
		{"one piece", "1", func(*pricelist.Rule) {}, "Dès 10 pièces", "10,00"},
		{"all units", "10", func(*pricelist.Rule) {}, "9,00", "90,00"},
		{"just below", "49", func(*pricelist.Rule) {}, "8,00", "441,00"},
		{"the last tier", "50", func(*pricelist.Rule) {}, "Dès 50 pièces", "400,00"},
		{"marginal", "12", func(r *pricelist.Rule) { r.Marginal = true }, "À partir de la 10e pièce", "117,00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := stocked(t)
			h.sells()
			p := mug("BOWL", "Bol", "12.00")
			p.Variants[0].OnHand = 100
			h.save(p)
			h.priced("BOWL", tiered(tt.change))
			b := h.browser(t)
			b.Get(h.at("/product/bol"))
			b.WantText("#facts .price", "10,00").WantText("#facts .pairs", tt.words).WantClean()
			b.Submit(".add .btn", webtest.Values{"quantity": tt.qty})
			b.WantStatus(200).WantText(".line-total", tt.total).WantText(".totals .goods", tt.total)
			b.WantText(".line .why", "10,00") // what the tier stands for instead
			b.Follow(`.sum a[href$="/checkout"]`)
			b.WantText("#summary .goods", tt.total)
			b.Submit(place, with(nantes, "email", "tiers@example.org", "payment", mode(b, "Chèque")))
			b.WantStatus(200).WantText(".totals .goods", tt.total)
		})
	}
}

// ART-05 ART-09: quantities of several variants count together where the merchant says so.
func TestPrices_TiersTogether(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.sells()
	h.save(shirt("SHIRT", "Chemise"))
	rule := tiered(func(r *pricelist.Rule) { r.Tiers, r.Together = []pricelist.Tier{{From: 4, Price: dec("9")}}, true })
	for _, together := range []bool{true, false} {
		rule.Together = together
		h.priced("SHIRT", rule)
		b := h.browser(t)
		for _, size := range []string{"s", "m"} {
			b.Get(h.at("/product/chemise?o_colour=red&o_size=" + size))
			b.Submit(".add .btn", webtest.Values{"quantity": "2"})
		}
		want := map[bool]string{true: "36,00", false: "40,00"}[together]
		b.WantText(".totals .goods", want)
	}
}

// PROF-01 PROF-10 SEO-01: a price for resellers is theirs alone, in lists, on pages and in what machines read.
func TestPrices_Profile(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.set(companies(profile.Never))
	h.priced("MUG", pricelist.Rule{Profile: "pro", Price: price("14.40")}, pricelist.Rule{Profile: "trade", Price: price("7.77")})
	b := h.browser(t)
	for _, path := range []string{"/", mugPage, "/search?q=tasse", "/sitemap.xml"} {
		p := b.Get(h.at(path))
		for _, secret := range []string{"7,77", "7.77", "6,48", "6.48", "14,40", "12,00"} {
			if strings.Contains(string(p.Body), secret) {
				t.Errorf("%s tells %s to everybody", path, secret)
			}
		}
	}
	b.Get(h.at(mugPage))
	b.Submit(`#prefs button[value="pro"]`, nil)
	b.WantText(".price", "12,00")
	b.Get(h.at("/search?q=tasse"))
	b.WantText(".card .cost", "12,00")
	b.Get(h.at(mugPage))
	b.Submit(".buy form[data-add]", nil)
	b.WantPath("/cart").WantText(".line-total", "12,00")
}

// LAW-03: a sale is planned, begins and ends by itself, and crosses out what was asked before it and no more.
func TestPrices_Sale(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.sells()
	h.save(mug("MUG", "Tasse en grès", "24.00"))
	begin := h.clock.Now().Add(40 * 24 * time.Hour)
	end := begin.Add(48 * time.Hour)
	h.priced("MUG", pricelist.Rule{Price: price("18"), CompareAt: price("30"), From: &begin, Until: &end})
	b := h.browser(t)
	at := func(when time.Time, now, was string) {
		t.Helper()
		h.clock.Set(when)
		for _, path := range []string{mugPage, "/search?q=tasse"} {
			b.Get(h.at(path))
			where := map[bool]string{true: "#facts .price", false: ".card .cost"}[path == mugPage]
			b.WantText(where, now)
			if was != "" {
				b.WantText(where+" del", was)
			} else {
				b.WantNo(where + " del")
			}
		}
	}
	at(h.clock.Now(), "24,00", "")
	at(begin.Add(-time.Second), "24,00", "")
	at(begin, "18,00", "24,00")
	b.Get(h.at(mugPage))
	b.WantText("#facts", "30 jours").WantClean()
	b.Submit(".buy form[data-add]", nil)
	b.WantText(".line .price del, .line del", "24,00")
	at(end, "24,00", "")
}

// LAW-03: who raises a price to cross it out crosses out what he asked before.
func TestPrices_RaisedBefore(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.save(mug("MUG", "Tasse en grès", "24.00"))
	h.clock.Set(h.clock.Now().Add(60 * 24 * time.Hour))
	p := find(t, h, "MUG")
	p.Variants[0].Price = dec("30")
	h.save(p)
	h.clock.Set(h.clock.Now().Add(3 * 24 * time.Hour))
	p = find(t, h, "MUG")
	p.Variants[0].Price, p.Variants[0].CompareAt = dec("22"), price("30")
	h.save(p)
	b := h.browser(t)
	b.Get(h.at(mugPage))
	b.WantText("#facts .price", "22,00").WantText("#facts del", "24,00")
	p = find(t, h, "MUG")
	p.Variants[0].Price = dec("25")
	h.save(p)
	b.Get(h.at(mugPage))
	b.WantText("#facts .price", "25,00").WantNo("#facts del") // dearer than it was: nothing to announce
}

// LAW-03: a discount on a price that was raised crosses out no more than was asked before, on the page and in the cart.
func TestPrices_DiscountOnRaised(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.save(mug("MUG", "Tasse en grès", "24.00"))
	h.clock.Set(h.clock.Now().Add(60 * 24 * time.Hour))
	p := find(t, h, "MUG")
	p.Variants[0].Price = dec("30")
	h.save(p)
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Soldes"}, Off: rate("30"), Scope: discount.Scope{Of: discount.Articles, Members: []string{p.ID.String()}}})
	b := h.browser(t)
	b.Get(h.at(mugPage))
	b.WantText("#facts .price", "21,00").WantText("#facts del", "24,00")
	b.Submit(".buy form[data-add]", nil)
	b.WantPath("/cart").WantText(".line", "21,00").WantText(".line del", "24,00")
}

// LAW-03: a new discount is measured against the price with the discount before it, whatever became of that one:
// it ended by itself, was altered, or was put away. A month later it is forgotten.
func TestPrices_DiscountAfterDiscount(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*house, promotion.Stored) error{
		"it was altered": func(h *house, s promotion.Stored) error {
			s.Scope.Members = []string{find(h.t, h, "TEE").ID.String()}
			_, err := promotion.Save(h.t.Context(), h.shop, clerk, s)
			return err
		},
		"it was switched off": func(h *house, s promotion.Stored) error {
			return promotion.Switch(h.t.Context(), h.shop, clerk, id.MustParse[discount.Rule](s.ID), false)
		},
		"it was put away": func(h *house, s promotion.Stored) error {
			which := id.MustParse[discount.Rule](s.ID)
			if err := promotion.Remove(h.t.Context(), h.shop, clerk, which, s.Rev); !errors.Is(err, promotion.ErrShown) {
				h.t.Errorf("deleting it: %v", err)
			}
			return promotion.Archive(h.t.Context(), h.shop, clerk, which, s.Rev)
		},
		"it ended": nil,
	} {
		t.Run(name, func(t *testing.T) {
			h := stocked(t)
			day := 24 * time.Hour
			mug := discount.Scope{Of: discount.Articles, Members: []string{find(t, h, "MUG").ID.String()}}
			h.clock.Set(h.clock.Now().Add(60 * day))
			first := discount.Rule{Name: i18n.Text{"fr": "Soldes"}, Off: rate("25"), Scope: mug}
			if end == nil {
				first.Until = h.clock.Now().Add(7 * day)
			}
			b := h.browser(t)
			shows := func(now, was string) {
				t.Helper()
				b.Get(h.at("/search?q=tasse"))
				b.WantText(".card .cost", now)
				b.Get(h.at(mugPage))
				b.WantText("#facts .price", now)
				if was == "" {
					b.WantNo("#facts del")
					return
				}
				b.WantText("#facts del", was).WantText("#facts", "30")
			}
			stored := h.reduce(first)
			shows("18,00", "24,00")
			h.clock.Set(h.clock.Now().Add(7 * day))
			if end != nil {
				if err := end(h, stored); err != nil {
					t.Fatal(err)
				}
			}
			shows("24,00", "")
			h.clock.Set(h.clock.Now().Add(14 * day))
			h.reduce(discount.Rule{Name: i18n.Text{"fr": "Rentrée"}, Off: rate("10"), Scope: mug, Until: h.clock.Now().Add(60 * day)})
			shows("21,60", "") // dearer than it was
			second := h.reduce(discount.Rule{Name: i18n.Text{"fr": "Derniers jours"}, Off: rate("50"), Scope: mug, Priority: 5})
			shows("12,00", "18,00")
			b.Submit(".buy form[data-add]", nil)
			b.WantPath("/cart").WantText(".line", "12,00").WantText(".line del", "18,00")
			if err := promotion.Switch(t.Context(), h.shop, clerk, id.MustParse[discount.Rule](second.ID), false); err != nil {
				t.Fatal(err)
			}
			h.clock.Set(h.clock.Now().Add(31 * day))
			h.reduce(discount.Rule{Name: i18n.Text{"fr": "Hiver"}, Off: rate("20"), Scope: mug, Priority: 9})
			shows("19,20", "21,60") // what was asked all this month
		})
	}
}

// CUR-02 ORD-02: a price list in another currency is what its readers see, in the list, the article and the cart.
func TestPrices_Currency(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Active: true}}})
	h.priced("MUG", pricelist.Rule{Currency: "USD", Price: price("29.00")})
	b := h.browser(t)
	b.Get(h.at(mugPage))
	b.WantText(".price", "24,00")
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.WantText(".price", "29,00")
	b.Get(h.at("/search?q=tasse"))
	b.WantText(".card .cost", "29,00")
	b.Get(h.at(mugPage))
	b.Submit(".buy form[data-add]", nil)
	b.WantText(".line-total", "29,00").WantText(".totals .total", "29,00").WantText("main", "26,36")
}

// ART-05: what a kilogram costs stands beside the price (Directive 98/6/EC, art. 3).
func TestPrices_PerMeasure(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	p := find(t, h, "MUG")
	p.Measure, p.Variants[0].Content = catalog.Kilogram, price("0.32")
	h.save(p)
	b := h.browser(t)
	b.Get(h.at(mugPage))
	b.WantText("#facts", "75,00").WantText("#facts", "/ kg").WantClean()
	// In another currency it is that of the price that is shown, by the rounding rule.
	h.set(settings.Currencies{Management: "EUR", Display: []settings.DisplayCurrency{{Code: "USD", Rate: "1.10", Ending: ".95", Active: true}}})
	b.Get(h.at(mugPage))
	b.Submit(`#prefs button[value="USD"]`, nil)
	b.WantText("#facts", "25,95").WantText("#facts", "81,09")
}

// ART-05: wherever an article is priced a kilogram is priced beside it, by what the variant costs this reader: in
// lists that of the cheapest variant, in the cart and the checkout that of the line; after discounts, on the side of
// the tax and in the currency he sees.
func TestPrices_PerMeasureEverywhere(t *testing.T) {
	t.Parallel()
	h := stocked(t)
	h.sells()
	h.set(dollarsToo(inDollars))
	h.set(companies(profile.Never))
	p := shirt("TEA", "Thé")
	p.Measure = catalog.Kilogram
	for i, text := range []string{"0.1", "0.2", "0.5", "1"} {
		p.Variants[i].Content, p.Variants[i].Price = price(text), dec("24").Add(decimal.NewFromInt(int64(i)))
	}
	h.save(p)
	h.reduce(discount.Rule{Name: i18n.Text{"fr": "Soldes"}, Off: rate("50"), Scope: discount.Scope{Of: discount.Articles, Members: []string{find(t, h, "TEA").ID.String()}}})
	b := h.browser(t)
	for _, list := range []string{"/search?q=th%C3%A9", "/"} {
		b.Get(h.at(list))
		b.WantText(".card .per", "120,00").WantText(".card .per", "/ kg").WantClean() // 12.00 for 0.1 kg
	}
	for i, step := range []struct{ press, line string }{
		{"", "62,50"}, {`#prefs button[value="pro"]`, "52,10"}, {`#prefs button[value="USD"]`, "57,30"},
	} {
		b.Get(h.at("/product/the?" + choice(p, 1)))
		if step.press != "" {
			b.Submit(step.press, nil)
		}
		b.Get(h.at("/product/the?" + choice(p, 1)))
		b.WantText("#facts", step.line)
		if i == 0 {
			b.Submit(".add .btn", nil)
		}
		b.Get(h.at("/cart"))
		b.WantText(".line .per", step.line).WantText(".line .per", "/ kg").WantClean()
		b.Follow(`.sum a[href$="/checkout"]`)
		b.WantText("#summary .per", step.line).WantClean()
	}
}

// choice is the query that names a variant.
func choice(p *catalog.Product, variant int) string {
	q := url.Values{}
	for code, value := range p.Variants[variant].Options {
		q.Set("o_"+code, value)
	}
	return q.Encode()
}
