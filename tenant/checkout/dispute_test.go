package checkout_test

import (
	"strings"
	"testing"

	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// alerts are the keys of what was put before the shop.
func alerts(t *testing.T, s *checkouttest.Stage, which order.ID) []string {
	t.Helper()
	file, err := s.Desk.Open(t.Context(), s.Shop, which)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, e := range file.Events {
		if e.Kind == order.Alerted {
			keys = append(keys, e.Note)
		}
	}
	return keys
}

// TestDispute: PGW-15, a dispute is put before the shop with its deadline, by alert and letter; when it is lost the money is gone from
// the order's books, and the buyer gets no letter about a refund.
func TestDispute(t *testing.T) {
	t.Parallel()
	for what, want := range map[string]struct {
		alert string
		state payment.State
		paid  order.PaymentState
	}{
		"win":  {"checkout.alert.dispute_won", payment.StateCaptured, order.FullyPaid},
		"lose": {"checkout.alert.dispute_lost", payment.StateChargedBack, order.AllRefunded},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := checkouttest.New(t, checkout.Reactions{})
			which, p := bought(t, s, "card")
			s.Bank.Office(p.Ref, "dispute")
			s.Bank.Wait(2)
			s.Work()
			letters := s.Mailbox.To("atelier@example.com")
			if p := attempt(t, s, which); p.State != payment.StateDisputed || p.Dispute.Due.IsZero() {
				t.Fatalf("%s, %+v", p.State, p.Dispute)
			}
			if n := len(letters); n == 0 || !strings.Contains(letters[n-1].Subject, "contest") || !strings.Contains(letters[n-1].Text, "jusqu’au") {
				t.Errorf("the shop was not told: %d letters", n)
			}
			before := len(s.Mailbox.To("claire@example.org"))
			s.Bank.Office(p.Ref, what)
			s.Bank.Wait(3)
			s.Work()
			if p, o := attempt(t, s, which), s.Find(which); p.State != want.state || o.PaymentState() != want.paid {
				t.Errorf("%s, order %s", p.State, o.PaymentState())
			}
			if got := alerts(t, s, which); len(got) != 2 || got[0] != "checkout.alert.dispute" || got[1] != want.alert {
				t.Errorf("alerts %v", got)
			}
			if n := len(s.Mailbox.To("claire@example.org")); n != before {
				t.Errorf("the buyer got %d letters", n-before)
			}
		})
	}
}
