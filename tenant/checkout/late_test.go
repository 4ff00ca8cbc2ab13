package checkout_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
)

// ORD-11, ORD-13: money the bank tells of after an order was cancelled: shop and buyer get a letter each, once, and the
// money is owed until it has gone back.
func TestLate_moneyForCancelledOrder(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 5)
	b := s.Guest("zoe@example.org")
	if err := b.Add(mug, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Desk.Cancel(t.Context(), s.Shop, checkouttest.Clerk, placed.Order.ID, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	if o := s.Find(placed.Order.ID); !o.Credit().IsZero() || o.PaymentState() != order.Unpaid {
		t.Errorf("before anything came: %s owed, %s", o.Credit(), o.PaymentState())
	}
	s.Bank.Visit(placed.Next, "good", "proper")
	for range 2 { // however often it is told
		s.Bank.Tell(s.Bank.Wait(1)[0])
	}
	o := s.Find(placed.Order.ID)
	if o.State != order.Cancelled || o.PaymentState() != order.CreditOwed || !o.Credit().Equal(o.Total) {
		t.Errorf("%s, %s, %s owed", o.State, o.PaymentState(), o.Credit())
	}
	s.Work()
	var staff string
	s.Read(func(tx tenant.Tx) error {
		set, err := settings.Load(tx)
		staff = set.Identity.Email
		return err
	})
	for to, wants := range map[string][]string{
		"zoe@example.org": {"annulée " + o.Number, "Nous vous rembourserons ou prendrons contact", o.Total.String()[:2]},
		staff:             {"À rembourser", o.Number, "Ouvrir la commande", "avait été annulée"},
	} {
		var found []mail.Message
		for _, m := range s.Mailbox.To(to) {
			if strings.Contains(m.Subject, "annulée") {
				found = append(found, m)
			}
		}
		if len(found) != 1 {
			t.Fatalf("ORD-11 %d letters to %q", len(found), to)
		}
		for _, want := range wants {
			if text := found[0].Subject + found[0].Text + found[0].HTML; !strings.Contains(text, want) {
				t.Errorf("ORD-11 to %s: no %q in %s", to, want, found[0].Text)
			}
		}
	}
	file, err := s.Desk.Open(t.Context(), s.Shop, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Desk.Refund(t.Context(), s.Shop, checkouttest.Clerk, file.Payments[0].ID, o.Total, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	if o = s.Find(o.ID); !o.Credit().IsZero() || o.State != order.Refunded {
		t.Errorf("given back: %s owed, %s", o.Credit(), o.State)
	}
}
