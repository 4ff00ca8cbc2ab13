package payment_test

import (
	"testing"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// TestDispute: PGW-15, PGW-22, a buyer disputes what he paid, and it ends in one way or the other, once.
func TestDispute(t *testing.T) {
	b := newBook(t)
	due := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	claim := func(p payment.Payment, id string, e payment.Event, amount string) payment.Notice {
		n := says(p, id, e, amount)
		n.Dispute = payment.Claim{Reason: "fraudulent", Due: due}
		return n
	}
	settled := func() payment.Payment {
		p := b.attempt()
		b.record(b.account, says(p, "paid "+p.Ref, paid, "10.00"))
		return p
	}
	for _, tt := range []struct {
		name     string
		back     string // refunded before
		told     []payment.Event
		amount   string
		state    payment.State
		refunded string
		open     bool
	}{
		{"disputed", "", []payment.Event{payment.Disputed}, "10.00", payment.StateDisputed, "0", true},
		{"won", "", []payment.Event{payment.Disputed, payment.DisputeWon}, "10.00", captured, "0", false},
		{"won, with a part given back before", "4.00", []payment.Event{payment.Disputed, payment.DisputeWon}, "6.00", payment.StatePartRefunded, "4.00", false},
		{"lost", "", []payment.Event{payment.Disputed, payment.DisputeLost}, "10.00", payment.StateChargedBack, "10.00", false},
		{"lost in part", "", []payment.Event{payment.Disputed, payment.DisputeLost}, "7.00", payment.StateChargedBack, "7.00", false},
		{"lost what is left", "4.00", []payment.Event{payment.Disputed, payment.DisputeLost}, "10.00", payment.StateChargedBack, "10.00", false},
		{"the loss is heard first", "", []payment.Event{payment.DisputeLost, payment.Disputed}, "10.00", payment.StateChargedBack, "10.00", false},
		{"won twice", "", []payment.Event{payment.Disputed, payment.DisputeWon, payment.DisputeWon}, "10.00", captured, "0", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := settled()
			if tt.back != "" {
				b.record(b.account, says(p, "back "+p.Ref, back, tt.back))
			}
			for i, e := range tt.told {
				n := claim(p, p.Ref+string(rune('a'+i)), e, tt.amount)
				if first, again := b.record(b.account, n), b.record(b.account, n); again.Money() || !again.Repeat && first.Verdict == payment.Applied {
					t.Errorf("%s told twice: %+v", e, again)
				}
			}
			got, _ := b.find(p)
			if got.State != tt.state || !got.Refunded.Equal(eur(tt.refunded)) || got.Dispute.Open() != tt.open {
				t.Errorf("%s, refunded %s, dispute %+v", got.State, got.Refunded, got.Dispute)
			}
			if d := got.Dispute; d == nil || d.Reason != "fraudulent" || tt.told[0] == payment.Disputed && !d.Due.Equal(due) || !d.Amount.Equal(eur(tt.amount)) {
				t.Errorf("dispute %+v", d)
			}
		})
	}
}

// TestDispute_strange: what cannot be is told to a person and moves nothing.
func TestDispute_strange(t *testing.T) {
	b := newBook(t)
	p := b.attempt()
	if out := b.record(b.account, says(p, "1", payment.Disputed, "10.00")); out.Flag != payment.FlagDispute || out.Moved() {
		t.Errorf("nothing was paid: %+v", out)
	}
	b.record(b.account, says(p, "2", paid, "10.00"))
	if out := b.record(b.account, says(p, "3", payment.Disputed, "10.01")); out.Flag != payment.FlagMismatch || out.Moved() {
		t.Errorf("more than was paid: %+v", out)
	}
	n := says(p, "4", payment.Disputed, "1.00")
	n.Amount = money.Must(money.Parse("1.00", money.USD))
	if out := b.record(b.account, n); out.Flag != payment.FlagMismatch || out.Moved() {
		t.Errorf("in another currency: %+v", out)
	}
	b.record(b.account, says(p, "5", back, "10.00"))
	if out := b.record(b.account, says(p, "6", payment.Disputed, "10.00")); out.Flag != payment.FlagDispute || out.Moved() {
		t.Errorf("all of it was given back: %+v", out)
	}
}

// TestListDisputed: PGW-15, the first deadline first.
func TestListDisputed(t *testing.T) {
	b := newBook(t)
	var want []payment.ID
	for _, days := range []int{20, 0, 5} { // 0: the bank does not say
		p := b.attempt()
		b.record(b.account, says(p, "paid "+p.Ref, paid, "10.00"))
		n := says(p, "dispute "+p.Ref, payment.Disputed, "10.00")
		if days > 0 {
			n.Dispute.Due = time.Date(2026, 12, days, 0, 0, 0, 0, time.UTC)
		}
		b.record(b.account, n)
		want = append(want, p.ID)
	}
	err := b.shop.Read(t.Context(), func(tx tenant.Tx) error {
		list, err := payment.ListDisputed(tx)
		if err == nil && (len(list) != 3 || list[0].ID != want[2] || list[1].ID != want[0] || list[2].ID != want[1]) {
			t.Errorf("in another order: %+v", list)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
