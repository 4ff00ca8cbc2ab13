package offline_test

import (
	"testing"

	"echoppe.dev/tenant/payment/offline"
)

// TestEscrow_site: PAY-01, buyers are sent to no address that is not safe to open.
func TestEscrow_site(t *testing.T) {
	for address, good := range map[string]bool{
		"https://depot.example/acheter": true, "http://depot.example/": false, "depot.example": false, "javascript:alert(1)": false,
		"https://": false, "https://anne:secret@depot.example/": false, "": false,
	} {
		if err := (offline.Escrow{}).CheckConfig(values("party", "Notaire", "site", address)); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
}
