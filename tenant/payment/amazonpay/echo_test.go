package amazonpay_test

import (
	"errors"
	"net/http"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/amazonpay"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// rig is a shop at Amazon Pay as it is: the buyer agrees, and the shop completes.
func rig(t *testing.T, capture string) *gatewaytest.Rig {
	t.Helper()
	return gatewaytest.NewRig(t, family(t, fake.New(), "2"), contract(t, capture))
}

// once records the answer to a call, which the notice about it has told already or tells next.
func once(t *testing.T, r *gatewaytest.Rig, by payment.Source, n payment.Notice) {
	t.Helper()
	out := r.Record(t, by, n)
	h := r.Wait(t, 1)[0]
	if h.Err != nil || h.Notice.ID != n.ID || h.Notice.Event != n.Event || out.Repeat == h.Outcome.Repeat || h.Outcome.Flag != payment.FlagNone {
		t.Errorf("answered %+v, told %+v: %+v, %v", n, h.Notice, h.Outcome, h.Err)
	}
}

// TestComplete: PGN-03, the buyer who comes back has agreed; the money is asked for then, and told of once more by a notice.
func TestComplete(t *testing.T) {
	r := rig(t, "now")
	a, returner := r.Account(t, r.Mode.ID), r.Gateway.(payment.Returner)
	for _, card := range []gatewaytest.Card{gatewaytest.Good, gatewaytest.Secure} {
		p, back := r.Pay(t, card, bank.Proper)
		r.Quiet(t) // nothing is told of a buyer who agreed
		n, err := returner.ReadReturn(t.Context(), a, back.Raw)
		if err != nil {
			t.Fatal(err)
		}
		once(t, r, payment.SourceReturn, n)
		if n, err = returner.ReadReturn(t.Context(), a, back.Raw); err != nil || !r.Record(t, payment.SourceReturn, n).Repeat {
			t.Errorf("the page loaded again: %+v, %v", n, err)
		}
		if got, _ := r.Find(t, p); got.State != payment.StateCaptured || !got.Captured.Equal(p.Amount) || got.BankRef != n.BankRef {
			t.Errorf("%s, captured %s, %q", got.State, got.Captured, got.BankRef)
		}
		if _, err := returner.ReadReturn(t.Context(), r.Account(t, r.Save(t, otherContract(t), true).ID), back.Raw); err == nil {
			t.Error("another merchant was told")
		}
		if _, err := returner.ReadReturn(t.Context(), r.Account(t, r.Save(t, contract(t, "now"), true).ID), back.Raw); !errors.Is(err, payment.ErrForeign) {
			t.Errorf("another mode with the same contract was told: %v", err)
		}
	}
	r.Quiet(t)
}

// TestComplete_inquiry: a buyer who agreed and never came back is found by asking; one who is still busy is left alone.
func TestComplete_inquiry(t *testing.T) {
	r := rig(t, "now")
	a, g := r.Account(t, r.Mode.ID), r.Gateway.(payment.Inquirer)
	bill := r.Bill(t, eur("12.00"))
	p, action := r.Begin(t, r.Mode.ID, bill)
	if n, err := g.Inquire(t.Context(), a, p); err != nil || n.Event != payment.Waiting {
		t.Fatalf("before he agreed: %+v, %v", n, err)
	}
	r.Visit(t, action, gatewaytest.Silent, bank.Proper)
	n, err := g.Inquire(t.Context(), a, p)
	if err != nil {
		t.Fatal(err)
	}
	once(t, r, payment.SourceInquiry, n)
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured {
		t.Errorf("state %s", got.State)
	}
	for card, reason := range map[gatewaytest.Card]payment.Reason{gatewaytest.GiveUp: payment.ReasonAbandoned, gatewaytest.Timeout: payment.ReasonExpired} {
		p, _ := r.Pay(t, card, bank.Proper)
		if n, err := g.Inquire(t.Context(), a, p); err != nil || n.Event != payment.Cancelled || n.Reason != reason {
			t.Errorf("%s: %+v, %v", card, n, err)
		}
	}
	r.Quiet(t)
}

// TestComplete_refused: PGW-16, a refused card is no end: the same session is paid with another one.
func TestComplete_refused(t *testing.T) {
	r := rig(t, "now")
	a := r.Account(t, r.Mode.ID)
	p, action := r.Begin(t, r.Mode.ID, r.Bill(t, eur("12.00")))
	r.Visit(t, action, gatewaytest.Funds, bank.Proper)
	r.Wait(t, 1)
	p, _ = r.Find(t, p)
	if p.State != payment.StateFailed || p.Reason != payment.ReasonRefused {
		t.Fatalf("%s, %s", p.State, p.Reason)
	}
	back := r.Visit(t, action, gatewaytest.Good, bank.Proper)
	n, err := r.Gateway.(payment.Inquirer).Inquire(t.Context(), a, p)
	if err != nil || back == nil {
		t.Fatal(err)
	}
	once(t, r, payment.SourceInquiry, n)
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured {
		t.Errorf("state %s", got.State)
	}
}

// TestComplete_trouble: PGW-45, an answer that is lost is asked for again, and the money is taken once.
func TestComplete_trouble(t *testing.T) {
	for _, quirk := range []bank.Quirk{bank.BrokenCalls, bank.SlowCalls} {
		t.Run(string(quirk), func(t *testing.T) {
			r := rig(t, "now")
			a, returner := r.Account(t, r.Mode.ID), r.Gateway.(payment.Returner)
			p, back := r.Pay(t, gatewaytest.Good, bank.Never)
			r.Bank.Behave(quirk)
			if n, err := returner.ReadReturn(t.Context(), a, back.Raw); !fault.Is(err, fault.Upstream) {
				t.Fatalf("%+v, %v", n, err)
			}
			r.Bank.Behave(bank.Proper)
			n, err := returner.ReadReturn(t.Context(), a, back.Raw)
			if err != nil || !r.Record(t, payment.SourceReturn, n).Captured.Equal(p.Amount) {
				t.Fatalf("%+v, %v", n, err)
			}
			if known, _ := r.Bank.Payment(p.Ref); known.Captured != 4990 {
				t.Errorf("the bank took %d", known.Captured)
			}
		})
	}
}

// TestMoves: PGW-02 PGW-30 PGW-15, what was asked for and is told again has moved once, and a chargeback is told.
func TestMoves(t *testing.T) {
	r := rig(t, "later")
	a, g := r.Account(t, r.Mode.ID), r.Gateway.(interface {
		payment.Returner
		payment.Capturer
		payment.Refunder
		payment.Canceller
	})
	promise := func() payment.Payment {
		p, back := r.Pay(t, gatewaytest.Good, bank.Proper)
		n, err := g.ReadReturn(t.Context(), a, back.Raw)
		if err != nil {
			t.Fatal(err)
		}
		once(t, r, payment.SourceReturn, n)
		p, _ = r.Find(t, p)
		return p
	}
	p := promise()
	n, err := g.Capture(t.Context(), a, p, p.Amount, "k1")
	if err != nil {
		t.Fatal(err)
	}
	once(t, r, payment.SourceCall, n)
	p, _ = r.Find(t, p)
	if n, err = g.Refund(t.Context(), a, p, eur("20.00"), "k2"); err != nil {
		t.Fatal(err)
	}
	once(t, r, payment.SourceCall, n)
	if p, _ = r.Find(t, p); p.State != payment.StatePartRefunded || !p.Refunded.Equal(eur("20.00")) {
		t.Errorf("%s, refunded %s", p.State, p.Refunded)
	}
	known, _ := r.Bank.Payment(p.Ref)
	for what, state := range map[bank.What]payment.State{bank.Dispute: payment.StateDisputed} {
		if err := r.Bank.Desk(known.Token, what, 0); err != nil {
			t.Fatal(err)
		}
		if h := r.Wait(t, 1)[0]; h.Err != nil || h.Outcome.After != state || h.Notice.Dispute.Due.IsZero() {
			t.Errorf("%s: %+v, %v", what, h.Outcome, h.Err)
		}
	}
	if err := r.Bank.Desk(known.Token, bank.LoseDispute, 0); err != nil {
		t.Fatal(err)
	}
	if h := r.Wait(t, 1)[0]; h.Err != nil || h.Outcome.After != payment.StateChargedBack {
		t.Errorf("lost: %+v, %v", h.Outcome, h.Err)
	}
	p = promise()
	if n, err = g.Cancel(t.Context(), a, p, "k3"); err != nil {
		t.Fatal(err)
	}
	once(t, r, payment.SourceCall, n)
	if p, _ = r.Find(t, p); p.State != payment.StateCancelled {
		t.Errorf("let go: %s", p.State)
	}
	r.Quiet(t)
}

// TestLive: real money goes by a key that names no environment, whose paths do.
func TestLive(t *testing.T) {
	r := rig(t, "now")
	mode := r.Save(t, contract(t, "now"), false)
	p, action := r.Begin(t, mode.ID, r.Bill(t, eur("49.90")))
	back := r.Visit(t, action, gatewaytest.Good, bank.Proper)
	n, err := r.Gateway.(payment.Returner).ReadReturn(t.Context(), r.Account(t, mode.ID), back.Raw)
	if err != nil || n.Test || n.Event != payment.Captured || n.BankRef[:3] != "P02" {
		t.Fatalf("%+v, %v", n, err)
	}
	if h := r.Wait(t, 1)[0]; h.Err != nil || h.Outcome.After != payment.StateCaptured {
		t.Errorf("%+v, %v", h.Outcome, h.Err)
	}
	if got, _ := r.Find(t, p); got.State != payment.StateCaptured {
		t.Errorf("state %s", got.State)
	}
}

// TestSubscription: SNS asks before the first notice whether they are wanted, and hears that they are.
func TestSubscription(t *testing.T) {
	f := family(t, fake.New(), "2")
	r := gatewaytest.NewRig(t, f, f.Config)
	for _, region := range []string{"01", "02", "03"} {
		letter, err := fake.Subscription(f.Contracts[0], region)
		if err != nil {
			t.Fatal(err)
		}
		a, raw := r.Account(t, r.Mode.ID), payment.RawNotice{Header: letter.Header, Body: letter.Body}
		n, err := r.Gateway.ReadNotice(t.Context(), a, raw)
		if err == nil || r.Gateway.Acknowledge(n, err).Status != http.StatusOK {
			t.Errorf("region %s: %v", region, err)
		}
		for _, name := range []string{"SubscribeURL", "Token", "TopicArn", "Message", "Signature"} {
			n, err := r.Gateway.ReadNotice(t.Context(), a, change(raw, map[string]any{name: member(raw, name) + "0"}))
			if !errors.Is(err, payment.ErrForged) || r.Gateway.Acknowledge(n, err).Status != http.StatusForbidden {
				t.Errorf("region %s, with another %s: %v", region, name, err)
			}
		}
	}
}
