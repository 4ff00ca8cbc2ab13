package discount_test

import (
	"testing"
	"time"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/shipping"
)

var names = discount.Names{
	Family: func(id string) i18n.Text {
		return map[string]i18n.Text{"shoes": {"en": "Shoes", "fr": "Chaussures", "de": "Schuhe", "es": "Zapatos"}, "summer": {"en": "Summer"}}[id]
	},
	Profile: func(id string) i18n.Text {
		return map[string]i18n.Text{"resellers": {"en": "Resellers", "fr": "Revendeurs", "de": "Wiederverkäufer", "es": "Revendedores"}}[id]
	},
}

func TestRule_Sentence(t *testing.T) {
	c := words(t)
	march := rule("a", onFamilies("shoes"), combine(discount.NoCoupons), func(r *discount.Rule) {
		r.Profiles = []string{"resellers"}
		r.From, r.Until = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	})
	for _, tt := range []struct {
		name   string
		rule   discount.Rule
		locale i18n.Locale
		want   string
	}{
		{"the example", march, "en", "10% off family Shoes for Resellers from 1 March 2026 to 31 March 2026, not together with coupons."},
		{"the example", march, "fr", "Remise de 10\u202f% sur la famille Chaussures pour Revendeurs du 1er mars 2026 au 31 mars 2026, non cumulable avec des coupons."},
		{"the example", march, "es", "Descuento de 10\u00a0% en la familia Zapatos para Revendedores del 1 de marzo de 2026 al 31 de marzo de 2026, no acumulable con cupones."},
		{"the example", march, "de", "Rabatt von 10\u00a0% auf die Warengruppe Schuhe für Wiederverkäufer vom 1. März 2026 bis zum 31. März 2026, nicht zusammen mit Gutscheinen."},
		{"tiers", rule("a", tiers(discount.Value, discount.PerOrder, tier("100", percent("5")), tier("200", percent("8")))), "en",
			"5% from €100.00 before tax, 8% from €200.00 before tax off the whole order."},
		{"free shipping from a value", rule("a", tiers(discount.Value, discount.PerOrder, tier("50", freeShipping))), "en",
			"Free shipping from €50.00 before tax."},
		{"a code", rule("a", off(freeShipping), coded("FREE"), combine(discount.Alone)), "en",
			"Free shipping, with code FREE, not together with any other discount."},
		{"many", rule("a", onArticles("1", "2", "3", "4", "5"), coded("1", "2", "3", "4", "5"), combine(discount.WithAll)), "en",
			"10% off 5 articles of the catalogue, with one of 5 codes, on top of any other discount."},
		{"places and visitors", rule("a", onArticles("A", "B"), func(r *discount.Rule) {
			r.Profiles = []string{""}
			r.Zones = []shipping.Zone{{Country: "FR", Postcodes: []string{"75*"}, Except: []string{"75001"}}, {Country: "EU"}, {Country: "*"}}
			r.From = noon
		}), "en", "10% off articles A, B for anonymous visitors, delivered to France (75*, except 75001), the European Union, anywhere from 2 March 2026."},
		{"everything", everything(), "en", "€2.00, 5.5% from 5 articles, €25.00 before tax from 10 articles off families Shoes, Summer, each family counted apart" +
			" for Resellers, anonymous visitors, delivered to France (75*) from 1 March 2026 to 31 March 2026, from a purchase of €50.00 before other discounts," +
			" articles that get no discount counting too, on the first order only, 100 times in all, 1 time per customer, with a single-use code," +
			" not two discounts of group seasons, not together with coupons."},
	} {
		t.Run(tt.name+" "+string(tt.locale), func(t *testing.T) {
			got := tt.rule.Sentence(discount.Voice{Catalog: c, Locale: tt.locale, Currency: money.EUR, Names: names})
			if got != tt.want {
				t.Errorf("\ngot  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	stays := rule("zz", off(percent("1")), func(r *discount.Rule) { r.Group = "apart" })
	for _, tt := range []struct {
		name string
		rule discount.Rule
		with []discount.Rule
		want string
	}{
		{"nothing odd", rule("a"), nil, ""},
		{"over", rule("a", func(r *discount.Rule) { r.Until = noon }), nil, "discount.warning.over"},
		{"not over", rule("a", func(r *discount.Rule) { r.Until = noon.Add(time.Second) }), nil, ""},
		{"for nobody", rule("a", func(r *discount.Rule) { r.Profiles = []string{"gone"} }), nil, "discount.warning.no_profile"},
		{"for visitors", rule("a", func(r *discount.Rule) { r.Profiles = []string{""} }), nil, ""},
		{"for no place", rule("a", func(r *discount.Rule) {
			r.Zones = []shipping.Zone{{Country: "FR", Postcodes: []string{"20*"}, Except: []string{"20*"}}}
		}), nil, "discount.warning.no_place"},
		{"for no goods", rule("a", onFamilies("gone")), nil, "discount.warning.no_goods"},
		{"for some goods", rule("a", onFamilies("gone", "shoes")), nil, ""},
		{"a minimum above the tiers", rule("a", tiers(discount.Value, discount.PerOrder, tier("100", percent("5"))), func(r *discount.Rule) {
			r.Minimum.Price = net("100.01")
		}), nil, "discount.warning.minimum_above_tiers"},
		{"a minimum at the tier", rule("a", tiers(discount.Value, discount.PerOrder, tier("100", percent("5"))), func(r *discount.Rule) {
			r.Minimum.Price = net("100.00")
		}), nil, ""},
		{"rates that rise", rule("a", tiers(discount.Value, discount.PerOrder, tier("100", percent("5")), tier("200", percent("8")))), nil, ""},
		{"rates that fall", rule("a", tiers(discount.Value, discount.PerOrder, tier("100", percent("8")), tier("200", percent("5")))), nil, "discount.warning.inversion"},
		{"amounts that fall", rule("a", tiers(discount.Quantity, discount.PerOrder, tier("1", amount(net("8.00"))), tier("2", amount(net("5.00"))))), nil, "discount.warning.inversion"},
		{"a rate, then less", rule("a", tiers(discount.Value, discount.PerOrder, tier("50", percent("10")), tier("100", amount(net("9.99"))))), nil, "discount.warning.inversion"},
		{"a rate, then as much", rule("a", tiers(discount.Value, discount.PerOrder, tier("50", percent("10")), tier("100", amount(net("10.00"))))), nil, ""},
		{"less than below the tiers", rule("a", tiers(discount.Value, discount.PerOrder, tier("100", percent("8"))), func(r *discount.Rule) { r.Off = percent("9") }), nil,
			"discount.warning.inversion"},
		{"shadowed by a better one", rule("a"), []discount.Rule{rule("b", off(percent("11")))}, "discount.warning.shadowed"},
		{"shadowed by priority", rule("a"), []discount.Rule{rule("b", off(percent("1")), priority(1))}, "discount.warning.shadowed"},
		{"not by a coupon", rule("a"), []discount.Rule{rule("b", off(percent("11")), coded("B"))}, ""},
		{"not where it stacks", rule("a", combine(discount.WithAll)), []discount.Rule{rule("b", off(percent("11")))}, ""},
		{"not by another scope", rule("a", onArticles("A")), []discount.Rule{rule("b", off(percent("11")))}, ""},
		{"not by one that asks for more", rule("a"), []discount.Rule{rule("b", off(percent("11")), func(r *discount.Rule) { r.Minimum.Price = net("1.00") })}, ""},
		{"not by one with an end", rule("a"), []discount.Rule{rule("b", off(percent("11")), func(r *discount.Rule) { r.Until = noon.Add(time.Hour) })}, ""},
		{"not by one for fewer people", rule("a"), []discount.Rule{rule("b", off(percent("11")), func(r *discount.Rule) { r.Profiles = []string{"resellers"} })}, ""},
		{"not by an amount", rule("a"), []discount.Rule{rule("b", off(amount(net("11.00"))))}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, w := range discount.Warnings(money.EUR, append([]discount.Rule{stays, tt.rule}, tt.with...), noon, names) {
				if w.Rule == "a" {
					got += w.Reason.Key
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
