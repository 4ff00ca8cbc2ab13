package orders_test

import (
	"testing"

	"echoppe.dev/tenant/checkout"
)

// TestDisputes: PGW-15, a disputed payment is a task with a deadline, and the evidence is ready to be printed.
func TestDisputes(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "card", 2)
	file, err := o.Stage.Desk.Open(t.Context(), o.Stage.Shop, which)
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(at("orders/disputes"))
	b.WantClean().WantText(".empty", "No disputes")
	b.Get(at("orders"))
	b.WantNo(`a[href$="/orders/disputes"]`)
	resumed, err := o.Stage.Desk.Resume(t.Context(), o.Stage.Shop, checkout.Visitor{}, file.Link, false)
	if err != nil {
		t.Fatal(err)
	}
	o.Bank.Visit(resumed.Next, "silent", "proper")
	o.Bank.Wait(1)
	o.Bank.Office(file.Payments[0].Ref, "dispute")
	o.Bank.Wait(2)
	b.Get(at("orders"))
	b.Follow(`a[href$="/orders/disputes"]`)
	b.WantClean().WantText("tbody", file.Order.Number).WantText("tbody .badge", "20")
	b.Follow("tbody th a")
	b.WantClean().WantText(".alert", "The buyer disputes").WantNo(`a[href*="/refund/"]`)
	b.Follow(`.alert a[href$="/evidence"]`)
	b.WantClean().WantText("main", "zoe@example.org").WantText("main", "Payment disputed").WantText("main", "Amount received").WantText("h1", file.Order.Number)
}
