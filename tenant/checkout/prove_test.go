package checkout_test

import (
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/tax"
)

const muster = "DE136695976"

// verifying is a shop in Lyon that looks VAT numbers up.
func verifying(t *testing.T, v tax.Verify) (*checkouttest.Stage, stock.VariantID) {
	t.Helper()
	s := checkouttest.New(t, checkout.Reactions{})
	d := settings.Defaults()
	d.Tax.Destination, d.Tax.Verify = true, v
	identity := d.Identity
	identity.Name, identity.Email, identity.VATNumber = "Atelier", "atelier@example.com", "FR40303265045"
	identity.Address = address.Address{Name: "Atelier", Line1: "1 rue de la Soie", Postcode: "69001", City: "Lyon", Country: "FR"}
	for _, doc := range []settings.Document{d.Tax, identity} {
		if err := settings.Save(t.Context(), s.Shop, checkouttest.Clerk, doc, 1); err != nil {
			t.Fatal(err)
		}
	}
	return s, s.Stock("Mug", "120.00", 50) // sent free
}

func business(s *checkouttest.Stage, t *testing.T, mug stock.VariantID, number string) *checkouttest.Buyer {
	t.Helper()
	b := s.Guest("muster@example.com")
	b.Draft.Delivery = address.Address{Name: "A", Company: "GmbH", Line1: "Weg 1", Postcode: "10115", City: "Berlin", Country: "DE", VATNumber: number}
	if err := b.Add(mug, 1); err != nil {
		t.Fatal(err)
	}
	return b
}

// LAW-04: a number that exists spares the tax, and the order keeps the evidence.
func TestPlace_VATProof(t *testing.T) {
	s, mug := verifying(t, tax.VerifyCharge)
	s.Register.Known = []string{muster}
	placed, err := business(s, t, mug, "de 136.695.976").Place("card")
	if err != nil {
		t.Fatal(err)
	}
	o := s.Find(placed.Order.ID)
	p := o.Priced.Taxation.Proof
	if o.Total.String() != "100.00" || p == nil || p.Verdict != pricing.VATValid || p.Consultation != "WAPI-"+muster || p.Name != "Muster GmbH" {
		t.Errorf("LAW-04 total %s, evidence %+v", o.Total, p)
	}
	if q := s.Register.Asked[0]; q.Number != muster || q.Requester != "FR40303265045" {
		t.Errorf("LAW-04 asked %+v", q)
	}
}

// LAW-04: a number that does not exist is told beside its field, before and when the order is sent.
func TestPlace_VATInvalid(t *testing.T) {
	s, mug := verifying(t, tax.VerifyTrust)
	b := business(s, t, mug, muster)
	sheet, err := b.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	if sheet.UnknownVAT != "delivery.vat_number" || sheet.Total.String() != "120.00" {
		t.Errorf("LAW-04 shown %s, field %q", sheet.Total, sheet.UnknownVAT)
	}
	_, err = b.Place("card")
	fields := fault.FieldsOf(err)
	if len(fields) != 1 || fields[0].Name != "delivery.vat_number" || fields[0].Key != checkout.ErrVATUnknown.Key() {
		t.Errorf("LAW-04 refused with %v", err)
	}
	b.Draft.Delivery.VATNumber = ""
	if _, err := b.Place("card"); err != nil {
		t.Errorf("LAW-04 without a number: %v", err)
	}
}

// LAW-04: while the register is away the merchant's choice holds.
func TestPlace_VATAway(t *testing.T) {
	for name, tt := range map[string]struct {
		verify tax.Verify
		total  string
		asked  bool
	}{
		"LAW-04 charged while away":           {tax.VerifyCharge, "120.00", true},
		"LAW-04 trusted while away":           {tax.VerifyTrust, "100.00", true},
		"LAW-04 a shop that does not look up": {tax.VerifyNever, "100.00", false},
	} {
		t.Run(name, func(t *testing.T) {
			s, mug := verifying(t, tt.verify)
			s.Register.Away = true
			placed, err := business(s, t, mug, muster).Place("card")
			if err != nil {
				t.Fatal(err)
			}
			if o := s.Find(placed.Order.ID); o.Total.String() != tt.total {
				t.Errorf("total %s, want %s", o.Total, tt.total)
			}
			if asked := len(s.Register.Asked) > 0; asked != tt.asked {
				t.Errorf("asked %t", asked)
			}
		})
	}
}

// LAW-04: a trusted number is looked up again until the register answers; a wrong one alerts.
func TestCheckVAT_later(t *testing.T) {
	for name, known := range map[string][]string{"LAW-04 it exists": {muster}, "LAW-04 it does not": nil} {
		t.Run(name, func(t *testing.T) {
			s, mug := verifying(t, tax.VerifyTrust)
			s.Register.Away = true
			placed, err := business(s, t, mug, muster).Place("cheque")
			if err != nil {
				t.Fatal(err)
			}
			s.Pass(time.Hour)
			if failed := s.Work(); len(failed) > 0 {
				t.Fatal(failed)
			}
			s.Register.Away, s.Register.Known = false, known
			asked := len(s.Register.Asked)
			s.Pass(2 * time.Hour)
			if failed := s.Work(); len(failed) > 0 {
				t.Fatal(failed)
			}
			if len(s.Register.Asked) != asked+1 {
				t.Errorf("asked %d times more", len(s.Register.Asked)-asked)
			}
			var events []order.Happening
			s.Read(func(tx tenant.Tx) (err error) { events, err = order.Events(tx, placed.Order.ID, false); return err })
			alerted, noted := false, false
			for _, e := range events {
				alerted = alerted || e.Kind == order.Alerted && e.Note == "checkout.alert.vat_invalid" && e.Data["number"] == muster
				noted = noted || e.Kind == order.Noted && strings.Contains(e.Note, "WAPI-"+muster)
			}
			if alerted != (known == nil) || noted == alerted {
				t.Errorf("alerted %t, evidence noted %t", alerted, noted)
			}
		})
	}
}
