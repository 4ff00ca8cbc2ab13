package checkout_test

import (
	"testing"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/shipping"
)

// PAY-09: a way to pay for Corsica is offered where the bill goes to Corsica; elsewhere it is not, and the server
// refuses what no page offered.
func TestPlace_PaymentZone(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 50)
	s.PayIn("cheque", shipping.Zone{Country: "FR", Postcodes: []string{"20*"}})
	for _, tt := range []struct {
		name, postcode, bill string
		offered              bool
	}{
		{"PAY-09 billed in the zone", "20000", "", true},
		{"PAY-09 billed beside it", "44000", "", false},
		{"PAY-09 sent there, billed beside it", "20000", "44000", false},
		{"PAY-09 sent beside it, billed there", "44000", "20000", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := s.Guest(tt.name)
			b.Draft.Email = "zoe@example.com"
			b.Draft.Delivery.Postcode = tt.postcode
			if tt.bill != "" {
				b.Draft.Same, b.Draft.Billing = false, b.Draft.Delivery
				b.Draft.Billing.Postcode = tt.bill
			}
			if err := b.Add(mug, 1); err != nil {
				t.Fatal(err)
			}
			sheet, err := b.Prepare()
			if err != nil {
				t.Fatal(err)
			}
			want := 3
			if tt.offered {
				want = 4
			}
			if len(sheet.Payment) != want {
				t.Errorf("%d ways to pay, want %d", len(sheet.Payment), want)
			}
			cmd, err := b.Order("cheque")
			if err != nil {
				t.Fatal(err)
			}
			cmd.Draft.Payment = s.ModeOf("cheque").String() // also where the page would not let him
			_, err = b.Send(cmd)
			fields := fault.FieldsOf(err)
			switch {
			case tt.offered && err != nil:
				t.Error(err)
			case !tt.offered && (len(fields) != 1 || fields[0].Name != "payment" || fields[0].Key != payment.ErrMode.Key()):
				t.Errorf("refused by %v", err)
			}
		})
	}
}
