package orders_test

import (
	"errors"
	"net/url"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/order"
)

// promised is an order whose money the bank holds ready.
func (o *office) promised(t *testing.T) order.ID {
	t.Helper()
	o.Pay("card later", "testbank", url.Values{"merchant": {"DEMO"}, "key": {checkouttest.BankKey}, "capture": {"later"}})
	lamp := o.Stock("lamp", "20.00", 5)
	b := o.Guest("claire@example.org")
	if err := b.Add(lamp, 2); err != nil {
		t.Fatal(err)
	}
	placed, err := b.Place("card later")
	if err != nil {
		t.Fatal(err)
	}
	o.Bank.Visit(placed.Next, "silent", "proper")
	o.Bank.Wait(1)
	return placed.Order.ID
}

// TestCapture: PGW-02, what the bank has promised is taken from the order's page, and no more than that.
func TestCapture(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.promised(t)
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.WantClean().WantText("main", "Authorised, not collected yet").WantText(".event", "authorised by the bank").WantCount(`a[href*="/refund/"]`, 0)
	b.WantText("main .btn-primary", "Collect €").WantCount(`form[action$="/paid"]`, 0) // recording it by hand would leave it at the bank
	if err := o.Stage.Desk.MarkPaid(t.Context(), o.Stage.Shop, officeActor, which, o.Find(which).Total, checkout.Remark{}); !errors.Is(err, checkout.ErrPromised) {
		t.Errorf("recorded by hand: %v", err)
	}
	b.Follow(`.btn-primary[href*="/capture/"]`)
	b.WantClean().WantText(".page-head", "holds")
	b.Submit("main form", webtest.Values{"amount": "100000"})
	b.WantStatus(422).WantClean().Want(`input[name="amount"][value="100000"][aria-invalid]`)
	b.WantText("main form", "to be collected").WantNoText("still be refunded")
	late, seen := b.Path(), b.Value("input[name=seen]")
	b.Submit("main form", webtest.Values{"amount": "40.00"})
	b.WantStatus(200).WantText(".alert", "€40.00 collected.")
	if got := o.Find(which); !got.Paid.Equal(eur("40.00")) {
		t.Errorf("paid %s", got.Paid)
	}
	b.Post(late, url.Values{"amount": {"5.00"}, "seen": {seen}}) // an old tab
	b.WantStatus(409).WantClean().WantText("main", "“Collect the money” is not possible any more: this payment is now “Paid”")
}

// TestRefund_unreached: PGW-30, a bank that is away or says no is told in the words of who sells, beside what was asked of it.
func TestRefund_unreached(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.promised(t)
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.Follow(`.btn-primary[href*="/capture/"]`)
	b.Submit("main form", nil)
	b.Follow(`a[href*="/refund/"]`)
	o.Bank.Behave("broken_calls")
	b.Submit("main form", webtest.Values{"amount": "10.00"})
	b.WantClean().WantText("main", "The bank could not be reached").WantNoText("another payment method")
	b.Get(at("orders/" + which.String()))
	b.WantText("main", "asked of the bank, no answer came")
}

// TestRelease: PGW-02, the promise is given back.
func TestRelease(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.promised(t)
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.Follow(`a[href*="/release/"]`)
	b.WantClean().WantCount(`input[name="amount"]`, 0)
	b.Submit("main form", nil)
	b.WantStatus(200).WantText(".alert", "The authorisation is released.").WantText(".event", "released")
	if got := o.Find(which); got.Paid.IsPositive() {
		t.Errorf("paid %s", got.Paid)
	}
}

// TestRefund_meanwhile: PGW-30, a form from before the money moved gives nothing back.
func TestRefund_meanwhile(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.promised(t)
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.Follow(`.btn-primary[href*="/capture/"]`)
	b.Submit("main form", nil)
	b.Follow(`a[href*="/refund/"]`)
	page, seen := b.Path(), b.Value("input[name=seen]")
	b.Submit("main form", webtest.Values{"amount": "10.00"})
	b.Post(page, url.Values{"amount": {"5.00"}, "seen": {seen}})
	b.WantStatus(409).WantClean().WantText("main", "has moved in the meantime")
	if got := o.Find(which).Refunded; !got.Equal(eur("10.00")) {
		t.Errorf("refunded %s", got)
	}
}
func eur(text string) money.Amount { return money.Must(money.Parse(text, money.EUR)) }
