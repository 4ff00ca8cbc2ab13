package checkout_test

import (
	"context"
	"testing"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// officeOnly is a bank the contract with which allows no calls; it keeps what it was asked to open.
type officeOnly struct {
	payment.Gateway
	opened *payment.Request
}

func (o officeOnly) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	*o.opened = r
	return o.Gateway.Start(ctx, a, r)
}

func (officeOnly) Refund(context.Context, payment.Account, payment.Payment, money.Amount, string) (payment.Notice, error) {
	return payment.Notice{}, payment.ErrOffice
}

// TestRefund_office: PGW-30, where the contract allows no call the refund is recorded, as done in the bank's office. The
// bank was told who is billed, and how much is sent (PGW-01).
func TestRefund_office(t *testing.T) {
	t.Parallel()
	s, lamp := abroad(t)
	family, err := s.Modes.Gateways().Find("testbank")
	if err != nil {
		t.Fatal(err)
	}
	var opened payment.Request
	gateways, err := payment.NewGateways(officeOnly{family, &opened})
	if err != nil {
		t.Fatal(err)
	}
	ring, err := secret.ParseKeys("t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=")
	if err != nil {
		t.Fatal(err)
	}
	s.Desk.Modes = payment.NewModes(gateways, ring)
	b := american(t, s, lamp)
	placed, err := b.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	found := s.Find(placed.Order.ID)
	if opened.Buyer.Billing != found.Billing || opened.Buyer.Delivery != found.Delivery || opened.Buyer.Billing.Line1 == "" || opened.Pieces != 1 {
		t.Errorf("the bank is told %+v, %d pieces", opened.Buyer, opened.Pieces)
	}
	s.Bank.Visit(placed.Next, "good", "proper")
	s.Bank.Wait(1)
	file, err := s.Desk.Open(t.Context(), s.Shop, placed.Order.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Desk.Refund(t.Context(), s.Shop, checkouttest.Clerk, file.Payments[0].ID, file.Payments[0].Captured, checkout.Remark{Note: "in the bank's office"}); err != nil {
		t.Fatal(err)
	}
	if o := s.Find(placed.Order.ID); o.PaymentState() != order.AllRefunded {
		t.Errorf("refunded %s, %s", o.Refunded, o.PaymentState())
	}
}
