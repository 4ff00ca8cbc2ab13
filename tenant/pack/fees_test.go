package pack_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pack"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tenanttest"
)

// CUR-01 SHP-01: a shop in euros that prepares for Switzerland and keeps its currency gets both tables in euros, at the
// rate that is known and rounded to tenths; twice is once.
func TestFees_converted(t *testing.T) {
	for name, o := range map[string]pack.Options{"priced": {Priced: true}, "not ticked": {}} {
		t.Run(name, func(t *testing.T) {
			shop := tenanttest.Open(t)
			o.Rate = decimal.RequireFromString("1.0638")
			chosen := slices.DeleteFunc(plan(t, shop, "CH", o).Keys(), func(key string) bool { return key == "currency" })
			apply(t, shop, "CH", o, chosen...)
			apply(t, shop, "CH", o, chosen...)
			s, modes, _ := state(t, shop)
			if s.Currencies.Management != "EUR" || len(modes) != 2 {
				t.Fatalf("%s, %d ways", s.Currencies.Management, len(modes))
			}
			// 8.50, 11.50, 20.50 and 29, 37, 49, 89 francs
			want := []string{"9.00 12.20 21.80", "30.90 39.40 52.10 94.70"}
			for i, m := range modes {
				var fees []string
				for _, row := range m.Values.Rows("rows") {
					fees = append(fees, row.Text("value"))
				}
				if got := strings.Join(fees, " "); got != want[i] {
					t.Errorf("table %d: %s, want %s", i, got, want[i])
				}
				m.ID = "x"
				tariff, err := shipping.Builtin().Open(money.EUR, m.Mode)
				if err != nil || len(tariff.Warnings()) > 0 || !m.Active {
					t.Errorf("%v %v %v", err, tariff.Warnings(), m.Active)
				}
				if to := (pricing.Destination{Country: []string{"CH", "DE"}[i]}); !tariff.Serves(to) {
					t.Errorf("table %d does not go to %s", i, to.Country)
				}
			}
		})
	}
}

// Without a rate nothing is guessed: what is left out is named before and after.
func TestFees_unknownRate(t *testing.T) {
	shop := tenanttest.Open(t)
	made := plan(t, shop, "CH", pack.Options{Priced: true})
	if got := strings.Join(made.Keys(), " "); got != "country" || len(made.Left) != 2 || made.Left[0].Code != "home" {
		t.Errorf("%s, left %+v", got, made.Left)
	}
	var left []pack.Mode
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		p, _ := pack.Find("CH")
		made, err := pack.Make(tx, p, pack.Options{})
		if err == nil {
			left, err = made.Apply(tx, clerk, shipping.Builtin(), []string{"country", "delivery.home"})
		}
		return err
	})
	if _, modes, _ := state(t, shop); err != nil || len(left) != 1 || left[0].Code != "home" || len(modes) != 0 {
		t.Errorf("%v, left %+v, %d ways", err, left, len(modes))
	}
}
