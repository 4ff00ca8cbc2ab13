package payment_test

import (
	"strings"
	"testing"

	"echoppe.dev/tenant/payment"
)

// TestCard: PGW-14, what banks write of cards in their many ways, as one; what has another shape is left out.
func TestCard(t *testing.T) {
	for masked, want := range map[string]string{"•••• 0001": "0001", "4970XXXXXXXX0055": "0055", "497010******0007": "0007", "45": "45", "": "", "XXXX": "", "7": "", " 1234 ": "1234"} {
		if got := payment.LastDigits(masked); got != want {
			t.Errorf("%q ends in %q, want %q", masked, got, want)
		}
	}
	for text, want := range map[string]string{"FR": "FR", "FRA": "FR", "724": "ES", "": "", "XX?": "", "EU": "", " de ": "DE"} {
		if got := payment.CountryCode(text); got != want {
			t.Errorf("country %q is %q, want %q", text, got, want)
		}
	}
	for in, want := range map[[2]string]string{{"6", "2030"}: "06/30", {"12", "30"}: "12/30", {"13", "30"}: "", {"", ""}: "", {"1a", "30"}: "", {"00", "30"}: ""} {
		if got := payment.ExpiryOf(in[0], in[1]); got != want {
			t.Errorf("expiry %v is %q, want %q", in, got, want)
		}
	}
}

// TestCard_kept: PGW-03 PGW-14, the card is kept with the payment, what comes later adds to it, and a number that a bank writes into a
// name loses its middle.
func TestCard_kept(t *testing.T) {
	t.Parallel()
	b := newBook(t)
	p := b.attempt()
	n := says(p, "1", payment.Authorised, "10.00")
	n.Card = payment.Card{Brand: "VISA 4970100000000055", Last: "4970100000000055", Country: "ESP", Auth: " A1 "}
	b.record(b.account, n)
	n = says(p, "2", payment.Captured, "10.00")
	n.Card = payment.Card{Issuer: strings.Repeat("x", 200)}
	b.record(b.account, n)
	// PGW-13: the same fact in another form tells what was not known, and changes nothing that was.
	n.Card = payment.Card{Brand: "CB", Last: "9999", Expiry: "08/31"}
	if out := b.record(b.account, n); !out.Repeat {
		t.Errorf("told again: %+v", out)
	}
	found, _ := b.find(p)
	if found.Card.Expiry != "08/31" || found.Card.Brand == "CB" {
		t.Errorf("told again: %+v", found.Card)
	}
	if got := found.Card; got.Last != "0055" || got.Country != "ES" || got.Auth != "A1" || strings.Contains(got.Brand, "4970100000000055") || len(got.Issuer) != 60 {
		t.Errorf("kept %+v", got)
	}
	if found.Paid.IsZero() || found.Paid.Before(found.Created) {
		t.Errorf("PGW-38 paid at %s", found.Paid)
	}
}
