package payment_test

import (
	"testing"

	"echoppe.dev/tenant/payment"
)

// TestRecord_settling: PGN-02, money on its way is remembered while the attempt is open, also when the message moves nothing else,
// and is forgotten with whatever ends it.
func TestRecord_settling(t *testing.T) {
	b := newBook(t)
	for name, tt := range map[string]struct {
		before, after payment.Event
		test          bool // the message is of the other mode
		settling      bool
		state         payment.State
	}{
		"heard first":            {"", "", false, true, pending},
		"heard while it waits":   {payment.Waiting, "", false, true, pending},
		"another wait after it":  {"", payment.Waiting, false, true, pending},
		"come":                   {"", payment.Captured, false, false, captured},
		"bounced":                {"", payment.Failed, false, false, failed},
		"given up":               {"", payment.Cancelled, false, false, cancelled},
		"after it was paid":      {payment.Captured, "", false, false, captured},
		"after it had failed":    {payment.Failed, "", false, false, failed},
		"a test of a real order": {"", "", true, false, created},
	} {
		t.Run(name, func(t *testing.T) {
			p := b.attempt()
			say := func(id string, e payment.Event, settling, test bool) {
				if e != "" {
					b.record(b.account, payment.Notice{ID: p.Ref + id, Ref: p.Ref, Event: e, Amount: p.Amount, Settling: settling, Test: test})
				}
			}
			say("before", tt.before, false, p.Test)
			say("settling", payment.Waiting, true, p.Test != tt.test)
			say("after", tt.after, false, p.Test)
			if got, _ := b.find(p); got.Settling != tt.settling || got.State != tt.state {
				t.Errorf("%s, settling %v", got.State, got.Settling)
			}
		})
	}
}
