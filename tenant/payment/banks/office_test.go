package banks_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/banks"
)

// TestOffices: PGW-14, a payment is found in its bank's office where an address of it is known; a number that is none of the bank's leads
// to no page of a payment.
func TestOffices(t *testing.T) {
	g, err := payment.NewGateways(banks.All(bankcall.New(bankcall.Options{Clock: clock.System()}))...)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		brand, ref string
		test       bool
		want       string
	}{
		{"stripe", "pi_1", false, "https://dashboard.stripe.com/payments/pi_1"},
		{"stripe", "cs_test_1", true, ""},
		{"authorizenet", "60128875331", false, "https://account.authorize.net/ui/themes/anet/transaction/transactiondetail.aspx?transID=60128875331"},
		{"authorizenet", "60128875331", true, "https://sandbox.authorize.net/ui/themes/sandbox/transaction/transactiondetail.aspx?transID=60128875331"},
		{"authorizenet", "1&x=2", false, ""},
		{"amazonpay", "P02-1111111-1111111-C111111", false, "https://sellercentral-europe.amazon.com/hz/me/pmd/payment-details?orderReferenceId=P02-1111111-1111111"},
		{"amazonpay", "S01-1111111-1111111-C111111", true, "https://sellercentral.amazon.com/hz/me/pmd/payment-details?orderReferenceId=S01-1111111-1111111"},
		{"amazonpay", "P03-1111111-1111111-C111111", false, ""},
		{"amazonpay", "0a1b2c3d-0000-4000-8000-000000000000", false, ""},
		{"paybox", "1 2", false, "https://admin.paybox.com/"},
		{"paybox", "1 2", true, "https://preprod-admin.paybox.com/"},
		{"redsys", "1", false, "https://canales.redsys.es/"},
		{"cyberpac", "1", true, "https://sis-t.redsys.es:25443/canales/"},
	} {
		b, ok := g.Brand(c.brand)
		if !ok || b.Office == nil {
			t.Errorf("%s has no office", c.brand)
			continue
		}
		if got := b.Office(payment.Payment{BankRef: c.ref, Test: c.test}); got != c.want {
			t.Errorf("%s %q, test %t: %s, want %s", c.brand, c.ref, c.test, got, c.want)
		}
	}
	for _, b := range g.Brands() {
		if b.Office == nil {
			continue
		}
		for _, ref := range []string{"", "x\"><script>", "../..", "1 2"} {
			to := b.Office(payment.Payment{BankRef: ref})
			if u, err := url.Parse(to); err != nil || to != "" && u.Scheme != "https" || strings.ContainsAny(to, "<>\" ") {
				t.Errorf("%s leads %q to %q", b.Key, ref, to)
			}
		}
	}
}
