package discount_test

import (
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/discount"
	"echoppe.dev/tenant/shipping"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// everything is a rule that uses every field.
func everything() discount.Rule {
	paris := time.FixedZone("", 3600)
	return discount.Rule{
		ID: "spring", Name: i18n.Text{"fr": "Printemps", "en": "Spring"}, Off: amount(gross("2.00")),
		Scale: discount.Scale{By: discount.Quantity, Per: discount.PerFamily, Tiers: []discount.Tier{
			tier("5", percent("5.5")), tier("10", amount(net("25.00"))),
		}},
		Scope: discount.Scope{Of: discount.Families, Members: []string{"shoes", "summer"}},
		Codes: []string{"SPRING"}, Issued: true,
		From: time.Date(2026, 3, 1, 0, 0, 0, 0, paris), Until: time.Date(2026, 4, 1, 0, 0, 0, 0, paris),
		Profiles:   []string{"resellers", ""},
		Zones:      []shipping.Zone{{Country: "FR", Postcodes: []string{"75*"}}},
		Minimum:    discount.Minimum{Price: gross("50.00"), Before: true},
		FirstOrder: true, Limits: discount.Limits{Total: 100, PerCustomer: 1}, CountBlocked: true,
		Priority: 3, Combine: discount.NoCoupons, Group: "seasons",
	}
}

func TestRule_JSON(t *testing.T) {
	equal := cmp.Options{cmp.Comparer(decimal.Decimal.Equal), cmp.Comparer(money.Amount.Equal), cmp.Comparer(money.Rate.Equal)}
	for name, r := range map[string]discount.Rule{"everything": everything(), "little": rule("a")} {
		t.Run(name, func(t *testing.T) {
			if err := r.Check(money.EUR); err != nil {
				t.Fatal(err)
			}
			data, err := json.MarshalIndent(r, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			path := "testdata/" + name + ".json.golden"
			if *update {
				if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			golden, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(golden), string(data)+"\n"); diff != "" {
				t.Errorf("the stored form changed (-want +got):\n%s", diff)
			}
			var back discount.Rule
			if err := json.Unmarshal(golden, &back); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(r, back, equal); diff != "" {
				t.Errorf("(-written +read):\n%s", diff)
			}
		})
	}
}
