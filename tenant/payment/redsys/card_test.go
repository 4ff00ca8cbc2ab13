package redsys

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/tenant/payment"
)

// TestCard: PGW-14, what a notice tells of the card; a number that is not masked is no end of one either.
func TestCard(t *testing.T) {
	v := values{"ds_card_brand": "1", "ds_card_country": "724", "ds_authorisationcode": " 501602", "ds_card_number": "454881******0004", "ds_expirydate": "3012"}
	want := payment.Card{Brand: "Visa", Last: "454881******0004", Expiry: "12/30", Country: "724", Auth: "501602"} // cut when it is kept
	if diff := cmp.Diff(want, v.card()); diff != "" {
		t.Error(diff)
	}
	if got := (values{"ds_card_number": "4548812049400004"}).card(); got != (payment.Card{}) {
		t.Errorf("kept %+v", got)
	}
}
