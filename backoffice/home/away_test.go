package home_test

import (
	"net/url"
	"testing"
	"time"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/start"
)

// TestAway: PGW-45, staff reads once that a bank does not answer, who takes over, and afterwards that it was so.
func TestAway(t *testing.T) {
	t.Parallel()
	stage := checkouttest.New(t, checkout.Reactions{})
	stage.Pay("second", "testbank", url.Values(stage.Bank.Contract()))
	stage.Pay("first", "stripe", stage.Bank.Called())
	o := open(t)
	o.Office.Shop, o.samples.n = stage.Shop, 0
	if err := start.Skip(t.Context(), stage.Shop, officetest.Who); err != nil {
		t.Fatal(err)
	}
	fail := func() {
		stage.Write(func(tx tenant.Tx) error { return payment.Unreached(tx, stage.ModeOf("first")) })
	}
	b := o.Browser(t)
	for range payment.OutageAfter - 1 {
		fail()
	}
	b.Get(page + "?lang=en")
	b.WantNoText("does not answer")
	fail()
	for _, l := range i18n.Shipped {
		b.Get(page + "?lang=" + string(l))
		b.WantClean().WantCount(".alert", 1)
	}
	b.Get(page + "?lang=en")
	b.WantText(".alert", "The bank of “first” does not answer").WantText(".alert", "No mode stands in").Want(`.alert a[href$="/settings/payment/` + stage.ModeOf("first").String() + `"]`)
	stage.StandIn("first", "second")
	fail()
	b.Get(page + "?lang=en")
	b.WantCount(".alert", 1).WantText(".alert", "4 payments could not be opened").WantText(".alert", "Buyers are led to “second”")
	o.Role = authz.Orders
	b.Get(page)
	b.WantText(".alert", "does not answer").WantNo(`.alert a[href*="/settings/"]`)
	stage.Write(func(tx tenant.Tx) error { return payment.Reached(tx, stage.ModeOf("first")) })
	b.Get(page)
	b.WantText(".alert", "It answers again").WantNoText("does not answer")
	stage.Pass(25 * time.Hour)
	b.Get(page)
	b.WantNo(".alert")
}
