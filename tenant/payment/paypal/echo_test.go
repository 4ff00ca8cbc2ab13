package paypal_test

import (
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/paypal"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// TestEcho: PAY-05, PayPal as it is: it tells by webhooks of what it was asked for as well, once the shop has its answer. An
// order is paid once, whatever goes wrong with either of the two notices.
func TestEcho(t *testing.T) {
	r := gatewaytest.NewRig(t, family(fake.New()), contract(number, "one", sandboxSecret, secretLive, "now"))
	for quirk, notices := range map[gatewaytest.Quirk]int{bank.Proper: 2, bank.Duplicate: 6, bank.Late: 2, bank.OutOfOrder: 4, bank.WrongAmount: 2, bank.WrongCurrency: 2, bank.Contradiction: 4} {
		t.Run(string(quirk), func(t *testing.T) {
			p, _ := r.Pay(t, gatewaytest.Silent, quirk)
			captured := money.Zero(money.EUR)
			for _, h := range r.Wait(t, notices) {
				if h.Err != nil || h.Outcome.Flag != payment.FlagNone {
					t.Errorf("%+v, flagged %q, %v", h.Notice, h.Outcome.Flag, h.Err)
				}
				if h.Outcome.Captured.IsPositive() {
					captured = captured.Add(h.Outcome.Captured)
				}
			}
			got, ledger := r.Find(t, p)
			if got.State != payment.StateCaptured || !got.Captured.Equal(p.Amount) || !captured.Equal(p.Amount) || len(ledger) != 3 || got.BankRef != p.BankRef {
				t.Errorf("%s, captured %s and %s, %d lines, %q", got.State, got.Captured, captured, len(ledger), got.BankRef)
			}
		})
	}
	r.Quiet(t)
}

// TestEcho_moves: what was asked for and is told again has moved once.
func TestEcho_moves(t *testing.T) {
	r := gatewaytest.NewRig(t, family(fake.New()), contract(number, "one", sandboxSecret, secretLive, "later"))
	g, a := r.Gateway.(interface {
		payment.Capturer
		payment.Refunder
		payment.Canceller
	}), r.Account(t, r.Mode.ID)
	p, _ := r.Pay(t, gatewaytest.Silent, bank.Proper)
	r.Wait(t, 2)
	p, _ = r.Find(t, p)
	n, err := g.Capture(t.Context(), a, p, p.Amount, "k1")
	if err != nil {
		t.Fatal(err)
	}
	once(t, r, n)
	p, _ = r.Find(t, p)
	if n, err = g.Refund(t.Context(), a, p, eur("20.00"), "k2"); err != nil {
		t.Fatal(err)
	}
	once(t, r, n)
	if p, _ = r.Find(t, p); p.State != payment.StatePartRefunded || !p.Refunded.Equal(eur("20.00")) {
		t.Errorf("%s, refunded %s", p.State, p.Refunded)
	}
	p, _ = r.Pay(t, gatewaytest.Silent, bank.Proper)
	r.Wait(t, 2)
	p, _ = r.Find(t, p)
	if n, err = g.Cancel(t.Context(), a, p, "k3"); err != nil {
		t.Fatal(err)
	}
	once(t, r, n)
	if p, _ = r.Find(t, p); p.State != payment.StateCancelled {
		t.Errorf("let go: %s", p.State)
	}
}

// once records the answer to a call, which the webhook about it has told already or tells next.
func once(t *testing.T, r *gatewaytest.Rig, n payment.Notice) {
	t.Helper()
	out := r.Record(t, payment.SourceCall, n)
	h := r.Wait(t, 1)[0]
	if h.Err != nil || h.Notice.ID != n.ID || h.Notice.Event != n.Event || out.Repeat == h.Outcome.Repeat || h.Outcome.Flag != payment.FlagNone {
		t.Errorf("answered %+v, told %+v: %+v, %v", n, h.Notice, h.Outcome, h.Err)
	}
}

// TestClassic: PAY-05, a merchant with IPN instead of webhooks. What the buyer's return brought is the fact IPN tells of, and
// another merchant's or a changed IPN is none.
func TestClassic(t *testing.T) {
	r := gatewaytest.NewRig(t, family(fake.Classic()), contract(number, "one", sandboxSecret, secretLive, "now"))
	a, returner := r.Account(t, r.Mode.ID), r.Gateway.(payment.Returner)
	p, back := r.Pay(t, gatewaytest.Good, bank.Proper)
	n, err := returner.ReadReturn(t.Context(), a, back.Raw)
	if err != nil {
		t.Fatal(err)
	}
	once(t, r, n)
	p, _ = r.Find(t, p)
	if p.State != payment.StateCaptured || !p.Captured.Equal(p.Amount) {
		t.Errorf("%s, captured %s", p.State, p.Captured)
	}
	known, _ := r.Bank.Payment(p.Ref)
	if err := r.Bank.Desk(known.Token, bank.Refund, 2000); err != nil {
		t.Fatal(err)
	}
	h := r.Wait(t, 1)[0]
	if !h.Outcome.Refunded.Equal(eur("20.00")) {
		t.Errorf("refunded in the office: %+v, %v", h.Notice, h.Err)
	}
	if _, err := r.Gateway.ReadNotice(t.Context(), r.Account(t, r.Save(t, contract(otherNumber, "two", otherSecret, otherSecretLive, "now"), true).ID), h.Raw); err == nil {
		t.Error("another merchant's IPN was believed")
	}
	for i := range h.Raw.Body {
		twin := h.Raw
		twin.Body = append([]byte{}, h.Raw.Body...)
		twin.Body[i] ^= 1
		if n, err := r.Gateway.ReadNotice(t.Context(), a, twin); err == nil {
			t.Fatalf("an IPN with a bit changed at %d was believed: %+v", i, n)
		}
	}
	for _, quirk := range []gatewaytest.Quirk{bank.WrongKey, bank.OtherMerchant} {
		_, back := r.Pay(t, gatewaytest.Good, quirk)
		if _, err := returner.ReadReturn(t.Context(), a, back.Raw); err != nil {
			t.Fatal(err)
		}
		if h := r.Wait(t, 1)[0]; h.Err == nil {
			t.Errorf("%s was believed: %+v", quirk, h.Notice)
		}
	}
	r.Quiet(t)
}
