package paypal

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/tenant/payment"
)

// TestDispute: PGW-15, PGN-04, a dispute is told with its deadline, and how it ended.
func TestDispute(t *testing.T) {
	g, _ := script(t, nil)
	body := func(status, outcome string) string {
		return `{"id":"WH-1","event_type":"CUSTOMER.DISPUTE.UPDATED","resource":{"dispute_id":"PP-D-12345","reason":"UNAUTHORISED","status":"` + status +
			`","dispute_amount":{"currency_code":"EUR","value":"49.90"},"seller_response_due_date":"2026-12-01T12:00:00.000Z","dispute_outcome":{"outcome_code":"` + outcome +
			`"},"disputed_transactions":[{"custom":"REF1","seller":{"merchant_id":"` + ourNumber + `"}}]}}`
	}
	open := body("WAITING_FOR_SELLER_RESPONSE", "")
	for name, tt := range map[string]struct {
		body  string
		event payment.Event
		id    string
		err   error
	}{
		"opened":                  {open, payment.Disputed, "PP-D-12345:opened", nil},
		"won":                     {body("RESOLVED", "RESOLVED_SELLER_FAVOUR"), payment.DisputeWon, "PP-D-12345:won", nil},
		"taken back by the buyer": {body("RESOLVED", "CANCELED_BY_BUYER"), payment.DisputeWon, "PP-D-12345:won", nil},
		"lost":                    {body("RESOLVED", "RESOLVED_BUYER_FAVOUR"), payment.DisputeLost, "PP-D-12345:lost", nil},
		"of another merchant":     {strings.ReplaceAll(open, ourNumber, "AAAAAAAAAAAAA"), "", "", payment.ErrForeign},
		"of no payment":           {strings.Replace(open, `"REF1"`, `""`, 1), "", "", payment.ErrGarbled},
		"an odd amount":           {strings.Replace(open, "49.90", "-1", 1), "", "", payment.ErrGarbled},
	} {
		t.Run(name, func(t *testing.T) {
			n, err := g.readEvent(t.Context(), contract(), []byte(tt.body), true)
			if !errors.Is(err, tt.err) || n.Event != tt.event || n.ID != tt.id {
				t.Fatalf("%+v, %v", n, err)
			}
			if err == nil && (n.Ref != "REF1" || n.Amount.String() != "49.90" || n.Dispute.Due.Day() != 1 || n.Dispute.Reason != "UNAUTHORISED") {
				t.Errorf("%+v", n)
			}
		})
	}
}
