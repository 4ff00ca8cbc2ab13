package seed_test

import (
	"testing"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/start"
)

// SHP-02 SHP-08 PAY-01: after the first questions a parcel goes to the shop's own country, at a fee of its
// money's size, and somebody can pay.
func TestAnswer_canSell(t *testing.T) {
	t.Parallel()
	for country, fee := range map[string]string{"FR": "4.55", "DE": "4.55", "US": "5.00", "SE": "50.00", "JP": "750", "CH": "4.30"} {
		t.Run(country, func(t *testing.T) {
			t.Parallel()
			shop := defaults(t)
			for _, answer := range []string{"CH", country} { // a changed mind ends at the same
				if err := start.Answer(t.Context(), shop, tenant.ByProgram, start.Answers{Country: answer, Trade: start.Physical}); err != nil {
					t.Fatal(err)
				}
			}
			err := shop.Read(t.Context(), func(tx tenant.Tx) error {
				s, err := settings.Load(tx)
				if err != nil {
					return err
				}
				tariffs, err := shipping.Builtin().Tariffs(tx, s.Rules().Currency)
				if err != nil {
					return err
				}
				home, flat := 0, ""
				for _, m := range tariffs {
					if m.Serves(pricing.Destination{Country: country}) {
						home++
					}
					if len(m.Zones) == 1 && m.Zones[0].Country == country && m.Calculator == "flat" {
						flat = m.Values.Text("fee")
					}
				}
				if len(tariffs) != 3 || home < 2 {
					t.Errorf("SHP-08 %d ways to deliver, %d of them at home", len(tariffs), home)
				}
				if flat != fee {
					t.Errorf("SHP-02 the flat fee is %s, want %s", flat, fee)
				}
				steps, err := start.Read(tx)
				if err != nil {
					return err
				}
				if steps.Payment != 1 || steps.ByCash != 1 || steps.Prepared == "" {
					t.Errorf("PAY-01 %+v", steps)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Where nothing is carried nobody pays a carrier; fees whose worth is unknown are charged to nobody.
func TestAnswer_unknown(t *testing.T) {
	t.Parallel()
	shop := defaults(t)
	if err := start.Answer(t.Context(), shop, tenant.ByProgram, start.Answers{Country: "MN", Trade: start.Services}); err != nil {
		t.Fatal(err)
	}
	err := shop.Read(t.Context(), func(tx tenant.Tx) error {
		steps, err := start.Read(tx)
		if err == nil && (steps.Payment != 0 || steps.Shipping != 0) {
			t.Errorf("%+v", steps)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
