package stripe_test

import (
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestDirectDebit: PGN-02, PGW-33 (the electronic cheque of the EU), a buyer agrees to a SEPA direct debit on Stripe's page: the
// order waits, however it is asked, and is paid once when the money has come.
func TestDirectDebit(t *testing.T) {
	f := family("hosted")
	f.Contracts[0].Fields["methods"] = "sepa_debit"
	r := gatewaytest.NewRig(t, f, f.Config)
	p, _ := r.Pay(t, gatewaytest.Good, bank.Proper)
	for _, h := range r.Wait(t, 2) { // the session is completed, the intent is processing
		if h.Err != nil || h.Notice.Event != payment.Waiting || !h.Notice.Settling || h.Reply.Status != 200 {
			t.Errorf("agreed: %+v, %v", h.Notice, h.Err)
		}
	}
	p, _ = r.Find(t, p)
	if p.State != payment.StatePending || p.Captured.IsPositive() {
		t.Fatalf("agreed: state %s, captured %s", p.State, p.Captured)
	}
	asked, err := r.Gateway.(payment.Inquirer).Inquire(t.Context(), r.Account(t, r.Mode.ID), p)
	if err != nil || asked.Event != payment.Waiting || !asked.Settling {
		t.Errorf("asked meanwhile: %+v, %v", asked, err)
	}
	if out := r.Record(t, payment.SourceInquiry, asked); !out.Repeat {
		t.Errorf("the inquiry calls the fact %q: %+v", asked.ID, out)
	}
	known, _ := r.Bank.Payment(p.Ref)
	if err := r.Bank.Desk(known.Token, bank.Complete, 0); err != nil {
		t.Fatal(err)
	}
	captured := 0
	for _, h := range r.Wait(t, 2) {
		if h.Outcome.Captured.IsPositive() {
			captured++
		}
	}
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured || !got.Captured.Equal(p.Amount) || captured != 1 {
		t.Errorf("come: state %s, captured %s, %d times", got.State, got.Captured, captured)
	}
	r.Quiet(t)
}

// TestDispute: PGW-15, a buyer disputes what he paid; it is told with its deadline, and how it ended.
func TestDispute(t *testing.T) {
	for end, state := range map[bank.What]payment.State{bank.WinDispute: payment.StateCaptured, bank.LoseDispute: payment.StateChargedBack} {
		f := family("hosted")
		r := gatewaytest.NewRig(t, f, f.Config)
		p, _ := r.Pay(t, gatewaytest.Good, bank.Proper)
		r.Wait(t, 2)
		known, _ := r.Bank.Payment(p.Ref)
		for _, step := range []struct {
			what  bank.What
			state payment.State
		}{{bank.Dispute, payment.StateDisputed}, {end, state}} {
			if err := r.Bank.Desk(known.Token, step.what, 0); err != nil {
				t.Fatal(err)
			}
			for _, h := range r.Wait(t, 1) {
				if h.Err != nil || h.Reply.Status != 200 {
					t.Errorf("%s: %+v, %v", step.what, h.Notice, h.Err)
				}
			}
			got, _ := r.Find(t, p)
			if got.State != step.state || got.Dispute == nil || got.Dispute.Reason != "fraudulent" || got.Dispute.Due.IsZero() {
				t.Errorf("%s: state %s, dispute %+v", step.what, got.State, got.Dispute)
			}
		}
		r.Quiet(t)
	}
}
