package gatewaytest

import (
	"errors"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// absent: a guest agrees that his card is charged when he is not there. It is, once for each payment; a card without money, one that is
// to be charged no more and one whose bank wants to see him are refused, each for its reason, and nobody is led anywhere.
func absent(t *testing.T, f Family) {
	r := NewRig(t, f, f.Config)
	g, ok := r.Gateway.(payment.Repeater)
	if _, saves := r.Gateway.(payment.Saver); !saves {
		return // declared
	}
	if !declared(t, "payments without the buyer", ok && g.Repeats(r.Mode), f.Lacks.Repeat) {
		return
	}
	a := r.Account(t, r.Mode.ID)
	good := r.mandate(t, Good)
	if good.Agreed.Text == "" || good.Agreed.At.IsZero() || good.Card.Last == "" || !good.Test || good.Mode != r.Mode.ID {
		t.Fatalf("mandate: %+v", good)
	}
	token := r.open(t, good)
	r.sealed(t, token)
	p, request := r.byMandate(t)
	said, err := g.Charge(t.Context(), a, request, token)
	if err != nil || said.Next != nil || said.Notice.Event != payment.Captured || !said.Notice.Token.IsZero() {
		t.Fatalf("charged: %+v, %v", said, err)
	}
	if again, err := g.Charge(t.Context(), a, request, token); err != nil || again.Notice.ID != said.Notice.ID {
		t.Errorf("charged again: %+v, %v", again, err)
	}
	taken := r.Record(t, payment.SourceCall, said.Notice).Captured
	for _, h := range r.Wait(t, f.letters(bank.Paid)) { // which may have been faster
		if h.Err != nil {
			t.Errorf("the notice: %v", h.Err)
		}
		if h.Outcome.Captured.IsPositive() {
			taken = taken.Add(h.Outcome.Captured)
		}
	}
	known, _ := r.Bank.Payment(p.Ref)
	if !taken.Equal(p.Amount) || known.Captured != 4990 || !known.Request.Absent {
		t.Errorf("answer and notices together captured %s, the bank %d, absent %t", taken, known.Captured, known.Request.Absent)
	}

	for card, want := range map[Card]struct {
		reason payment.Reason
		never  bool
	}{Poor: {f.funds(), false}, Secure: {payment.ReasonSecure, false}, Once: {payment.ReasonCard, true}} {
		if card == Secure && f.Lacks.Secure != "" {
			continue
		}
		token := r.open(t, r.mandate(t, card))
		p, request := r.byMandate(t)
		said, err := g.Charge(t.Context(), a, request, token)
		if err != nil || said.Next != nil || said.Notice.Event != payment.Failed || said.Notice.Reason != want.reason || said.Notice.Never != want.never {
			t.Fatalf("%s: %+v, %v", card, said, err)
		}
		out := r.Record(t, payment.SourceCall, said.Notice)
		for _, h := range r.Wait(t, f.letters(bank.Refused)) {
			if h.Outcome.Verdict == payment.Conflict {
				t.Errorf("%s: the notice contradicts the answer: %+v", card, h.Notice)
			}
		}
		if got, _ := r.Find(t, p); got.State != payment.StateFailed || !got.Captured.IsZero() || !out.Repeat && out.Never != want.never {
			t.Errorf("%s: %s, %s, never again %t", card, got.State, got.Captured, out.Never)
		}
	}

	_, request = r.byMandate(t)
	for what, card := range map[string]payment.Token{"live": {Name: token.Name}, "unknown": {Name: secret.NewText("nobody/nothing"), Test: true}} {
		if said, err := g.Charge(t.Context(), a, request, card); !errors.Is(err, payment.ErrNoCard) {
			t.Errorf("%s card: %+v, %v", what, said, err)
		}
	}
	r.write(t, func(tx tenant.Tx) error { return payment.DropMandate(tx, good) })
	for range 2 {
		if err := g.Forget(t.Context(), a, token); err != nil {
			t.Fatal(err)
		}
	}
	if said, err := g.Charge(t.Context(), a, request, token); !errors.Is(err, payment.ErrNoCard) {
		t.Errorf("a deleted card: %+v, %v", said, err)
	}
	r.Quiet(t)
}

// mandate pays an order as a guest who agrees that his card is charged without him, and gives what is kept of that, once.
func (r *Rig) mandate(t *testing.T, card Card) payment.Mandate {
	t.Helper()
	bill := r.Bill(t, eur("10.00"))
	bill.Saving = payment.Saving{Agreed: payment.Mandated(clock.System().Now(), "fr", "10 € chaque mois"), Lasting: true}
	_, action := r.Begin(t, r.Mode.ID, bill)
	r.Visit(t, action, card, bank.Duplicate)
	var kept []payment.Mandate
	for _, h := range r.Wait(t, 3*r.family.letters(bank.Paid)) {
		r.write(t, func(tx tenant.Tx) error {
			m, err := r.Modes.KeepMandate(tx, h.Outcome, h.Notice)
			if m != nil {
				kept = append(kept, *m)
			}
			return err
		})
	}
	if len(kept) != 1 {
		t.Fatalf("%s: %d mandates", card, len(kept))
	}
	return kept[0]
}

func (r *Rig) open(t *testing.T, m payment.Mandate) (token payment.Token) {
	t.Helper()
	r.read(t, func(tx tenant.Tx) (err error) {
		token, err = r.Modes.OpenMandate(tx, m)
		return err
	})
	return token
}

// byMandate begins an attempt whose buyer is not there, and gives what the family is asked.
func (r *Rig) byMandate(t *testing.T) (payment.Payment, payment.Request) {
	t.Helper()
	bill := r.Bill(t, eur("49.90"))
	bill.Saving = payment.Saving{Absent: true}
	p, err := begin(t, r, bill)
	if err != nil {
		t.Fatal(err)
	}
	return p, r.request(p, r.Mode.ID)
}
