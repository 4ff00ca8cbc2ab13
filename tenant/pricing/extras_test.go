package pricing_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

func fixed(code, amount string) pricing.Extra {
	return pricing.Extra{Code: code, Name: i18n.Text{"fr": code}, Part: pricing.Part{Fixed: eur(amount)}}
}

func percent(code, rate string) pricing.Extra {
	return pricing.Extra{Code: code, Name: i18n.Text{"fr": code}, Part: pricing.Part{Rate: money.MustRate(rate)}}
}

func TestShelf_Extras(t *testing.T) {
	tiers := []pricing.Tier{{From: 10, Unit: eur("9.00")}, {From: 50, Unit: eur("8.00")}}
	both := percent("both", "5")
	both.Fixed = eur("0.50")
	for _, tt := range []struct {
		name        string
		qty         int64
		unit        pricing.Price
		tiers       []pricing.Tier
		marginal    bool
		extras      []pricing.Extra
		total, each string // on the side of the unit price
	}{
		{"ART-08 a fee", 2, net(eur("10.00")), nil, false, []pricing.Extra{fixed("logo", "3.50")}, "27.00", "13.50"},
		{"ART-08 a fee on the side of the price", 2, gross(eur("10.00")), nil, false, []pricing.Extra{fixed("logo", "3.50")}, "27.00", "13.50"},
		{"ART-08 a percentage", 2, net(eur("10.00")), nil, false, []pricing.Extra{percent("logo", "12.5")}, "22.50", "11.25"},
		{"ART-08 a fee and a percentage", 1, net(eur("10.00")), nil, false, []pricing.Extra{both}, "11.00", "11.00"},
		{"ART-08 percentages of the price, not of each other", 1, net(eur("10.00")), nil, false,
			[]pricing.Extra{percent("a", "10"), percent("b", "10")}, "12.00", "12.00"},
		{"ART-08 each rounded to four decimals", 1000, net(eur("0.0125")), nil, false,
			[]pricing.Extra{percent("a", "2"), percent("b", "2")}, "13.10", "0.0131"},
		{"ART-08 of the tier price", 10, net(eur("10.00")), tiers, false, []pricing.Extra{percent("logo", "10")}, "99.00", "9.90"},
		{"ART-08 on every unit of a marginal price", 50, net(eur("10.00")), tiers, true, []pricing.Extra{fixed("logo", "1.00")}, "508.00", "10.16"},
		{"ART-08 of the tier each unit falls into", 10, net(eur("10.00")), tiers, true, []pricing.Extra{percent("logo", "10")}, "108.90", "10.89"},
		{"ART-08 that costs nothing", 3, net(eur("10.00")), nil, false, []pricing.Extra{{Code: "plain"}}, "30.00", "10.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := line("A", tt.qty, tt.unit)
			l.Tiers, l.Marginal, l.Extras = tt.tiers, tt.marginal, tt.extras
			p := price(t, basket("FR", l), french(t))
			side := pricing.Net
			if tt.unit.IncludesTax {
				side = pricing.Gross
			}
			want(t, "goods", p.Totals.Goods.In(side), tt.total)
			want(t, "one unit", p.Lines[0].Entered.Amount, tt.each)
			want(t, "one unit shown", p.Lines[0].Unit.In(side), tt.each)
			if len(p.Lines[0].Extras) != len(tt.extras) || p.Lines[0].Extras[0].Code != tt.extras[0].Code {
				t.Errorf("what was chosen is kept as %v", p.Lines[0].Extras)
			}
		})
	}
}

func TestShelf_ExtrasAreExplained(t *testing.T) {
	l := line("SHIRT", 12, net(eur("10.00")))
	l.Tiers = []pricing.Tier{{From: 10, Unit: eur("9.00")}}
	l.Extras = []pricing.Extra{
		{Code: "logo", Name: i18n.Text{"fr": "Logo", "en": "Logo print"}, Part: pricing.Part{Fixed: eur("3.00")}},
		{Code: "gift", Name: i18n.Text{"fr": "Paquet cadeau"}, Part: pricing.Part{Rate: money.MustRate("10")}},
	}
	p := price(t, basket("FR", l))
	const story = `goods     shopper  [id-SHIRT] price.tier map[list:10.00 qty:12 unit:9.00]: 0.00 -> 108.00 net
goods     shopper  [id-SHIRT] price.extra map[unit:3.00]: 108.00 -> 144.00 net
goods     shopper  [id-SHIRT] price.extra map[unit:0.90]: 144.00 -> 154.80 net
totals    shopper  price.tax map[rate:0]: 154.80 -> 154.80 gross
`
	if diff := cmp.Diff(story, p.Trace.String()); diff != "" {
		t.Errorf("CAT-05 (-want +got):\n%s", diff)
	}
	if got := p.Trace[2].Reason.Name["fr"]; got != "Paquet cadeau" {
		t.Errorf("CAT-05 the extra is called %q", got)
	}
	why := p.Rows()[0].Reason
	named, _ := why.Args["extras"].(i18n.Text)
	if why.Key != "price.tier_extras" || named["en"] != "Logo print, Paquet cadeau" || named["fr"] != "Logo, Paquet cadeau" {
		t.Errorf("CAT-05 the row says %+v", why)
	}
}

func TestBasket_Check_extras(t *testing.T) {
	for name, x := range map[string]pricing.Extra{
		"a fee below zero":   fixed("x", "-1"),
		"a rate below zero":  percent("x", "-1"),
		"another currency":   {Part: pricing.Part{Fixed: money.FromMinor(1, money.USD)}},
		"five decimals":      {Part: pricing.Part{Fixed: money.New(num("0.00001"), money.EUR)}},
		"a rate that finely": {Part: pricing.Part{Rate: money.Percent(num("0.00001"))}},
	} {
		t.Run("ART-08 "+name, func(t *testing.T) {
			l := line("A", 1, net(eur("1.00")))
			l.Extras = []pricing.Extra{fixed("fine", "1"), x}
			b := basket("FR", l)
			if fields := fault.FieldsOf(b.Check()); len(fields) != 1 || fields[0].Name != "lines.0.extras" {
				t.Errorf("got %v", fields)
			}
		})
	}
}
