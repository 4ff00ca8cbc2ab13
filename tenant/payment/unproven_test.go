package payment_test

import (
	"testing"

	"echoppe.dev/tenant/payment"
)

// TestRecord_unproven: PGW-04, money nobody has proved waits for a person, who accepts it; what is said of no money,
// and what has been proved before, is taken as it is.
func TestRecord_unproven(t *testing.T) {
	b := newBook(t)
	say := func(p payment.Payment, id string, e payment.Event, unproven bool) payment.Outcome {
		return b.record(b.account, payment.Notice{ID: p.Ref + id, Ref: p.Ref, Event: e, Amount: p.Amount, Unproven: unproven, Test: p.Test})
	}
	for _, event := range []payment.Event{payment.Captured, payment.Authorised} {
		p := b.attempt()
		out := say(p, "1", event, true)
		if out.After != review || out.Flag != payment.FlagUnproven || out.Verdict != payment.Doubted || out.Captured.IsPositive() {
			t.Errorf("%s, unproven: %+v", event, out)
		}
		if out := say(p, "1", event, true); !out.Repeat {
			t.Errorf("%s, told again: %+v", event, out)
		}
		if out := say(p, "0", payment.Failed, false); out.After != review || out.Verdict != payment.Refused {
			t.Errorf("a refusal that was overtaken hides the money: %+v", out)
		}
		if out, err := b.settle(p, payment.Captured, p.Amount); err != nil || out.After != captured || !out.Captured.Equal(p.Amount) {
			t.Errorf("accepted by a person: %+v, %v", out, err)
		}
	}
	p := b.attempt()
	if out := say(p, "1", payment.Failed, true); out.After != failed || out.Flag != payment.FlagNone {
		t.Errorf("a refusal, unproven: %+v", out)
	}
	p = b.attempt()
	say(p, "1", payment.Captured, false)
	if out := say(p, "2", payment.Captured, true); out.After != captured || out.Flag != payment.FlagNone || out.Captured.IsPositive() {
		t.Errorf("proved, then unproven: %+v", out)
	}
}
