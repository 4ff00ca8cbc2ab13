package gatewaytest

import (
	"errors"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// troubles: the bank's answers are late or broken. Nothing is done twice, nothing is taken for refused, and
// once the bank is well again all comes right.
func troubles(t *testing.T, f Family) {
	for _, quirk := range []Quirk{bank.BrokenCalls, bank.SlowCalls} {
		t.Run(string(quirk), func(t *testing.T) {
			t.Run("start", func(t *testing.T) { startInTrouble(t, f, quirk) })
			t.Run("notice", func(t *testing.T) { noticeInTrouble(t, f, quirk) })
			t.Run("inquiry", func(t *testing.T) { inquiryInTrouble(t, f, quirk) })
			t.Run("refund", func(t *testing.T) { refundInTrouble(t, f, quirk) })
		})
	}
}

// upstream tells that an error asks to try again later, and says nothing else.
func upstream(t *testing.T, what string, err error) {
	t.Helper()
	if !fault.Is(err, fault.Upstream) {
		t.Errorf("%s while the bank is in trouble: %v", what, err)
	}
}

// startInTrouble: a payment that cannot be opened is opened when it is tried again, and paid once.
func startInTrouble(t *testing.T, f Family, quirk Quirk) {
	r := NewRig(t, f, f.Config)
	a := r.Account(t, r.Mode.ID)
	var p payment.Payment
	bill := r.Bill(t, eur("7.00"))
	r.write(t, func(tx tenant.Tx) (err error) {
		p, err = payment.Begin(tx, r.Gateway, a, bill)
		return err
	})
	q := r.request(p, r.Mode.ID)
	r.Bank.Behave(quirk)
	if _, err := r.Gateway.Start(t.Context(), a, q); err != nil {
		upstream(t, "start", err)
	}
	r.Bank.Behave(bank.Proper)
	action, err := r.Gateway.Start(t.Context(), a, q)
	if err != nil {
		t.Fatal(err)
	}
	r.Visit(t, action, Silent, bank.Proper)
	r.Wait(t, f.letters(bank.Paid))
	if got, _ := r.Find(t, p); f.letters(bank.Paid) > 0 && got.State != f.trial(t, bank.Proper).State {
		t.Errorf("state %s", got.State)
	}
	r.Quiet(t)
}

// noticeInTrouble: a family that must ask its bank to believe a notice makes the bank repeat it.
func noticeInTrouble(t *testing.T, f Family, quirk Quirk) {
	if f.letters(bank.Paid) == 0 {
		return
	}
	r := NewRig(t, f, f.Config, 20*time.Millisecond, 20*time.Millisecond, 20*time.Millisecond)
	p, action := r.Begin(t, r.Mode.ID, r.Bill(t, eur("49.90")))
	r.Bank.Behave(quirk)
	r.Visit(t, action, Silent, bank.Proper)
	first := r.Wait(t, 1)[0]
	r.Bank.Behave(bank.Proper)
	if first.Err != nil {
		upstream(t, "notice", first.Err)
		if same(first.Reply, f.Expected(first.Notice)) == nil {
			t.Error("the bank was told that all is well")
		}
	}
	for range 40 { // the bank repeats, and other letters may come
		if got, _ := r.Find(t, p); got.State == f.trial(t, bank.Proper).State {
			return
		}
		r.Wait(t, 1)
	}
	t.Error("the notice was lost")
}

// inquiryInTrouble: a bank that cannot answer is not one that knows nothing.
func inquiryInTrouble(t *testing.T, f Family, quirk Quirk) {
	r := NewRig(t, f, f.Config)
	inquirer, ok := r.Gateway.(payment.Inquirer)
	if !ok || f.Lacks.Calls != "" {
		return // declared
	}
	p, _ := r.Pay(t, Silent, bank.Never)
	r.Bank.Behave(quirk)
	n, err := inquirer.Inquire(t.Context(), r.Account(t, r.Mode.ID), p)
	if err == nil {
		t.Fatalf("was told %+v", n)
	}
	upstream(t, "inquiry", err)
}

// refundInTrouble: the answer to a refund is lost. It is given back once or not at all, and where the bank
// knows keys asking again settles it.
func refundInTrouble(t *testing.T, f Family, quirk Quirk) {
	r := NewRig(t, f, f.Config)
	g, ok := r.Gateway.(payment.Refunder)
	if !ok || f.Lacks.Calls != "" {
		return // declared
	}
	a := r.Account(t, r.Mode.ID)
	p, _ := r.Pay(t, Silent, bank.Proper)
	r.Wait(t, f.letters(bank.Paid))
	p = r.accepted(t, p)
	part := eur("20.00")
	key := r.ask(t, p, payment.Refunded, part)
	r.Bank.Behave(quirk)
	_, err := g.Refund(t.Context(), a, p, part, key)
	upstream(t, "refund", err)
	if errors.Is(err, payment.ErrDeclined) {
		t.Error("a lost answer was taken for a refusal")
	}
	r.Bank.Behave(bank.Proper)
	time.Sleep(50 * time.Millisecond) // what the bank still does for somebody who has hung up
	if known, _ := r.Bank.Payment(p.Ref); known.Refunded > 2000 {
		t.Fatalf("the bank gave back %d", known.Refunded)
	}
	if f.Lacks.Keys != "" {
		t.Logf("not asked again: %s", f.Lacks.Keys)
		return
	}
	n, err := g.Refund(t.Context(), a, p, part, key)
	if err != nil {
		t.Fatal(err)
	}
	r.Record(t, payment.SourceCall, n)
	r.Wait(t, f.answeredToo(bank.Refunded))
	known, _ := r.Bank.Payment(p.Ref)
	if got, _ := r.Find(t, p); known.Refunded != 2000 || !got.Refunded.Equal(part) {
		t.Errorf("the bank gave back %d, the book says %s", known.Refunded, got.Refunded)
	}
	r.Quiet(t)
}
