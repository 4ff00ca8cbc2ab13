package checkout_test

import (
	"testing"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/settings"
)

// STK-12: who pays online keeps his pieces for as long as the shop says, and a cheque for as long as it travels.
func TestHold_AsLongAsTheShopSays(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	doc, rev := settings.Stock{}, 0
	s.Read(func(tx tenant.Tx) error {
		set, err := settings.Load(tx)
		if err == nil {
			doc, rev = set.Stock, set.Rev(settings.NameStock)
		}
		return err
	})
	doc.HoldMinutes = 5
	if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, doc, rev); err != nil {
		t.Fatal(err)
	}
	mug := s.Stock("Mug", "12.00", 1)
	try := func(email, mode string) error {
		b := s.Guest(email)
		if err := b.Add(mug, 1); err != nil {
			return err
		}
		_, err := b.Place(mode)
		return err
	}
	if err := try("first@example.com", "card"); err != nil {
		t.Fatal(err)
	}
	s.Pass(4 * time.Minute)
	s.Work()
	if err := try("second@example.com", "cheque"); err == nil {
		t.Error("the last piece was sold while the first buyer pays")
	}
	s.Pass(2 * time.Minute)
	s.Work()
	if err := checkout.Sweep(t.Context(), s.Shop); err != nil {
		t.Fatal(err)
	}
	if err := try("third@example.com", "cheque"); err != nil {
		t.Errorf("kept for longer than the shop says: %v", err)
	}
	s.Pass(time.Hour)
	s.Work()
	if err := try("fourth@example.com", "cheque"); err == nil {
		t.Error("a cheque keeps its piece no longer than a card")
	}
}
