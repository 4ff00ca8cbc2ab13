package monetico

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/tenant/payment"
)

// TestCard: PGW-14, what a return tells of the card, without its fingerprint.
func TestCard(t *testing.T) {
	m := message{"brand": "VI", "cbmasquee": "497010******0055", "originecb": "FRA", "numauto": "010101", "vld": "1230", "hpancb": "74E94B03C22D786E0F2C2CADBFC1C00B004B7C45"}
	want := payment.Card{Brand: "Visa", Last: "497010******0055", Expiry: "12/30", Country: "FRA", Auth: "010101"} // cut when it is kept
	if diff := cmp.Diff(want, m.card()); diff != "" {
		t.Error(diff)
	}
}
