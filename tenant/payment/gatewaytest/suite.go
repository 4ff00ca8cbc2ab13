package gatewaytest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// Run tests a family.
func Run(t *testing.T, f Family) {
	t.Run("PGW-01 key and form", func(t *testing.T) { describes(t, f) })
	t.Run("PGW-04 hostile notices", func(t *testing.T) { hostile(t, f) })
	t.Run("PGW-04 return", func(t *testing.T) { returns(t, f) })
	t.Run("PGW-03 twins", func(t *testing.T) { twins(t, f) })
	t.Run("PGW-16 refusal", func(t *testing.T) { refusal(t, f) })
	t.Run("PGW-16 second payment of an order", func(t *testing.T) { double(t, f) })
	t.Run("PGW-22 asked", func(t *testing.T) { asked(t, f) })
	t.Run("PGW-30 refund", func(t *testing.T) { refund(t, f) })
	t.Run("PGW-02 capture", func(t *testing.T) { capture(t, f) })
}

func describes(t *testing.T, f Family) {
	if _, err := payment.NewGateways(f.Gateway); err != nil {
		t.Error(err)
	}
	c := f.Gateway.Capabilities()
	if c.Patience <= 0 || !slices.Contains(payment.Moments(), c.Moment) {
		t.Errorf("capabilities %+v", c)
	}
	if len(f.Gateway.Config().Secrets()) == 0 {
		t.Error("no secret field: who signs?")
	}
	r := NewRig(t, f, f.Config)
	if found := leaks(r.Mode, f.Secrets); found != "" {
		t.Errorf("the mode shows %q", found)
	}
}

// leaks is the first secret found in a mode as it is shown.
func leaks(m payment.Mode, secrets []string) string {
	for _, s := range secrets {
		for name := range m.Config {
			if strings.Contains(m.Config.Text(name), s) {
				return s
			}
		}
	}
	return ""
}

// refusal: the buyer's card is refused, the reason is told, and another try under another reference
// pays the order.
func refusal(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	bill := r.Bill(t, money.Must(money.Parse("12.00", money.EUR)))
	p, action := r.Begin(t, r.Mode.ID, bill)
	f.Visit(t, action, Funds, Proper)
	heard := r.Wait(t, 1)[0]
	got, _ := r.Find(t, p)
	if got.State != payment.StateFailed || got.Reason != payment.ReasonFunds || heard.Outcome.After != payment.StateFailed {
		t.Fatalf("state %s, reason %q", got.State, got.Reason)
	}
	again, action := r.Begin(t, r.Mode.ID, bill)
	if again.Ref == p.Ref {
		t.Fatal("the second try has the reference of the first")
	}
	f.Visit(t, action, Secure, Proper)
	if out := r.Wait(t, 1)[0].Outcome; out.After != payment.StateCaptured || out.Flag != payment.FlagNone {
		t.Errorf("second try: %+v", out)
	}
	third, err := begin(t, r, bill)
	if !errors.Is(err, payment.ErrPaid) {
		t.Errorf("a third try of a paid order: %+v, %v", third, err)
	}
	p, action = r.Begin(t, r.Mode.ID, r.Bill(t, bill.Amount))
	f.Visit(t, action, GiveUp, Proper)
	r.Wait(t, 1)
	if got, _ := r.Find(t, p); got.State != payment.StateCancelled || got.Reason != payment.ReasonAbandoned {
		t.Errorf("given up: %s, %q", got.State, got.Reason)
	}
}

func begin(t *testing.T, r *Rig, bill payment.Bill) (p payment.Payment, err error) {
	a := r.Account(t, r.Mode.ID)
	err = r.Shop.Write(t.Context(), func(tx tenant.Tx) (err error) {
		p, err = payment.Begin(tx, r.family.Gateway, a, bill)
		return err
	})
	return p, err
}

// double: two attempts of one order were open, and both are paid.
func double(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	bill := r.Bill(t, money.Must(money.Parse("30.00", money.EUR)))
	first, firstAction := r.Begin(t, r.Mode.ID, bill)
	second, secondAction := r.Begin(t, r.Mode.ID, bill)
	f.Visit(t, firstAction, Good, Proper)
	f.Visit(t, secondAction, Good, Proper)
	flagged := 0
	for _, h := range r.Wait(t, 2) {
		if !h.Outcome.Captured.Equal(bill.Amount) {
			t.Errorf("captured %s", h.Outcome.Captured)
		}
		if h.Outcome.Flag == payment.FlagDouble {
			flagged++
		}
	}
	if flagged != 1 {
		t.Errorf("%d of two payments flagged as double", flagged)
	}
	for _, p := range []payment.Payment{first, second} {
		if got, _ := r.Find(t, p); !got.Captured.Equal(bill.Amount) {
			t.Errorf("attempt %s captured %s: money that came must be in the book", p.Ref, got.Captured)
		}
	}
}

// asked: the bank knows what became of payments nobody told us about.
func asked(t *testing.T, f Family) {
	inquirer, ok := f.Gateway.(payment.Inquirer)
	if !ok {
		t.Log("this bank cannot be asked")
		return
	}
	r := NewRig(t, f, f.Config)
	a := r.Account(t, r.Mode.ID)
	unheard, _ := r.Begin(t, r.Mode.ID, r.Bill(t, money.Must(money.Parse("5.00", money.EUR))))
	if n, err := inquirer.Inquire(t.Context(), a, unheard); !errors.Is(err, payment.ErrNotKnown) {
		t.Errorf("a payment the bank never saw: %+v, %v", n, err)
	}
	lapse := r.Record(t, payment.SourceSweep, payment.Lapse(unheard))
	if lapse.After != payment.StateCancelled {
		t.Errorf("given up: %+v", lapse)
	}
	p, _ := r.Pay(t, Silent, Never)
	n, err := inquirer.Inquire(t.Context(), a, p)
	if err != nil {
		t.Fatal(err)
	}
	if out := r.Record(t, payment.SourceInquiry, n); out.After != payment.StateCaptured || !out.Captured.Equal(p.Amount) {
		t.Errorf("asked: %+v", out)
	}
	again, err := inquirer.Inquire(t.Context(), a, p)
	if err != nil {
		t.Fatal(err)
	}
	if out := r.Record(t, payment.SourceInquiry, again); !out.Repeat || out.Captured.IsPositive() {
		t.Errorf("asked again: %+v", out)
	}
	wrong := r.Account(t, r.Save(t, f.Other, true).ID)
	if n, err := inquirer.Inquire(t.Context(), wrong, p); err == nil {
		t.Errorf("another merchant was told %+v", n)
	}
	r.Quiet(t)
}
