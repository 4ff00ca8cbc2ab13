package pricing_test

import (
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

func TestTenders(t *testing.T) {
	percent := pricing.Part{Rate: money.MustRate("2")}
	fixed := pricing.Part{Fixed: eur("5.00")}
	for _, tt := range []struct {
		name   string
		mode   pricing.Tender
		home   string
		to     pricing.Destination
		toPay  string
		banned bool
	}{
		{"PAY-08 cash on delivery may cost", pricing.Tender{Instrument: pricing.NoInstrument, Fee: fixed}, "FR",
			pricing.Destination{Country: "FR"}, "126.00", false},
		{"PAY-08 a fee entered with tax", pricing.Tender{Instrument: pricing.NoInstrument, Fee: fixed, IncludesTax: true}, "FR",
			pricing.Destination{Country: "FR"}, "125.00", false},
		{"PAY-08 a percentage", pricing.Tender{Instrument: pricing.NoInstrument, Fee: percent}, "FR",
			pricing.Destination{Country: "FR"}, "122.40", false},
		{"PAY-08 no card fee in France", pricing.Tender{Instrument: pricing.Regulated, Fee: percent}, "FR",
			pricing.Destination{Country: "FR"}, "120.00", true},
		{"PAY-08 not even for a business", pricing.Tender{Instrument: pricing.OtherInstrument, Fee: percent}, "FR",
			pricing.Destination{Country: "DE", Business: true}, "120.00", true},
		{"PAY-08 no card fee for a consumer in the Union", pricing.Tender{Instrument: pricing.Regulated, Fee: percent}, "DE",
			pricing.Destination{Country: "FR"}, "120.00", true},
		{"PAY-08 a business outside France may pay one", pricing.Tender{Instrument: pricing.Regulated, Fee: fixed}, "DE",
			pricing.Destination{Country: "DE", Business: true}, "126.00", false},
		{"PAY-08 a rebate is always allowed", pricing.Tender{Instrument: pricing.Regulated, Rebate: percent}, "FR",
			pricing.Destination{Country: "FR"}, "117.60", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.mode.Method = "x"
			b := basket("FR", line("A", 1, net(eur("100.00"))))
			b.Payment.Method = "x"
			tenders := pricing.Tenders{Home: tt.home, Modes: []pricing.Tender{{Method: "y", Fee: fixed}, tt.mode}}
			at := b
			at.Destination = tt.to
			// The tax is always that of France: only the law on fees is looked at here.
			taxed := rule(func(s *pricing.Sheet) {
				s.SetTaxation(pricing.Taxation{}, func(pricing.Class) pricing.Duty {
					return pricing.Duty{Rate: money.MustRate("20"), Inside: money.MustRate("20")}
				})
			})
			p := price(t, at, taxed, tenders)
			want(t, "to pay", p.Totals.ToPay, tt.toPay)
			found := false
			for _, e := range p.Trace {
				found = found || e.Reason.Key == "price.surcharge_banned" && e.For == pricing.Staff
			}
			if found != tt.banned {
				t.Errorf("banned in the trace: %v", found)
			}
		})
	}
}
