package checkout_test

import (
	"context"
	"testing"
	"time"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// PAY-05: a refund at the bank whose notice was lost is found by the daily check, recorded as asked for, told once and not
// asked about every day.
func TestReconcile(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	which, p := bought(t, s, "card")
	lose(t, s, false, false, false)
	s.Bank.Office(p.Ref, "refund")
	s.Bank.Wait(2)
	if got := attempt(t, s, which); got.State != payment.StateCaptured {
		t.Fatalf("the notice was not lost: %s", got.State)
	}
	if done, err := s.Desk.Reconcile(t.Context(), s.Shop); err != nil || done.Asked != 0 {
		t.Errorf("what was heard of just now is asked about: %+v, %v", done, err)
	}
	s.Pass(25 * time.Hour)
	s.Write(func(tx tenant.Tx) error { return jobs.Enqueue(tx, checkout.Reconcile{}) })
	s.Work()
	s.Work() // the job of the shop
	if got, o := attempt(t, s, which), s.Find(which); got.State != payment.StateRefunded || o.PaymentState() != order.AllRefunded {
		t.Fatalf("PAY-05 %s, order %s", got.State, o.PaymentState())
	}
	var checks []checkout.Checked
	var ledger []payment.Entry
	s.Read(func(tx tenant.Tx) (err error) {
		if checks, err = checkout.Checks(tx, tx.Now().Add(-time.Hour)); err != nil {
			return err
		}
		ledger, err = payment.Ledger(tx, p.ID)
		return err
	})
	if len(checks) != 1 || checks[0].Asked != 1 || checks[0].Found != 1 || checks[0].Away != 0 || len(checks[0].Told) != 1 || checks[0].Told[0].Order != which ||
		checks[0].Told[0].State != payment.StateRefunded {
		t.Errorf("PAY-05 told %+v", checks)
	}
	if last := ledger[len(ledger)-1]; last.Source != payment.SourceInquiry || last.Event != payment.Refunded {
		t.Errorf("PAY-05 recorded as %s of %s", last.Event, last.Source)
	}
	for day := range 3 {
		s.Pass(24 * time.Hour)
		if done, err := s.Desk.Reconcile(t.Context(), s.Shop); err != nil || done.Asked != 0 {
			t.Errorf("day %d: what is over is asked about: %+v, %v", day, done, err)
		}
	}
}

// What is no news is asked about ever more seldom, and no more after four months.
func TestReconcile_seldom(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	bought(t, s, "card")
	asked, last := 0, 0
	for day := range 160 {
		s.Pass(24 * time.Hour)
		done, err := s.Desk.Reconcile(t.Context(), s.Shop)
		if err != nil || done.Found != 0 {
			t.Fatalf("day %d: %+v, %v", day, done, err)
		}
		if done.Asked > 0 {
			asked, last = asked+1, day
		}
	}
	if asked < 6 || asked > 14 || last >= 120 {
		t.Errorf("PAY-05 asked %d times, last on day %d", asked, last)
	}
}

// deaf is a bank that is asked and counts how often.
type deaf struct {
	payment.Gateway
	asked *int
	err   error
}

func (d deaf) Inquire(context.Context, payment.Account, payment.Payment) (payment.Notice, error) {
	*d.asked++
	return payment.Notice{}, d.err
}

// PAY-05: a run asks a bounded number, and a bank that is away is let be; what was not asked is asked next.
func TestReconcile_bounded(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err    error
		asked  int
		failed bool
	}{
		"knows nothing": {payment.ErrNotKnown, 200, false},
		"away":          {payment.ErrBank, 3, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := checkouttest.New(t, checkout.Reactions{})
			_, p := bought(t, s, "card")
			family, err := s.Modes.Gateways().Find("testbank")
			must(t, err)
			n := 0
			gateways, err := payment.NewGateways(deaf{family, &n, tt.err})
			must(t, err)
			ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
			must(t, err)
			s.Desk.Modes = payment.NewModes(gateways, ring)
			s.Write(func(tx tenant.Tx) error {
				return tx.DB().Exec(`insert into payments (id, order_id, mode_id, kind, ref, state, amount, currency, created_at, updated_at)
					select gen_random_uuid(), order_id, mode_id, kind, 'R' || i, 'pending', amount, currency, created_at, updated_at
					from payments, generate_series(1, 249) i where id = ?`, p.ID).Error
			})
			s.Pass(25 * time.Hour)
			done, err := s.Desk.Reconcile(t.Context(), s.Shop)
			if (err != nil) != tt.failed || n != tt.asked || done.Asked != tt.asked {
				t.Errorf("asked %d, %+v, %v", n, done, err)
			}
			if tt.failed {
				return
			}
			if done, err = s.Desk.Reconcile(t.Context(), s.Shop); err != nil || done.Asked != 50 {
				t.Errorf("the rest: %+v, %v", done, err)
			}
		})
	}
}
