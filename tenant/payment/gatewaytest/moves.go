package gatewaytest

import (
	"errors"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// refund: in two parts, each once however often it is asked for and told.
func refund(t *testing.T, f Family) {
	g, ok := f.Gateway.(payment.Refunder)
	if !ok {
		t.Log("this bank gives nothing back by itself")
		return
	}
	r := NewRig(t, f, f.Config)
	a := r.Account(t, r.Mode.ID)
	p, _ := r.Pay(t, Silent, Proper)
	r.Wait(t, 1)
	p, _ = r.Find(t, p)
	for i, part := range []struct {
		amount string
		state  payment.State
	}{
		{"20.00", payment.StatePartRefunded},
		{"29.90", payment.StateRefunded},
	} {
		amount := money.Must(money.Parse(part.amount, money.EUR))
		key := r.ask(t, p, payment.Refunded, amount)
		n, err := g.Refund(t.Context(), a, p, amount, key)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := g.Refund(t.Context(), a, p, amount, key); err != nil || again.ID != n.ID {
			t.Errorf("the same key again: %q, want %q (%v)", again.ID, n.ID, err)
		}
		moved := r.Record(t, payment.SourceCall, n).Refunded
		moved = moved.Add(r.Wait(t, 1)[0].Outcome.Refunded)
		if !moved.Equal(amount) {
			t.Errorf("part %d: answer and notice together moved %s, want %s", i, moved, amount)
		}
		if got, _ := r.Find(t, p); got.State != part.state {
			t.Errorf("part %d: state %s", i, got.State)
		}
	}
	if n, err := g.Refund(t.Context(), a, p, money.Must(money.Parse("0.01", money.EUR)), "too much"); !errors.Is(err, payment.ErrDeclined) {
		t.Errorf("more than was paid was given back: %+v, %v", n, err)
	}
	got, _ := r.Find(t, p)
	if !got.Refundable().IsZero() {
		t.Errorf("still refundable: %s", got.Refundable())
	}
	r.Quiet(t)
}

// capture: authorised, then a part of it taken; another authorisation let go.
func capture(t *testing.T, f Family) {
	if f.ConfigLater == nil {
		t.Log("this bank takes the money at once")
		return
	}
	r := NewRig(t, f, f.ConfigLater)
	a := r.Account(t, r.Mode.ID)
	taker, takes := f.Gateway.(payment.Capturer)
	p, _ := r.Pay(t, Silent, Proper)
	if out := r.Wait(t, 1)[0].Outcome; out.After != payment.StateAuthorised || out.Captured.IsPositive() {
		t.Fatalf("authorised: %+v", out)
	}
	if takes {
		part := money.Must(money.Parse("40.00", money.EUR))
		n, err := taker.Capture(t.Context(), a, p, part, r.ask(t, p, payment.Captured, part))
		if err != nil {
			t.Fatal(err)
		}
		moved := r.Record(t, payment.SourceCall, n).Captured
		moved = moved.Add(r.Wait(t, 1)[0].Outcome.Captured)
		if got, _ := r.Find(t, p); got.State != payment.StateCaptured || !got.Captured.Equal(part) || !moved.Equal(part) {
			t.Errorf("captured %s, told %s, want %s", got.Captured, moved, part)
		}
		if _, err := taker.Capture(t.Context(), a, p, part, "again"); !errors.Is(err, payment.ErrDeclined) {
			t.Errorf("captured twice: %v", err)
		}
	}
	if g, ok := f.Gateway.(payment.Canceller); ok {
		p, _ := r.Pay(t, Silent, Proper)
		r.Wait(t, 1)
		n, err := g.Cancel(t.Context(), a, p, "cancel")
		if err != nil {
			t.Fatal(err)
		}
		r.Record(t, payment.SourceCall, n)
		r.Wait(t, 1)
		if got, _ := r.Find(t, p); got.State != payment.StateCancelled {
			t.Errorf("let go: state %s", got.State)
		}
	}
}

// ask notes a call and gives its key.
func (r *Rig) ask(t *testing.T, p payment.Payment, what payment.Event, amount money.Amount) (key string) {
	t.Helper()
	r.write(t, func(tx tenant.Tx) (err error) {
		key, err = payment.Ask(tx, tenant.ByProgram, p.ID, what, amount)
		return err
	})
	return key
}
