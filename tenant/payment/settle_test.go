package payment_test

import (
	"errors"
	"testing"

	"echoppe.dev/platform/kit/fsm"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/offline"
)

var merchant = tenant.Actor{Kind: tenant.Staff, ID: "7", Name: "Marie"}

func (b *book) settle(p payment.Payment, e payment.Event, amount money.Amount) (out payment.Outcome, err error) {
	err = b.shop.Write(b.t.Context(), func(tx tenant.Tx) (err error) {
		out, err = payment.Settle(tx, merchant, p.ID, payment.Settlement{Event: e, Amount: amount, Note: "seen on the account"})
		return err
	})
	return out, err
}

// TestSettle: ORD-10, the merchant records a cheque.
func TestSettle(t *testing.T) {
	b := newBook(t)
	b.gateway = offline.Cheque{}
	p, err := b.begin(gatewaytest.NewBill(t, b.shop, eur("10.00")))
	if err != nil || p.State != payment.StatePending {
		t.Fatalf("ORD-10 a cheque awaits payment at once: %+v, %v", p, err)
	}
	if _, err := b.settle(p, paid, eur("9.00")); !errors.Is(err, payment.ErrAmount) {
		t.Errorf("another amount: %v", err)
	}
	if _, err := b.settle(p, back, eur("1.00")); !errors.Is(err, fsm.ErrRefused) {
		t.Errorf("given back before it came: %v", err)
	}
	if got, ledger := b.find(p); got.State != payment.StatePending || len(ledger) != 1 {
		t.Errorf("refusals left traces: %s, %d lines", got.State, len(ledger))
	}
	out, err := b.settle(p, paid, eur("10.00"))
	if err != nil || out.After != captured || !out.Captured.Equal(p.Amount) {
		t.Fatalf("%+v, %v", out, err)
	}
	if _, err := b.settle(p, paid, eur("10.00")); !errors.Is(err, fsm.ErrRefused) {
		t.Errorf("recorded twice: %v", err)
	}
	if _, err := b.settle(p, back, eur("10.01")); !errors.Is(err, payment.ErrAmount) {
		t.Errorf("more than came: %v", err)
	}
	if out, err := b.settle(p, back, eur("4.00")); err != nil || out.After != part || !out.Refunded.Equal(eur("4.00")) {
		t.Errorf("%+v, %v", out, err)
	}
	_, ledger := b.find(p)
	if e := ledger[1]; e.Source != payment.SourceStaff || e.Message["by"] != "staff Marie" || e.Message["note"] == "" {
		t.Errorf("the ledger does not say who: %+v", e)
	}
	b.consistent(p)
}

// TestSettle_review: PGW-04, what does not fit waits for a person, who takes it as it came or not.
func TestSettle_review(t *testing.T) {
	b := newBook(t)
	doubted := func() payment.Payment {
		p := b.attempt()
		b.record(b.account, says(p, "1", paid, "9.00"))
		return p
	}
	p := doubted()
	if _, err := b.settle(p, paid, money.Must(money.Parse("9.00", money.USD))); !errors.Is(err, payment.ErrAmount) {
		t.Errorf("another currency: %v", err)
	}
	out, err := b.settle(p, paid, eur("9.00"))
	if err != nil || out.After != captured || !out.Captured.Equal(eur("9.00")) {
		t.Errorf("accepted: %+v, %v", out, err)
	}
	q := doubted()
	if out, err := b.settle(q, fail, eur("0")); err != nil || out.After != failed || out.Captured.IsPositive() {
		t.Errorf("turned down: %+v, %v", out, err)
	}
}

func TestAsk(t *testing.T) {
	b := newBook(t)
	p := b.attempt()
	ask := func(what payment.Event, amount string) (key string, err error) {
		err = b.shop.Write(t.Context(), func(tx tenant.Tx) error {
			asking, err := payment.Ask(tx, merchant, p.ID, what, eur(amount))
			key = asking.Key
			return err
		})
		return key, err
	}
	if _, err := ask(back, "1.00"); !errors.Is(err, fsm.ErrRefused) {
		t.Errorf("PGW-30 nothing was paid: %v", err)
	}
	b.record(b.account, says(p, "1", auth, "10.00"))
	for _, amount := range []string{"10.01", "0", "-1", "1.001"} {
		if _, err := ask(paid, amount); !errors.Is(err, payment.ErrAmount) {
			t.Errorf("PGW-02 capture %s: %v", amount, err)
		}
	}
	first, err := ask(paid, "4.00")
	if err != nil || first == "" {
		t.Fatal(err)
	}
	if out := b.record(b.account, says(p, "2", paid, "4.00")); out.After != captured || !out.Captured.Equal(eur("4.00")) || out.Flag != "" {
		t.Errorf("PGW-02 the part that was asked for: %+v", out)
	}
	if _, err := ask(back, "4.01"); !errors.Is(err, payment.ErrAmount) {
		t.Errorf("PGW-30 more than was captured: %v", err)
	}
	second, err := ask(back, "4.00")
	if err != nil || second == first {
		t.Errorf("keys %q and %q, %v", first, second, err)
	}
	if _, ledger := b.find(p); ledger[2].Verdict != payment.Asked || ledger[2].Source != payment.SourceStaff {
		t.Errorf("ledger %+v", ledger[2])
	}
}
