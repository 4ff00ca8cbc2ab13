package stripe

import (
	"testing"

	"echoppe.dev/tenant/payment"
)

// PGW-31: which refusals forbid another try; the buyer is told of none of them that his card was lost or stolen.
func TestNever(t *testing.T) {
	for code, want := range map[string]struct {
		never  bool
		reason payment.Reason
	}{
		"stolen_card": {true, payment.ReasonRefused}, "lost_card": {true, payment.ReasonRefused}, "expired_card": {true, payment.ReasonCard},
		"revocation_of_all_authorizations": {true, payment.ReasonRefused}, "insufficient_funds": {false, payment.ReasonFunds},
		"generic_decline": {false, payment.ReasonRefused}, "authentication_required": {false, payment.ReasonSecure}, "try_again_later": {false, payment.ReasonTechnical},
	} {
		i := intent{ID: "pi_1", Status: statusAsking, Amount: 100, Currency: "eur", Problem: &lastProblem{Type: "card_error", Code: "card_declined", Decline: code, Charge: "ch_1"}}
		n, err := i.notice("REF")
		if err != nil || n.Event != payment.Failed || n.Never != want.never || n.Reason != want.reason {
			t.Errorf("%s: %+v, %v", code, n, err)
		}
	}
}
