package banks_test

import (
	"slices"
	"testing"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/banks"
)

// TestMatches: PAY-07 GWN-02, a bank is found by the names on contracts, old ones too, however they are typed.
func TestMatches(t *testing.T) {
	g, err := payment.NewGateways(banks.All(bankcall.New(bankcall.Options{Clock: clock.System()}))...)
	if err != nil {
		t.Fatal(err)
	}
	find := func(typed string) (keys []string) {
		for _, b := range g.Brands() {
			if banks.Matches(b, typed) {
				keys = append(keys, b.Key)
			}
		}
		return keys
	}
	for typed, want := range map[string]string{
		"Caisse d'Épargne": "systempay", "caisse d’epargne": "spplus", "SP Plus": "spplus", "spplus": "spplus", "SP-PLUS": "spplus",
		"credit agricole": "etransactions", "CRÉDIT MUTUEL": "cybermut", "p@iement": "cybermut", "webaffaires": "webaffaires", "web affaires": "webaffaires",
		"sabadell": "redsys", "klik & pay": "klikandpay", "societe generale": "sogenactif", "bnp": "mercanet", "ScelliusNet": "scellius",
	} {
		if got := find(typed); !slices.Contains(got, want) || len(got) > 6 {
			t.Errorf("%q finds %v, not %s", typed, got, want)
		}
	}
	if got := find("a bank nobody has"); len(got) != 0 {
		t.Errorf("found %v", got)
	}
	if got := find(" "); len(got) != len(g.Brands()) {
		t.Errorf("nothing typed finds %d", len(got))
	}
	known := g.Keys()
	for _, key := range banks.Described() {
		if !slices.Contains(known, key) {
			t.Errorf("something is said about %q, which is no brand", key)
		}
	}
}
