package orders_test

import (
	"net/netip"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/fraud"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/settings"
)

// suspect is an order that is held: its mail address is one that is thrown away, and it is billed elsewhere.
func (o *office) suspect(t *testing.T) order.ID {
	t.Helper()
	r := fraud.Defaults()
	r.Hold, r.Threshold = true, 20
	if err := settings.Save(t.Context(), o.Stage.Shop, checkouttest.Clerk, settings.Fraud(r), 0); err != nil {
		t.Fatal(err)
	}
	b := o.Guest("x@yopmail.com")
	b.Who.Client = netip.MustParseAddr("203.0.113.7")
	b.Draft.Same, b.Draft.Billing = false, b.Draft.Delivery
	b.Draft.Billing.Country = "BE"
	b.Draft.Billing.Postcode = "1000"
	if err := b.Add(o.mug, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("cheque")
	if err != nil {
		t.Fatal(err)
	}
	if failed := o.Work(); len(failed) > 0 {
		t.Fatal(failed)
	}
	return placed.Order.ID
}

// TestRisk: FRD-01, FRD-05, the panel says the score and why in words, the queue has what is held, and a person
// releases it, or says that it is fraud.
func TestRisk(t *testing.T) {
	t.Parallel()
	o := open(t)
	plain := o.order(t, "zoe@example.org", "cheque", 1)
	b := o.Browser(t)
	b.Get(at("orders/" + plain.String()))
	b.WantClean().WantText("main", "has not been checked yet")
	which := o.suspect(t)
	b.Get(at("orders"))
	b.WantClean().WantText("main", "On hold")
	b.Get(at("orders?state=held"))
	b.WantClean().WantCount("tbody tr", 1)
	page := at("orders/" + which.String())
	b.Get(page)
	b.WantClean().WantText("main", "35 out of 100").WantText("main", "Disposable e-mail address (yopmail.com) (+20)").
		WantText("main", "Billed in Belgium, delivered to France (+15)").WantText(".page-head", "On hold").
		WantCount(`[formaction$="/await"]`, 0).WantCount(`a[href$="/ship"]`, 0)
	b.Post(page+"/await", nil)
	b.WantStatus(409).WantClean().WantText("main", "release it first")
	b.Get(page)
	b.Submit(`[formaction$="/risk/release"]`, webtest.Values{"note": "rang her up"})
	b.WantStatus(200).WantText(".alert", "is released").WantText(".event", "rang her up").WantText(".event", "Released after a check").
		WantCount(`[formaction$="/risk/release"]`, 0)
	if o.Find(which).Held() {
		t.Error("still held")
	}
	b.Submit(`[formaction$="/risk/mark"]`, nil)
	b.WantStatus(200).WantText(".alert", "is marked as fraud").WantText(".page-head", "Fraud")
	if f := o.Find(which).Screening; !f.IsMarked() || !f.IsHeld() {
		t.Errorf("marked: %+v", f)
	}
	b.Submit(`[formaction$="/risk/release"]`, nil)
	b.WantStatus(200).WantText(".event", "No longer marked as fraud")
	b.Get(at("orders?state=held"))
	b.WantClean().WantCount("tbody tr", 0)
}
