package sips2

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/tenant/payment"
)

// TestCard: PGW-14, what a response tells of the card.
func TestCard(t *testing.T) {
	v := values{"paymentMeanBrand": "VISA", "maskedPan": "4500############01", "panExpiryDate": "203012", "issuerCountryCode": "FRA", "authorisationId": "12345"}
	want := payment.Card{Brand: "VISA", Last: "4500############01", Expiry: "12/30", Country: "FRA", Auth: "12345"} // cut when it is kept
	if diff := cmp.Diff(want, v.card()); diff != "" {
		t.Error(diff)
	}
}
