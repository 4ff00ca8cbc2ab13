package tax_test

import (
	"testing"

	"pgregory.net/rapid"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

// TestRules_Places holds sales between places with tax of their own against the law beside each.
func TestRules_Places(t *testing.T) {
	paris, pointeAPitre, saintDenis, cayenne, mamoudzou := shop("FR", "75001"), shop("FR", "97110"), shop("RE", "97400"), shop("GF", "97300"), shop("FR", "97600")
	london, zurich, berlin := shop("GB", "SW1A 1AA"), shop("CH", "8001"), shop("DE", "10115")
	for _, tt := range []struct {
		law       string
		shop      tax.Settings
		to        pricing.Destination
		treatment tax.Treatment
		territory string
		standard  string // rate
		reduced   string
	}{
		// French overseas departments. CGI art. 294(2)(1°): from the mainland, an export to each of the five.
		{"CGI art. 294(2)(1°) Guadeloupe", paris, to("FR", "97110"), tax.Export, "", "0", "0"},
		{"CGI art. 294(2)(1°) Martinique", paris, to("MQ", "97200"), tax.Export, "", "0", "0"},
		{"CGI art. 294(2)(1°) Guiana", paris, to("FR", "97300"), tax.Export, "", "0", "0"},
		{"CGI art. 294(2)(1°) Réunion", paris, to("FR", "97400"), tax.Export, "", "0", "0"},
		{"CGI art. 294(2)(1°) Mayotte", paris, to("YT", "97600"), tax.Export, "", "0", "0"},
		{"CGI art. 296 at home in Guadeloupe", pointeAPitre, to("GP", "97110"), tax.Domestic, "FR/guadeloupe_martinique", "8.5", "2.1"},
		{"CGI art. 294(2)(2°) Guadeloupe and Martinique are one", pointeAPitre, to("FR", "97200"), tax.Domestic, "FR/guadeloupe_martinique", "8.5", "2.1"},
		{"CGI art. 294(2)(2°) Guadeloupe to Réunion", pointeAPitre, to("FR", "97400"), tax.Export, "", "0", "0"},
		{"CGI art. 294(2)(2°) Guadeloupe to the mainland", pointeAPitre, to("FR", "75001"), tax.Export, "", "0", "0"},
		{"CGI art. 294(2)(3°) Réunion to Martinique", saintDenis, to("MQ", "97200"), tax.Export, "", "0", "0"},
		{"CGI art. 296 at home in Réunion, by either address", saintDenis, to("FR", "97400"), tax.Domestic, "FR/reunion", "8.5", "2.1"},
		{"CGI art. 294(1) no tax in Guiana", cayenne, to("FR", "97300"), tax.Domestic, "FR/guiana", "0", "0"},
		{"CGI art. 294(1) no tax in Mayotte", mamoudzou, to("YT", "97600"), tax.Domestic, "FR/mayotte", "0", "0"},
		{"CGI art. 294(2) Saint-Martin has a postcode of Guadeloupe and another tax", pointeAPitre, to("FR", "97150"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 5 and 6 Saint-Barthélemy", paris, to("FR", "97133"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 5 Saint-Pierre-et-Miquelon", paris, to("FR", "97500"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 5 New Caledonia", paris, to("NC", "98800"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(1)(c) from another member state", berlin, to("FR", "97400"), tax.Export, "", "0", "0"},
		// Corsica and Monaco.
		{"CGI art. 297(I)(2) sent to Corsica", paris, to("FR", "20000"), tax.Domestic, "FR/corsica", "20", "2.1"},
		{"CGI art. 297(I)(1) at home in Corsica", shop("FR", "20200"), to("FR", "20000"), tax.Domestic, "FR/corsica", "20", "2.1"},
		{"CGI art. 297(I) sent from Corsica", shop("FR", "20200"), to("FR", "75001"), tax.Domestic, "FR", "20", "5.5"},
		{"CGI art. 297(I)(2) from another member state", berlin, to("FR", "20000"), tax.Destination, "FR/corsica", "20", "2.1"},
		{"Directive 2006/112/EC art. 7(1) Monaco is France", paris, to("MC", "98000"), tax.Domestic, "FR", "20", "5.5"},
		{"Directive 2006/112/EC art. 7(2) a shop in Monaco", shop("MC", "98000"), to("FR", "75001"), tax.Domestic, "FR/monaco", "20", "5.5"},
		{"Directive 2006/112/EC art. 7(2) to Monaco", berlin, to("MC", ""), tax.Destination, "FR/monaco", "20", "5.5"},
		// Parts of member states outside the tax.
		{"Directive 2006/112/EC art. 6(1)(b) Canary Islands", shop("ES", "28013"), to("ES", "35001"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(1)(b) from the Canary Islands", shop("ES", "38001"), to("ES", "28013"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(2)(c) Ceuta", shop("ES", "28013"), to("ES", "51001"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(2)(d) Melilla", shop("ES", "28013"), to("ES", "52001"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(2) Ceuta to Melilla", shop("ES", "51001"), to("ES", "52001"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(1)(d) Åland", shop("FI", "00100"), to("AX", "22100"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(1)(d) at home in Åland, under Finnish tax", shop("AX", "22100"), to("FI", "22100"), tax.Domestic, "FI/aland", "25.5", "10"},
		{"Directive 2006/112/EC art. 6(2)(a) Heligoland", berlin, to("DE", "27498"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(2)(b) Büsingen", berlin, to("DE", "78266"), tax.Export, "", "0", "0"},
		{"MWSTG art. 3(a) Büsingen is Swiss", zurich, to("DE", "78266"), tax.Domestic, "CH", "8.1", "2.6"},
		{"MWSTG art. 3(a) Liechtenstein is Swiss", zurich, to("LI", "9490"), tax.Domestic, "CH", "8.1", "2.6"},
		{"MWSTG art. 3(a) a shop in Vaduz", shop("LI", "9490"), to("CH", "8001"), tax.Domestic, "CH/liechtenstein", "8.1", "2.6"},
		{"Directive 2006/112/EC art. 6(2)(e) Livigno", shop("IT", "20121"), to("IT", "23041"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(1)(f) Campione", shop("IT", "20121"), to("IT", "22061"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(1)(a) Mount Athos", shop("GR", "10431"), to("GR", "63086"), tax.Export, "", "0", "0"},
		// Around the United Kingdom.
		{"Customs and Excise Agreement 1979: the Isle of Man is one with it", london, to("IM", "IM1 1AA"), tax.Domestic, "GB", "20", "5"},
		{"Customs and Excise Agreement 1979: from the Isle of Man", shop("IM", "IM1 1AA"), to("GB", "SW1A 1AA"), tax.Domestic, "GB/isle_of_man", "20", "5"},
		{"the Isle of Man is outside the Union", paris, to("IM", ""), tax.Export, "", "0", "0"},
		{"VATA 1994 s. 96(1) Jersey", london, to("JE", "JE2 3AB"), tax.Export, "", "0", "0"},
		{"VATA 1994 s. 96(1) Jersey, written as a British address", london, to("GB", "JE2 3AB"), tax.Export, "", "0", "0"},
		{"VATA 1994 s. 96(1) Guernsey", london, to("GG", "GY1 1AA"), tax.Export, "", "0", "0"},
		{"Directive 2006/112/EC art. 6(1)(e) Channel Islands", paris, to("JE", ""), tax.Export, "", "0", "0"},
		{"Windsor Framework art. 8: goods to Northern Ireland", paris, to("GB", "BT1 1AA"), tax.Destination, "GB", "20", "5"},
		{"Windsor Framework art. 8: goods from Northern Ireland", shop("GB", "BT1 1AA"), to("FR", "75001"), tax.Destination, "FR", "20", "5.5"},
		{"Windsor Framework art. 8: from Great Britain to the Union", london, to("FR", "75001"), tax.Export, "", "0", "0"},
	} {
		t.Run("LAW-04 "+tt.law, func(t *testing.T) {
			d := rules(t, tt.shop).Decide(tt.to, true, noon)
			if d.Treatment != tt.treatment || d.Territory != tt.territory {
				t.Errorf("got %s in %q, want %s in %q", d.Treatment, d.Territory, tt.treatment, tt.territory)
			}
			if standard, reduced := d.Duty(tax.Standard).Rate.String(), d.Duty(tax.Reduced).Rate.String(); standard != tt.standard || reduced != tt.reduced {
				t.Errorf("rates %s and %s, want %s and %s", standard, reduced, tt.standard, tt.reduced)
			}
		})
	}
}

// The tax of a state is not borrowed where it does not hold: nothing is known of those places, and staff is told,
// until the merchant writes his own rates.
func TestTable_OwnTax(t *testing.T) {
	for _, place := range []string{"ES/canary_islands", "ES/ceuta", "IT/livigno", "DE/heligoland", "GB/jersey", "GR/mount_athos", "FR/french_overseas"} {
		if row, ok := tax.Builtin().Find(place, tax.Standard, "2026-03-02"); ok {
			t.Errorf("LAW-04 %s borrows %s", place, row.Rate)
		}
		if !tax.IsTerritory(place) {
			t.Errorf("LAW-04 a merchant in %s can write no rates", place)
		}
	}
	canaries := shop("ES", "35001")
	canaries.Own = []tax.Row{{Territory: "ES/canary_islands", Class: tax.Standard, Rate: money.MustRate("7"), From: "2020-01-01", Source: "IGIC"}}
	if got := rules(t, canaries).Decide(to("ES", "38001"), true, noon).Duty(tax.Standard).Rate.String(); got != "7" {
		t.Errorf("LAW-04 IGIC of 7 %%: %s", got)
	}
	if got := tax.TerritoryOf("RE", ""); got != "FR/reunion" {
		t.Errorf("LAW-04 Réunion is %q", got)
	}
}

// A price entered with tax stays what it is where Corsica's rate is another, or its net does: as abroad.
func TestRules_CorsicaKeeps(t *testing.T) {
	book := pricing.Line{ID: "a", SKU: "a", Qty: 1, Physical: true, Class: tax.Reduced, Unit: pricing.Price{Amount: money.FromMinor(1055, money.EUR), IncludesTax: true}}
	for keep, want := range map[tax.Keep]string{tax.KeepGross: "10.33 0.22 10.55", tax.KeepNet: "10.00 0.21 10.21"} {
		s := shop("FR", "75001")
		s.Keep = keep
		p, err := pricing.Pipeline{pricing.Shelf{}, rules(t, s)}.Price(pricing.Basket{Currency: money.EUR, At: noon, Destination: to("FR", "20000"), Lines: []pricing.Line{book}})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Totals.Net.String() + " " + p.Totals.Tax.String() + " " + p.Totals.ToPay.String(); got != want {
			t.Errorf("LAW-04 %s: %s, want %s", keep, got, want)
		}
	}
}

// carriage charges shipping and insurance over all lines.
type carriage struct{ shipping, insurance pricing.Price }

func (carriage) Key() string { return "carriage" }

func (c carriage) Apply(s *pricing.Sheet) error {
	for kind, price := range map[pricing.Kind]pricing.Price{pricing.Shipping: c.shipping, pricing.Insurance: c.insurance} {
		s.Charge(pricing.Charge{Kind: kind, Source: string(kind), Price: price, Over: s.Lines(nil), Reason: pricing.Because("shipping.choose", nil)})
	}
	return nil
}

// LAW-04: shipping and insurance are split over the rates of the goods by their net value: no cent is lost or
// made, each rate's part is within one cent of its exact share (largest remainder), goods without tax take
// their part of it, and the tax by rate is that of the goods and of their parts together.
func TestCharge_FollowsTheGoods(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		classes := []pricing.Class{tax.Standard, tax.Intermediate, tax.Reduced, tax.SuperReduced, tax.Zero, tax.Exempt}
		gross := rapid.Bool().Draw(r, "with tax")
		price := func(name string, most int64) pricing.Price {
			return pricing.Price{Amount: money.FromMinor(rapid.Int64Range(1, most).Draw(r, name), money.EUR), IncludesTax: gross}
		}
		var lines []pricing.Line
		for i := range rapid.IntRange(1, 6).Draw(r, "lines") {
			id := string(rune('a' + i))
			lines = append(lines, pricing.Line{ID: id, SKU: id, Qty: rapid.Int64Range(1, 9).Draw(r, "qty"), Physical: true,
				Class: rapid.SampledFrom(classes).Draw(r, "class"), Unit: price("unit", 99999)})
		}
		c := carriage{price("shipping", 9999), price("insurance", 999)}
		to := rapid.SampledFrom([]pricing.Destination{to("FR", "75001"), to("FR", "20000"), to("DE", "10115"), to("FR", "97400")}).Draw(r, "to")
		decided := rules(t, shop("FR", "75001")).Decide(to, true, noon)
		p, err := pricing.Pipeline{pricing.Shelf{}, rules(t, shop("FR", "75001")), c}.Price(pricing.Basket{Currency: money.EUR, At: noon, Destination: to, Lines: lines})
		if err != nil {
			r.Fatal(err)
		}
		net, all := map[string]money.Amount{}, money.Zero(money.EUR) // of the goods, by class
		for _, a := range p.Adjustments {
			if a.Kind == pricing.Goods {
				key := string(a.Class)
				if _, ok := net[key]; !ok {
					net[key] = money.Zero(money.EUR)
				}
				net[key], all = net[key].Add(a.Net), all.Add(a.Net)
			}
		}
		for kind, charged := range map[pricing.Kind]pricing.Price{pricing.Shipping: c.shipping, pricing.Insurance: c.insurance} {
			sum := money.Zero(money.EUR)
			for _, a := range p.Adjustments {
				if a.Kind != kind {
					continue
				}
				sum = sum.Add(a.Amount)
				weight := money.Zero(money.EUR)
				for class, n := range net { // all classes taxed as this part is
					if alike(decided.Duty(pricing.Class(class)), decided.Duty(a.Class)) {
						weight = weight.Add(n)
					}
				}
				if all.IsPositive() {
					exact := charged.Amount.Mul(weight.Decimal()).Div(all.Decimal())
					if off := exact.Sub(a.Amount).Abs(); off.Cmp(money.FromMinor(1, money.EUR)) >= 0 {
						r.Fatalf("LAW-04 %s at %s is %s, exactly %s", kind, a.Rate, a.Amount, exact)
					}
				}
				if a.Rate.IsZero() && !a.Figures.Tax.IsZero() {
					r.Fatalf("LAW-04 %s of untaxed goods is taxed: %+v", kind, a)
				}
			}
			if !sum.Equal(charged.Amount) {
				r.Fatalf("LAW-04 the parts of %s sum to %s of %s", kind, sum, charged.Amount)
			}
		}
		taxes, byRate := money.Zero(money.EUR), money.Zero(money.EUR)
		for _, a := range p.Adjustments {
			if a.Kind == pricing.Tax {
				taxes = taxes.Add(a.Amount)
			}
		}
		for _, row := range p.Totals.TaxByRate {
			byRate = byRate.Add(row.Tax)
		}
		if !taxes.Equal(p.Totals.Tax) || !byRate.Equal(p.Totals.Tax) || !p.Totals.Net.Add(p.Totals.Tax).Equal(p.Totals.Gross) {
			r.Fatalf("LAW-04 taxes %s, by rate %s, in total %s", taxes, byRate, p.Totals.Tax)
		}
	})
}

func alike(a, b pricing.Duty) bool { return a.Rate.Equal(b.Rate) && a.Inside.Equal(b.Inside) }
