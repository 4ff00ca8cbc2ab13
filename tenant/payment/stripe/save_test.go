package stripe_test

import (
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestSave_later: PGW-32, while Stripe does not tell which card it keeps, its event is refused and comes again; the money is told
// meanwhile, and once.
func TestSave_later(t *testing.T) {
	f := family("hosted")
	r := gatewaytest.NewRig(t, f, f.Config, 300*time.Millisecond, 300*time.Millisecond, time.Second, 3*time.Second, 10*time.Second)
	bill := r.Bill(t, money.Must(money.Parse("12.00", money.EUR)))
	bill.Saving = payment.Saving{Owner: id.New[payment.Owner](), Agreed: payment.Agree(clock.System().Now(), "fr")}
	p, action := r.Begin(t, r.Mode.ID, bill)
	r.Bank.Behave(bank.BrokenCalls)
	r.Visit(t, action, gatewaytest.Good, bank.Proper)
	paid, refused := 0, 0
	for _, h := range r.Wait(t, 2) {
		switch {
		case h.Err == nil && h.Outcome.Captured.Equal(bill.Amount):
			paid++
		case fault.Is(h.Err, fault.Upstream) && h.Reply.Status == 503:
			refused++
		}
	}
	if paid != 1 || refused != 1 {
		t.Fatalf("%d events told of the money, %d were refused", paid, refused)
	}
	r.Bank.Behave(bank.Proper)
	for tries := 0; ; tries++ {
		h := r.Wait(t, 1)[0]
		if h.Outcome.Captured.IsPositive() {
			t.Error("the money was told twice")
		}
		if !h.Notice.Token.IsZero() {
			break
		}
		if tries > 5 {
			t.Fatalf("the card is not told: %+v, %v", h.Notice, h.Err)
		}
	}
	if got, _ := r.Find(t, p); !got.Captured.Equal(bill.Amount) {
		t.Errorf("captured %s", got.Captured)
	}
}
