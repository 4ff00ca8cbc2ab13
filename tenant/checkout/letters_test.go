package checkout_test

import (
	"strings"
	"testing"

	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
)

// TestLetter_AtBank: ORD-11, the confirmation of an order that is paid at a bank says that it is not paid yet; that of a cheque says how.
func TestLetter_AtBank(t *testing.T) {
	t.Parallel()
	s := checkouttest.New(t, checkout.Reactions{})
	for _, c := range []struct {
		mode   string
		atBank bool
	}{{"card", true}, {"cheque", false}} {
		mail := c.mode + "@example.org"
		b := s.Guest(mail)
		must(t, b.Add(s.Stock(c.mode, "10.00", 5), 1))
		_, err := b.Place(c.mode)
		must(t, err)
		s.Work()
		letters := s.Mailbox.To(mail)
		if len(letters) != 1 || strings.Contains(letters[0].Text, "pas encore payée") != c.atBank {
			t.Errorf("%s: %+v", c.mode, letters)
		}
	}
}
