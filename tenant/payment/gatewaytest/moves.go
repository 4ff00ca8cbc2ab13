package gatewaytest

import (
	"errors"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }

// refund: in two parts, each once however often it is asked for and told.
func refund(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	g, ok := r.Gateway.(payment.Refunder)
	if !ok {
		return // declared
	}
	a := r.Account(t, r.Mode.ID)
	p, _ := r.Pay(t, Silent, bank.Proper)
	r.Wait(t, f.letters(bank.Paid))
	p = r.accepted(t, p)
	if f.Lacks.Calls != "" {
		if n, err := g.Refund(t.Context(), a, p, eur("1.00"), "key"); !errors.Is(err, payment.ErrOffice) {
			t.Errorf("without the right to ask: %+v, %v", n, err)
		}
		return
	}
	for i, part := range []struct {
		amount string
		state  payment.State
	}{
		{"20.00", payment.StatePartRefunded},
		{"29.90", payment.StateRefunded},
	} {
		amount := eur(part.amount)
		key := r.ask(t, p, payment.Refunded, amount)
		n, err := g.Refund(t.Context(), a, p, amount, key)
		if err != nil {
			t.Fatal(err)
		}
		if f.Lacks.Keys == "" {
			if again, err := g.Refund(t.Context(), a, p, amount, key); err != nil || again.ID != n.ID {
				t.Errorf("the same key again: %q, want %q (%v)", again.ID, n.ID, err)
			}
		}
		moved := r.Record(t, payment.SourceCall, n).Refunded
		for _, h := range r.Wait(t, f.answeredToo(bank.Refunded)) {
			moved = moved.Add(refundedBy(h))
			answered(t, f, h, false)
		}
		if !moved.Equal(amount) {
			t.Errorf("part %d: answer and notice together moved %s, want %s", i, moved, amount)
		}
		if got, _ := r.Find(t, p); got.State != part.state {
			t.Errorf("part %d: state %s", i, got.State)
		}
		p, _ = r.Find(t, p)
	}
	if n, err := g.Refund(t.Context(), a, p, eur("0.01"), "too much"); !errors.Is(err, payment.ErrDeclined) {
		t.Errorf("more than was paid was given back: %+v, %v", n, err)
	}
	if !p.Refundable().IsZero() {
		t.Errorf("still refundable: %s", p.Refundable())
	}
	if known, _ := r.Bank.Payment(p.Ref); known.Refunded != known.Captured {
		t.Errorf("the bank gave back %d of %d", known.Refunded, known.Captured)
	}
	r.Quiet(t)
}

// refundedBy is what a notice moved, zero when it was told before.
func refundedBy(h Heard) money.Amount {
	if h.Outcome.Refunded.Currency().IsZero() {
		return money.Zero(money.EUR)
	}
	return h.Outcome.Refunded
}

// office: the merchant gives money back in the bank's own office, and the shop learns it if the bank tells.
func office(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	p, _ := r.Pay(t, Silent, bank.Proper)
	r.Wait(t, f.letters(bank.Paid))
	p = r.accepted(t, p)
	known, _ := r.Bank.Payment(p.Ref)
	if err := r.Bank.Desk(known.Token, bank.Refund, 2000); err != nil {
		t.Fatal(err)
	}
	letters := f.letters(bank.Refunded)
	moved := money.Zero(money.EUR)
	for _, h := range r.Wait(t, letters) {
		moved = moved.Add(refundedBy(h))
		answered(t, f, h, false)
	}
	got, _ := r.Find(t, p)
	switch {
	case letters == 0 && got.State != payment.StateCaptured:
		t.Errorf("nobody told the shop, and its payment is %s", got.State)
	case letters == 0:
		t.Log("this bank says nothing of what its office does: the merchant records it")
	case !moved.Equal(eur("20.00")) || got.State != payment.StatePartRefunded:
		t.Errorf("told of %s, state %s", moved, got.State)
	}
	r.Quiet(t)
}

// capture: authorised, then a part of it taken; another authorisation let go.
func capture(t *testing.T, f Family) {
	if f.Later == nil {
		return // declared
	}
	r := NewRig(t, f, f.Later)
	a := r.Account(t, r.Mode.ID)
	taker, takes := r.Gateway.(payment.Capturer)
	p, _ := r.Pay(t, Silent, bank.Proper)
	r.Wait(t, f.letters(bank.Authorised))
	if p, _ = r.Find(t, p); p.State != payment.StateAuthorised || p.Captured.IsPositive() {
		t.Fatalf("authorised: %s, captured %s", p.State, p.Captured)
	}
	if takes {
		part := eur("40.00")
		key := r.ask(t, p, payment.Captured, part)
		n, err := taker.Capture(t.Context(), a, p, part, key)
		if err != nil {
			t.Fatal(err)
		}
		if f.Lacks.Keys == "" {
			if again, err := taker.Capture(t.Context(), a, p, part, key); err != nil || again.ID != n.ID {
				t.Errorf("the same key again: %q, want %q (%v)", again.ID, n.ID, err)
			}
		}
		moved := r.Record(t, payment.SourceCall, n).Captured
		for _, h := range r.Wait(t, f.answeredToo(bank.Paid)) {
			if h.Outcome.Captured.IsPositive() {
				moved = moved.Add(h.Outcome.Captured)
			}
		}
		if got, _ := r.Find(t, p); got.State != payment.StateCaptured || !got.Captured.Equal(part) || !moved.Equal(part) {
			t.Errorf("captured %s, told %s, want %s", got.Captured, moved, part)
		}
		p, _ = r.Find(t, p)
		if _, err := taker.Capture(t.Context(), a, p, part, "again"); !errors.Is(err, payment.ErrDeclined) {
			t.Errorf("captured twice: %v", err)
		}
	}
	if g, ok := r.Gateway.(payment.Canceller); ok {
		p, _ := r.Pay(t, Silent, bank.Proper)
		r.Wait(t, f.letters(bank.Authorised))
		p, _ = r.Find(t, p)
		n, err := g.Cancel(t.Context(), a, p, "cancel")
		if err != nil {
			t.Fatal(err)
		}
		r.Record(t, payment.SourceCall, n)
		r.Wait(t, f.answeredToo(bank.Cancelled))
		if got, _ := r.Find(t, p); got.State != payment.StateCancelled {
			t.Errorf("let go: state %s", got.State)
		}
	}
	r.Quiet(t)
}

// accepted is a payment as it is once a person has seen it, where one has to.
func (r *Rig) accepted(t *testing.T, p payment.Payment) payment.Payment {
	t.Helper()
	if p, _ = r.Find(t, p); p.State != payment.StateReview {
		return p
	}
	r.write(t, func(tx tenant.Tx) error {
		_, err := payment.Settle(tx, tenant.ByProgram, p.ID, payment.Settlement{Event: payment.Captured, Amount: p.Amount})
		return err
	})
	p, _ = r.Find(t, p)
	return p
}

// ask notes a call and gives its key.
func (r *Rig) ask(t *testing.T, p payment.Payment, what payment.Event, amount money.Amount) (key string) {
	t.Helper()
	r.write(t, func(tx tenant.Tx) error {
		asking, err := payment.Ask(tx, tenant.ByProgram, p.ID, what, amount)
		key = asking.Key
		return err
	})
	return key
}
