package lyra

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/tenant/payment"
)

// TestCard: PGW-14, what the form's answer tells of the card, and the door of the bank's office.
func TestCard(t *testing.T) {
	n, err := formNotice(map[string]string{"vads_order_id": "R1", "vads_amount": "123450", "vads_currency": "978", "vads_trans_status": "AUTHORISED",
		"vads_trans_uuid": "192ee2d72bfc4ab3a9b1230a4eb301cf", "vads_operation_type": "DEBIT", "vads_card_brand": "CB", "vads_card_number": "497010XXXXXX0055",
		"vads_expiry_month": "6", "vads_expiry_year": "2030", "vads_card_country": "FR", "vads_bank_label": "Banque de démo", "vads_auth_number": "3fe48c"}, true)
	if err != nil {
		t.Fatal(err)
	}
	want := payment.Card{Brand: "CB", Last: "497010XXXXXX0055", Expiry: "06/30", Country: "FR", Issuer: "Banque de démo", Auth: "3fe48c"} // cut when it is kept
	if diff := cmp.Diff(want, n.Card); diff != "" {
		t.Error(diff)
	}
	for _, b := range brands {
		if got := office(b)(payment.Payment{}); got != "https://"+b.Hosts(false, page)[0]+"/vads-merchant/" {
			t.Errorf("%s: office at %s", b.Key, got)
		}
	}
}
