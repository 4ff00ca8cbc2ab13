package pricing_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/pricing"
)

func TestArgs_KeepTheirTypes(t *testing.T) {
	args := pricing.Args{
		"text": "TVA", "count": int64(3), "price": eur("12.40"), "rate": money.MustRate("5.5"),
		"weight": num("2.30"), "measured": i18n.Measure{Number: num("2.30"), Unit: "kg"}, "word": i18n.Key("shipping.mode"), "name": i18n.Text{"fr": "Poste"},
	}
	data, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	var back pricing.Args
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	equal := cmp.Options{
		cmp.Comparer(decimal.Decimal.Equal), cmp.Comparer(money.Amount.Equal), cmp.Comparer(money.Rate.Equal),
	}
	if diff := cmp.Diff(args, back, equal); diff != "" {
		t.Errorf("CAT-05 (-written +read):\n%s", diff)
	}
}

func TestArgs_RefuseWhatWouldNotComeBack(t *testing.T) {
	if _, err := json.Marshal(pricing.Args{"at": noon}); err == nil {
		t.Error("a time was written")
	}
	for _, text := range []string{`{"n":1.5}`, `{"n":{}}`, `{"n":[1]}`, `{"n":{"amount":"x","currency":"EUR"}}`, `[]`} {
		var args pricing.Args
		if err := json.Unmarshal([]byte(text), &args); err == nil {
			t.Errorf("%s was read as %v", text, args)
		}
	}
}
