package checkout_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
)

// debit is the bank of the stage as one that says "not yet" whenever it is asked, and perhaps that the money is on its way.
type debit struct {
	payment.Gateway
	settling bool
}

func (d *debit) Capabilities() payment.Capabilities {
	c := d.Gateway.Capabilities()
	c.Settles = 10 * 24 * time.Hour
	return c
}

func (d *debit) Inquire(_ context.Context, _ payment.Account, p payment.Payment) (payment.Notice, error) {
	return payment.Notice{ID: p.Ref + ":open", Ref: p.Ref, Event: payment.Waiting, Amount: p.Amount, Test: p.Test, Settling: d.settling}, nil
}

// PGN-02, STK-12: an attempt whose money the bank says to be on its way does not lapse with those nothing is heard of, and its
// goods stay held; it lapses when that has lasted longer than its family allows.
func TestSettling(t *testing.T) {
	for _, tt := range []struct {
		name     string
		settling bool
		days     int
		state    order.State
		held     int
	}{
		{"not yet for a day", false, 2, order.Cancelled, 0},
		{"on its way for a day", true, 2, order.Placed, 1},
		{"on its way for nine days", true, 9, order.Placed, 1},
		{"on its way for too long", true, 11, order.Cancelled, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := checkouttest.New(t, checkout.Reactions{})
			card, err := s.Modes.Gateways().Find("testbank")
			if err != nil {
				t.Fatal(err)
			}
			slow := &debit{card, tt.settling}
			gateways, err := payment.NewGateways(append(offline.All(), slow)...)
			if err != nil {
				t.Fatal(err)
			}
			ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
			if err != nil {
				t.Fatal(err)
			}
			s.Desk.Modes = payment.NewModes(gateways, ring)
			mug := s.Stock("Mug", "12.00", 1)
			b := s.Guest("zoe@example.org")
			if err := b.Add(mug, 1); err != nil {
				t.Fatal(err)
			}
			placed, err := b.Place("card")
			if err != nil {
				t.Fatal(err)
			}
			queue := jobstest.Pool(t)
			for left := time.Duration(tt.days) * 24 * time.Hour; left > 0; left -= 6 * time.Hour {
				pass(t, s, queue, min(left, 6*time.Hour))
			}
			if got := s.Find(placed.Order.ID).State; got != tt.state {
				t.Errorf("after %d days the order is %s", tt.days, got)
			}
			if _, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, placed.Link, s.ModeOf("cheque"), checkout.With{}); tt.held > 0 && tt.settling && !errors.Is(err, payment.ErrPaid) {
				t.Errorf("the buyer may pay a second time: %v", err)
			}
			if got := s.Level(mug).Reserved; got != tt.held {
				t.Errorf("%d held, want %d", got, tt.held)
			}
		})
	}
}

// pass lets time go by, in which the order is looked at and the shop is swept as often as it has to be.
func pass(t *testing.T, s *checkouttest.Stage, queue *pgxpool.Pool, d time.Duration) {
	t.Helper()
	for end := s.Clock.Now().Add(d); s.Clock.Now().Before(end); {
		s.Clock.Advance(min(time.Hour, end.Sub(s.Clock.Now())))
		// Jobs wait for an hour of the shop's clock, which is ahead of the queue's.
		_, err := queue.Exec(t.Context(), `update river.river_job set scheduled_at = now()
			where state = 'scheduled' and scheduled_at <= $1 and metadata @> jsonb_build_object('origin', $2::text)`, s.Clock.Now(), schema(s))
		if err != nil {
			t.Fatal(err)
		}
		for _, failed := range s.Work() {
			t.Fatalf("%s: %v", failed.Kind, failed.Err)
		}
	}
	if err := checkout.Sweep(t.Context(), s.Shop); err != nil {
		t.Fatal(err)
	}
}

func schema(s *checkouttest.Stage) (name string) {
	s.Read(func(tx tenant.Tx) error { name = tx.Schema().String(); return nil })
	return name
}
