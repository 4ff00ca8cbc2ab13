package orders_test

import (
	"net/url"
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// TestHeld: PAY-01, a trusted third party says that he has the money; the order is sent, and the money is taken when he pays it out.
func TestHeld(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Pay("notary", "escrow", url.Values{"party": {"Notaire Dupont"}, "site": {"https://depot.example/"}})
	lamp := o.Stock("lamp", "20.00", 5)
	buyer := o.Guest("claire@example.org")
	if err := buyer.Add(lamp, 2); err != nil {
		t.Fatal(err)
	}
	placed, err := buyer.Place("notary")
	if err != nil {
		t.Fatal(err)
	}
	which := placed.Order.ID
	b := o.Browser(t)
	page := at("orders/" + which.String())
	b.Get(page)
	b.WantClean().WantCount(`a[href*="/capture/"]`, 0).Follow(`a[href*="/hold/"]`)
	b.WantClean().WantText(".page-head", "deposited").WantCount(`input[name="amount"], input[name="done"]`, 0)
	form := b.Path()
	b.Submit("main form", webtest.Values{"note": "Dossier 4711"})
	b.WantStatus(200).WantText(".alert", "€46.00 recorded as deposited.").WantText("main", "collect when the buyer has the parcel").
		WantText(".event", "deposited with the third party").WantCount(`a[href*="/hold/"]`, 0)
	if got := o.Find(which); got.Paid.IsPositive() || got.State != order.Placed {
		t.Errorf("%s, paid %s: nothing has come yet", got.State, got.Paid)
	}
	if level := o.Level(lamp); level.OnHand != 5 || level.Reserved != 2 {
		t.Errorf("%+v: the pieces are to wait for the parcel", level)
	}
	b.Post(form, url.Values{})
	b.WantStatus(409)

	b.Get(page)
	b.Follow(`a[href*="/ship"]`)
	b.Submit("main form", webtest.Values{"tracking": "6A1"})
	b.WantStatus(422).Want("#f-unpaid[aria-invalid]") // authorised is not paid
	b.Submit("main form.form", webtest.Values{"tracking": "6A1", "unpaid": true})
	b.WantStatus(200)
	b.Get(page)
	b.Follow(`a[href*="/capture/"]`)
	b.Submit("main form", nil)
	if got := o.Find(which); !got.Paid.Equal(got.Total) || got.State != order.Shipped {
		t.Errorf("%s, paid %s of %s", got.State, got.Paid, got.Total)
	}
}

// TestHeld_otherwise: nobody holds the money of a cheque.
func TestHeld_otherwise(t *testing.T) {
	t.Parallel()
	o := open(t)
	lamp := o.Stock("lamp", "20.00", 5)
	buyer := o.Guest("claire@example.org")
	if err := buyer.Add(lamp, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := buyer.Place("cheque")
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(at("orders/" + placed.Order.ID.String()))
	b.WantCount(`a[href*="/hold/"]`, 0)
	p := o.attempt(placed.Order.ID)
	b.Post(at("orders/"+placed.Order.ID.String()+"/hold/"+p.ID.String()), url.Values{})
	b.WantStatus(409)
	if got := o.attempt(placed.Order.ID); got.State != p.State {
		t.Errorf("%s", got.State)
	}
}

// attempt is the first try to pay an order.
func (o *office) attempt(which order.ID) (p payment.Payment) {
	o.Read(func(tx tenant.Tx) error {
		list, err := payment.ListOf(tx, id.As[payment.Bill](which))
		if err == nil {
			p = list[0]
		}
		return err
	})
	return p
}
