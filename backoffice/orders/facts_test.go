package orders_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// TestFacts: PGW-14 PGW-11, the order's page says of each attempt with which card it was paid, what the buyer's bank answered, how to
// find it at the merchant's bank, and what that takes; never more of a card than a receipt has.
func TestFacts(t *testing.T) {
	t.Parallel()
	o := open(t)
	if err := o.Resave("card", func(d *payment.Draft) {
		d.Scope.Provider = payment.Share{Fixed: decimal.RequireFromString("0.25"), Percent: decimal.RequireFromString("1")}
	}); err != nil {
		t.Fatal(err)
	}
	lamp := o.Stock("lamp", "94.00", 5) // and 6.00 for the parcel
	buyer := o.Guest("claire@example.org")
	if err := buyer.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := buyer.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	o.Bank.Visit(placed.Next, "good", "proper")
	o.Bank.Wait(1)
	b := o.Browser(t)
	page := at("orders/" + placed.Order.ID.String())
	b.Get(page)
	b.WantClean().WantText("main", "•••• 0001").WantText("main", "€1.25").WantText("main", "€98.75").WantNo(`a[href*="dashboard.stripe.com"]`)

	// A card of a bank that tells all, and that has an office with addresses.
	const number = "4970100000000055"
	if err := o.Stage.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`update payments set kind = 'stripe', bank_ref = 'pi_1', card = ?::text::jsonb`,
			`{"brand":"VISA","last":"0055","expiry":"12/30","country":"ES","issuer":"Banco Uno","auth":"A1B2C3"}`).Error
	}); err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Shipped {
		b.Get(page + "?lang=" + string(l))
		b.WantClean().WantText("main", "VISA •••• 0055").WantText("main", "12/30").WantText("main", "Banco Uno").WantText("main", "A1B2C3").
			Want(`main a[href="https://dashboard.stripe.com/payments/pi_1"][rel~=noopener]`).WantNoText(number)
	}
	b.Get(page + "?lang=en")
	b.WantText("main", "Banco Uno · Spain").WantText("main", "Open at the bank")
}
