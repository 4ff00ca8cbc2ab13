package gatewaytest

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
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
	t.Run("PGW-35 the bank's page", func(t *testing.T) { branded(t, f) })
	t.Run("PGW-16 refusal", func(t *testing.T) { refusal(t, f) })
	t.Run("PGW-16 second payment of an order", func(t *testing.T) { double(t, f) })
	t.Run("PGW-13 card", func(t *testing.T) { card(t, f) })
	t.Run("PGW-22 asked", func(t *testing.T) { asked(t, f) })
	t.Run("PGW-30 refund", func(t *testing.T) { refund(t, f) })
	t.Run("PGW-30 the bank's own office", func(t *testing.T) { office(t, f) })
	t.Run("PGW-02 capture", func(t *testing.T) { capture(t, f) })
	t.Run("PGW-32 saved cards", func(t *testing.T) { saved(t, f) })
	t.Run("PGW-31 without the buyer", func(t *testing.T) { absent(t, f) })
	t.Run("PGW-45 broken and slow calls", func(t *testing.T) { troubles(t, f) })
}

func describes(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	if _, err := payment.NewGateways(r.Gateway); err != nil {
		t.Error(err)
	}
	c := r.Gateway.Capabilities()
	if c.Patience <= 0 || !slices.Contains(payment.Moments(), c.Moment) {
		t.Errorf("capabilities %+v", c)
	}
	if len(r.Gateway.Config().Secrets()) == 0 {
		t.Error("no secret field: who signs?")
	}
	if found := leaks(r.Mode, f.Secrets); found != "" {
		t.Errorf("the mode shows %q", found)
	}
	_, returns := r.Gateway.(payment.Returner)
	_, inquires := r.Gateway.(payment.Inquirer)
	_, refunds := r.Gateway.(payment.Refunder)
	_, captures := r.Gateway.(payment.Capturer)
	_, saves := r.Gateway.(payment.Saver)
	declared(t, "saved cards", saves, f.Lacks.Save)
	declared(t, "signed return", returns, f.Lacks.Return)
	if f.Lacks.Calls != "" {
		t.Logf("calls: none, %s", f.Lacks.Calls)
		return
	}
	declared(t, "inquiry", inquires, f.Lacks.Inquiry)
	declared(t, "refund", refunds, f.Lacks.Refund)
	declared(t, "capture", captures && f.Later != nil, f.Lacks.Later)
	if refunds {
		declared(t, "keys of calls", !c.Keyless, f.Lacks.Keys)
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
// pays the order. A buyer who takes too long or gives up has paid nothing.
func refusal(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	bill := r.Bill(t, money.Must(money.Parse("12.00", money.EUR)))
	p, action := r.Begin(t, r.Mode.ID, bill)
	r.Visit(t, action, Funds, bank.Proper)
	if told := r.Wait(t, f.letters(bank.Refused)); len(told) > 0 {
		got, _ := r.Find(t, p)
		if got.State != payment.StateFailed || got.Reason != f.funds() {
			t.Fatalf("state %s, reason %q", got.State, got.Reason)
		}
	}
	again, action := r.Begin(t, r.Mode.ID, bill)
	if again.Ref == p.Ref {
		t.Fatal("the second try has the reference of the first")
	}
	r.Visit(t, action, Secure, bank.Proper)
	out := r.Wait(t, f.letters(bank.Paid))
	if got, _ := r.Find(t, again); got.State != f.paid() {
		t.Errorf("second try: %s, %+v", got.State, out[0].Outcome)
	}
	third, err := begin(t, r, bill)
	if f.Lacks.Proof == "" && !errors.Is(err, payment.ErrPaid) {
		t.Errorf("a third try of a paid order: %+v, %v", third, err)
	}
	p, action = r.Begin(t, r.Mode.ID, r.Bill(t, bill.Amount))
	r.Visit(t, action, Deny, bank.Proper)
	if told := r.Wait(t, f.letters(bank.Refused)); len(told) > 0 {
		if got, _ := r.Find(t, p); got.State != payment.StateFailed || got.Reason != f.denied() {
			t.Errorf("who did not prove himself: state %s, reason %q", got.State, got.Reason)
		}
	}
	for card, kind := range map[Card]bank.Kind{GiveUp: bank.Cancelled, Timeout: bank.Expired} {
		p, action = r.Begin(t, r.Mode.ID, r.Bill(t, bill.Amount))
		r.Visit(t, action, card, bank.Proper)
		told := r.Wait(t, f.letters(kind))
		got, _ := r.Find(t, p)
		if got.State.Paid() || len(told) > 0 && got.State != payment.StateCancelled && got.State != payment.StateFailed {
			t.Errorf("%s: %s, %q", card, got.State, got.Reason)
		}
		if card == GiveUp && len(told) > 0 && got.Reason != payment.ReasonAbandoned {
			t.Errorf("given up: %q", got.Reason)
		}
	}
	r.Quiet(t)
}

func begin(t *testing.T, r *Rig, bill payment.Bill) (p payment.Payment, err error) {
	a := r.Account(t, r.Mode.ID)
	err = r.Shop.Write(t.Context(), func(tx tenant.Tx) (err error) {
		p, err = payment.Begin(tx, r.Gateway, a, bill)
		return err
	})
	return p, err
}

// double: two attempts of one order were open, and both are paid.
func double(t *testing.T, f Family) {
	if f.Lacks.Proof != "" {
		t.Logf("a person looks at both: %s", f.Lacks.Proof)
		return
	}
	r := NewRig(t, f, f.Config)
	bill := r.Bill(t, money.Must(money.Parse("30.00", money.EUR)))
	first, firstAction := r.Begin(t, r.Mode.ID, bill)
	second, secondAction := r.Begin(t, r.Mode.ID, bill)
	r.Visit(t, firstAction, Good, bank.Proper)
	r.Visit(t, secondAction, Good, bank.Proper)
	flagged := 0
	for _, h := range r.Wait(t, 2*f.letters(bank.Paid)) {
		if !h.Outcome.Repeat && !h.Outcome.Captured.Equal(bill.Amount) {
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
	r := NewRig(t, f, f.Config)
	inquirer, ok := r.Gateway.(payment.Inquirer)
	if !ok {
		return // declared
	}
	a := r.Account(t, r.Mode.ID)
	unheard, _ := r.Begin(t, r.Mode.ID, r.Bill(t, money.Must(money.Parse("5.00", money.EUR))))
	if f.Lacks.Calls != "" {
		if n, err := inquirer.Inquire(t.Context(), a, unheard); !errors.Is(err, payment.ErrOffice) {
			t.Errorf("without the right to ask: %+v, %v", n, err)
		}
		return
	}
	// Where starting opens the payment at the bank, it is known and waits.
	if n, err := inquirer.Inquire(t.Context(), a, unheard); !errors.Is(err, payment.ErrNotKnown) && (err != nil || n.Event != payment.Waiting) {
		t.Errorf("a payment the buyer never saw: %+v, %v", n, err)
	}
	lapse := r.Record(t, payment.SourceSweep, payment.Lapse(unheard))
	if lapse.After != payment.StateCancelled {
		t.Errorf("given up: %+v", lapse)
	}
	p, _ := r.Pay(t, Silent, bank.Never)
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
	q, _ := r.Pay(t, Silent, bank.Proper)
	first := r.Wait(t, f.letters(bank.Paid))
	q, _ = r.Find(t, q)
	if n, err = inquirer.Inquire(t.Context(), a, q); err != nil || len(first) > 0 && n.ID != first[len(first)-1].Notice.ID {
		t.Errorf("the inquiry calls the fact %q, the notice %q (%v)", n.ID, first[len(first)-1].Notice.ID, err)
	}
	wrong := r.Account(t, r.Save(t, f.Other, true).ID)
	if n, err := inquirer.Inquire(t.Context(), wrong, p); err == nil {
		t.Errorf("another merchant was told %+v", n)
	}
	r.Quiet(t)
}
