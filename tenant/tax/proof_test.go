package tax_test

import (
	"testing"
	"time"

	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/tax"
)

// LAW-04: what the register says decides; while it says nothing, the merchant's choice does.
func TestRules_verify(t *testing.T) {
	const number = "DE136695976"
	proof := func(n string, v pricing.Verdict) *pricing.VATProof { return &pricing.VATProof{Number: n, Verdict: v} }
	tests := []struct {
		name   string
		verify tax.Verify
		proof  *pricing.VATProof
		want   tax.Treatment
	}{
		{"LAW-04 never asked", tax.VerifyNever, nil, tax.ReverseCharge},
		{"LAW-04 never asked, whatever is known", tax.VerifyNever, proof(number, pricing.VATInvalid), tax.ReverseCharge},
		{"LAW-04 it exists", tax.VerifyCharge, proof(number, pricing.VATValid), tax.ReverseCharge},
		{"LAW-04 it does not", tax.VerifyTrust, proof(number, pricing.VATInvalid), tax.Destination},
		{"LAW-04 away, trusted", tax.VerifyTrust, proof(number, pricing.VATUnknown), tax.ReverseCharge},
		{"LAW-04 away, charged", tax.VerifyCharge, proof(number, pricing.VATUnknown), tax.Destination},
		{"LAW-04 not asked yet, trusted", tax.VerifyTrust, nil, tax.ReverseCharge},
		{"LAW-04 not asked yet, charged", tax.VerifyCharge, nil, tax.Destination},
		{"LAW-04 the proof of another number proves nothing", tax.VerifyCharge, proof("DE123456788", pricing.VATValid), tax.Destination},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rules, err := tax.New(tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true, Verify: tt.verify}, nil)
			if err != nil {
				t.Fatal(err)
			}
			to := pricing.Destination{Country: "DE", Business: true, VATNumber: "de 136.695.976", Proof: tt.proof}
			at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
			if got := rules.Decide(to, true, at).Treatment; got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// LAW-04: the register is asked only where something depends on its answer.
func TestRules_WantsProof(t *testing.T) {
	german := pricing.Destination{Country: "DE", Business: true, VATNumber: "de 136.695.976"}
	at := func(change func(*pricing.Destination)) pricing.Destination { d := german; change(&d); return d }
	eu := tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true, Verify: tax.VerifyTrust}
	never, small, swiss, consumers := eu, eu, eu, eu
	never.Verify, small.Registered, swiss.Home.Country, consumers.NoReverseCharge = tax.VerifyNever, false, "CH", true
	for name, tt := range map[string]struct {
		settings tax.Settings
		to       pricing.Destination
		want     string
	}{
		"LAW-04 a business abroad":             {eu, german, "DE136695976"},
		"LAW-04 a shop that never asks":        {never, german, ""},
		"LAW-04 a small business":              {small, german, ""},
		"LAW-04 a shop outside the Union":      {swiss, german, ""},
		"LAW-04 a shop that taxes them anyway": {consumers, german, ""},
		"LAW-04 at home":                       {eu, at(func(d *pricing.Destination) { d.Country, d.VATNumber = "FR", "FR40303265045" }), ""},
		"LAW-04 a number of another state":     {eu, at(func(d *pricing.Destination) { d.Country = "BE" }), ""},
		"LAW-04 a digit mistyped":              {eu, at(func(d *pricing.Destination) { d.VATNumber = "DE136695977" }), ""},
		"LAW-04 overseas is an export":         {eu, at(func(d *pricing.Destination) { d.Country, d.Postcode = "DE", "27498" }), ""},
		"LAW-04 nobody has said where":         {eu, at(func(d *pricing.Destination) { d.Country = "" }), ""},
	} {
		t.Run(name, func(t *testing.T) {
			rules, err := tax.New(tt.settings, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := rules.WantsProof(tt.to); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// LAW-04: a number of another state than that the order goes to changes nothing, and that is told; where there is no tax
// to be spared there is nothing to tell.
func TestRules_Idle(t *testing.T) {
	eu := tax.Settings{Home: tax.Place{Country: "FR"}, Registered: true, Verify: tax.VerifyTrust}
	small, swiss, consumers := eu, eu, eu
	small.Registered, swiss.Home.Country, consumers.NoReverseCharge = false, "CH", true
	to := func(country, number string) pricing.Destination {
		return pricing.Destination{Country: country, Business: number != "", VATNumber: number}
	}
	const german, french = "de 136.695.976", "FR40303265045"
	helgoland := to("DE", french)
	helgoland.Postcode = "27498"
	for name, tt := range map[string]struct {
		settings tax.Settings
		to       pricing.Destination
		want     bool
	}{
		"LAW-04 a number of the state it goes to":        {eu, to("DE", german), false},
		"LAW-04 a number of another state abroad":        {eu, to("BE", german), true},
		"LAW-04 a number of home abroad":                 {eu, to("DE", french), true},
		"LAW-04 a number of abroad at home":              {eu, to("FR", german), true},
		"LAW-04 a number of home at home":                {eu, to("FR", french), false},
		"LAW-04 no number":                               {eu, to("DE", ""), false},
		"LAW-04 a digit mistyped is told otherwise":      {eu, to("BE", "DE136695977"), false},
		"LAW-04 outside the Union nothing is to be paid": {eu, to("CH", german), false},
		"LAW-04 nor on Helgoland":                        {eu, helgoland, false},
		"LAW-04 a small business charges none":           {small, to("BE", german), false},
		"LAW-04 a shop outside the Union":                {swiss, to("BE", german), false},
		"LAW-04 a shop that taxes them anyway":           {consumers, to("BE", german), false},
		"LAW-04 nobody has said where":                   {eu, to("", german), false},
	} {
		t.Run(name, func(t *testing.T) {
			rules, err := tax.New(tt.settings, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := rules.Idle(tt.to); got != tt.want {
				t.Errorf("idle %v, want %v", got, tt.want)
			}
		})
	}
}
