package checkout_test

import (
	"errors"
	"net/url"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/bill"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/settings"
)

// fees are the ways to pay of a shop that asks three euros for collecting and gives 2 % for a transfer.
func fees(s *checkouttest.Stage) {
	s.PayFor("collected", offline.Cash{}.Key(), url.Values{},
		payment.Cost{Fee: payment.Share{Fixed: decimal.NewFromInt(3)}, IncludesTax: true})
	s.PayFor("ahead", offline.Transfer{}.Key(), url.Values{"owner": {"Atelier SARL"}, "iban": {"FR76 3000 6000 0112 3456 7890 189"}},
		payment.Cost{Rebate: payment.Share{Percent: decimal.NewFromInt(2)}, IncludesTax: true})
}

// PAY-08: the fee of collecting is seen before it is chosen, stands on the order and is what is due; an
// order that contains it is not paid by a card.
func TestPlace_fee(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	fees(s)
	mug := s.Stock("Mug", "50.00", 9)
	b := s.Guest("zoe@example.com")
	if err := b.Add(mug, 1); err != nil {
		t.Fatal(err)
	}
	b.Draft.Payment = s.ModeOf("card").String()
	sheet, err := b.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	want := map[payment.ModeID]string{s.ModeOf("collected"): "3.00", s.ModeOf("ahead"): "-1.00", s.ModeOf("card"): "0.00"}
	for _, o := range sheet.Payment {
		if text, ok := want[o.Mode.ID]; ok && o.Fee.String() != text {
			t.Errorf("PAY-08 %v costs %s before it is chosen, want %s", o.Mode.Names, o.Fee, text)
		}
	}
	if sheet.Total.String() != "56.00" { // 50.00, and 5.00 net for sending it
		t.Errorf("by card %s", sheet.Total)
	}
	placed, err := b.Place("collected")
	if err != nil {
		t.Fatal(err)
	}
	o := s.Find(placed.Order.ID)
	if o.Total.String() != "59.00" || o.Priced.Totals.Fee.Gross.String() != "3.00" || o.Priced.Totals.Fee.Tax.String() != "0.50" {
		t.Errorf("PAY-08 total %s, fee %+v", o.Total, o.Priced.Totals.Fee)
	}
	if parts, total := sum(t, bill.Totals(o.Priced)); !parts.Equal(total) || total.String() != "59.00" {
		t.Errorf("PAY-08 rows %s, total %s", parts, total)
	}
	paper, err := s.Desk.Show(t.Context(), s.Shop, placed.Link)
	if err != nil {
		t.Fatal(err)
	}
	for _, offer := range paper.Offers {
		if offer.ID != s.ModeOf("collected") {
			t.Errorf("PAY-08 an order with the carrier's fee may be paid with %v", offer.Names)
		}
	}
	if _, err := s.Desk.PayAgain(t.Context(), s.Shop, checkout.Visitor{}, placed.Link, s.ModeOf("card"), checkout.With{}); !errors.Is(err, payment.ErrMode) {
		t.Errorf("PAY-08 paying it by card: %v", err)
	}
}

// PAY-08: a rebate for paying ahead is part of the total.
func TestPlace_rebate(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	fees(s)
	b := s.Guest("zoe@example.com")
	if err := b.Add(s.Stock("Mug", "50.00", 9), 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("ahead")
	if err != nil {
		t.Fatal(err)
	}
	if o := s.Find(placed.Order.ID); o.Total.String() != "55.00" {
		t.Errorf("PAY-08 total %s, want 55.00", o.Total)
	}
}

// PAY-08: a shop in Germany may ask businesses a fee for cards; a consumer is never charged it, and
// staff finds the law in the trace.
func TestPlace_feeBanned(t *testing.T) {
	s := checkouttest.New(t, checkout.Reactions{})
	identity := settings.Defaults().Identity
	identity.Address = address.Address{Country: "DE", Postcode: "10115", City: "Berlin"}
	if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, identity, 1); err != nil {
		t.Fatal(err)
	}
	s.Charge("card", payment.Cost{Fee: payment.Share{Percent: decimal.NewFromInt(2)}, IncludesTax: true})
	mug := s.Stock("Mug", "50.00", 9)
	for name, tt := range map[string]struct{ number, fee string }{
		"PAY-08 a consumer is not charged": {"", "0.00"},
		"PAY-08 a business is":             {"DE136695976", "1.12"},
	} {
		t.Run(name, func(t *testing.T) {
			b := s.Guest(tt.fee + "@example.com")
			b.Draft.Delivery = address.Address{Name: "A", Company: "GmbH", Line1: "Weg 1", Postcode: "10115", City: "Berlin", Country: "DE", VATNumber: tt.number}
			if err := b.Add(mug, 1); err != nil {
				t.Fatal(err)
			}
			placed, err := b.Place("card")
			if err != nil {
				t.Fatal(err)
			}
			p := s.Find(placed.Order.ID).Priced
			if p.Totals.Fee.Gross.String() != tt.fee {
				t.Errorf("fee %s, want %s", p.Totals.Fee.Gross, tt.fee)
			}
			told := false
			for _, e := range p.Trace {
				told = told || e.Reason.Key == "price.surcharge_banned"
			}
			if told != (tt.number == "") {
				t.Errorf("the law stands in the trace: %t", told)
			}
		})
	}
}
