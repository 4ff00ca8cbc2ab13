package checkout_test

import (
	"errors"
	"testing"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipment"
)

// TestMarkPaid_whileAtTheBank: PGW-17, money the shop takes itself while the buyer is at his bank's page is no payment of the bank's: what
// the bank takes afterwards is the second for the order, and is flagged for refund.
func TestMarkPaid_whileAtTheBank(t *testing.T) {
	t.Parallel()
	for _, first := range []string{"card", "transfer"} {
		t.Run(first, func(t *testing.T) {
			t.Parallel()
			s := checkouttest.New(t, checkout.Reactions{})
			b := s.Guest("claire@example.org")
			must(t, b.Add(s.Stock("Mug", "14.90", 5), 1))
			placed, err := b.Place(first)
			must(t, err)
			next := placed.Next
			if first == "transfer" {
				again, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, placed.Link, s.ModeOf("card"), checkout.With{})
				must(t, err)
				next = again.Next
			}
			which := placed.Order.ID
			total := s.Find(which).Total
			must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, which, total, checkout.Remark{}))
			s.Bank.Visit(next, "good", "")
			s.Bank.Wait(1)
			s.Work()
			if got := alerts(t, s, which); len(got) != 1 || got[0] != "payment.flag.double" {
				t.Errorf("told %v, want the second payment", got)
			}
			file, err := s.Desk.Open(t.Context(), s.Shop, which)
			must(t, err)
			taken := money.Zero(total.Currency())
			for _, p := range file.Payments {
				taken = taken.Add(p.Captured)
			}
			if !taken.Equal(total.Add(total)) {
				t.Errorf("%s taken by two of %d attempts, want twice %s", taken, len(file.Payments), total)
			}
			if err := s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, which, total, checkout.Remark{}); !errors.Is(err, checkout.ErrNotPayable) {
				t.Errorf("noted twice: %v", err)
			}
		})
	}
}

// TestMarkPaid_amount: no more can be noted for a payment in review than was asked or its bank spoke of.
func TestMarkPaid_amount(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	b := s.Guest("claire@example.org")
	must(t, b.Add(s.Stock("Mug", "14.90", 5), 1))
	placed, err := b.Place("card")
	must(t, err)
	s.Bank.Visit(placed.Next, "good", "wrong_amount")
	s.Bank.Wait(1)
	s.Work()
	which := placed.Order.ID
	if p := attempt(t, s, which); p.State != payment.StateReview {
		t.Fatalf("state %s", p.State)
	}
	huge := money.Must(money.Parse("99999999.00", money.EUR))
	if err := s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, which, huge, checkout.Remark{}); !errors.Is(err, payment.ErrAmount) {
		t.Errorf("%v, want a refused amount", err)
	}
	must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, which, s.Find(which).Total, checkout.Remark{}))
}

// TestTest_followsTheMoney: an order is a test when what came first for it was test money, whatever it was placed with.
func TestTest_followsTheMoney(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		placed, paid  string
		test          bool
		wantAtPlacing bool
	}{
		{"real, then test money", "transfer", "card", true, false},
		{"test, then real money", "card", "transfer", false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := checkouttest.New(t, checkout.Reactions{})
			must(t, s.Resave("card", func(d *payment.Draft) { d.Test = true }))
			b := s.Guest("claire@example.org")
			must(t, b.Add(s.Stock("Mug", "14.90", 5), 1))
			placed, err := b.Place(c.placed)
			must(t, err)
			which := placed.Order.ID
			if s.Find(which).Test != c.wantAtPlacing {
				t.Errorf("placed with %s: test %t", c.placed, s.Find(which).Test)
			}
			if c.paid == "card" {
				again, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, placed.Link, s.ModeOf("card"), checkout.With{})
				must(t, err)
				s.Bank.Visit(again.Next, "good", "")
				s.Bank.Wait(1)
			} else {
				must(t, s.Desk.MarkPaid(t.Context(), s.Shop, checkouttest.Clerk, which, s.Find(which).Total, checkout.Remark{}))
			}
			s.Work()
			if o := s.Find(which); !o.Due().IsZero() || o.Test != c.test {
				t.Errorf("due %s, test %t", o.Due(), o.Test)
			}
		})
	}
}

// TestDispute_stopsTheParcel: PGW-15, what its buyer disputes waits for a person, and what was lost is not sent: its pieces come back.
func TestDispute_stopsTheParcel(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	which, p := bought(t, s, "card")
	s.Bank.Office(p.Ref, "dispute")
	s.Bank.Wait(2)
	s.Work()
	ship := func() error {
		return s.Desk.Ship(t.Context(), s.Shop, checkouttest.Clerk, which, shipment.Draft{}, checkout.Remark{})
	}
	if err := ship(); !errors.Is(err, checkout.ErrHeld) {
		t.Errorf("a disputed order is sent: %v", err)
	}
	s.Bank.Office(p.Ref, "lose")
	s.Bank.Wait(3)
	s.Work()
	if o := s.Find(which); o.State != order.Refunded {
		t.Errorf("state %s", o.State)
	}
	if err := ship(); err == nil {
		t.Error("what was charged back is sent")
	}
}
