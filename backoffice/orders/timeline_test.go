package orders_test

import (
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/payment"
)

// ORD-13: whatever can happen to an order is told in words of its own, in every language; a refused payment with the
// mode and the reason.
func TestTimeline_words(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 1)
	bank := tenant.Actor{Kind: tenant.Gateway, Name: "testbank"}
	mode := o.ModeOf("cheque").String()
	refused := func(kind, mode, why string) order.Happening {
		return order.Happening{Kind: order.Money, Actor: bank, Data: map[string]string{"kind": kind, "mode": mode, order.KeyRefused: why}}
	}
	var all []order.Happening
	for _, k := range order.Kinds() {
		switch k {
		case order.Moved:
			for _, s := range order.States() {
				all = append(all, order.Happening{Kind: k, Actor: bank, After: s})
			}
		case order.Mailed:
			all = append(all, order.Happening{Kind: k, Actor: bank, Data: map[string]string{"kind": "order_paid"}})
		case order.Money:
			for _, key := range order.MoneyKeys() {
				all = append(all, order.Happening{Kind: k, Actor: bank, Data: map[string]string{"kind": "cheque", "currency": "EUR", key: "5.00"}})
			}
		case order.Noted, order.Parcelled, order.Alerted:
			all = append(all, order.Happening{Kind: k, Actor: bank})
		default:
			t.Errorf("the test says nothing of %s", k)
		}
	}
	all = append(all, order.Happening{Kind: order.Noted, Actor: bank, Data: map[string]string{"refund": "5.00", "currency": "EUR"}})
	o.clear(t)
	for _, h := range all {
		o.Write(func(tx tenant.Tx) error { return order.Happen(tx, which, h) })
	}
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(at("orders/"+which.String()) + "?lang=" + string(l))
		b.WantStatus(200).WantClean()
		titles := b.Texts(".event-title")
		if len(titles) != len(all) {
			t.Fatalf("%d of %d", len(titles), len(all))
		}
		slices.Sort(titles)
		for i, title := range titles {
			if i > 0 && title == titles[i-1] || strings.Contains(title, "order.") || strings.Contains(title, "orders.") {
				t.Errorf("LANG-01 in %s: %q", l, title)
			}
		}
	}
	said := map[string]bool{}
	for _, why := range append(payment.Reasons(), "") {
		o.clear(t)
		o.Write(func(tx tenant.Tx) error { return order.Happen(tx, which, refused("cheque", mode, string(why))) })
		for _, l := range i18n.Shipped {
			b.Get(at("orders/"+which.String()) + "?lang=" + string(l))
			said[b.Text(".event")] = true
			if why == payment.ReasonFunds && l == "en" {
				b.WantText(".event-title", "Payment refused").WantText(".event", "cheque · not enough money, or a limit reached")
			}
		}
	}
	if want := len(payment.Reasons()) * len(i18n.Shipped); len(said) != want { // without a reason: as one not told
		t.Errorf("%d reasons in all languages, want %d: %v", len(said), want, said)
	}
	o.clear(t) // of a mode that is gone, and of an event of before
	o.Write(func(tx tenant.Tx) error { return order.Happen(tx, which, refused("transfer", "", "card")) })
	b.Get(at("orders/"+which.String()) + "?lang=en")
	b.WantText(".event-title", "Payment refused").WantText(".event", "Bank transfer · the card was not accepted")
}

func (o *office) clear(t *testing.T) {
	t.Helper()
	o.exec(t, "delete from order_events")
}

// What the bank refuses is written down with the mode it was tried with.
func TestTimeline_refusedByBank(t *testing.T) {
	t.Parallel()
	o := open(t)
	guest := o.Guest("zoe@example.org")
	if err := guest.Add(o.mug, 1); err != nil {
		t.Fatal(err)
	}
	placed, err := guest.Place("card")
	if err != nil {
		t.Fatal(err)
	}
	o.Bank.Visit(placed.Next, "funds", "proper")
	o.Bank.Wait(1)
	b := o.Browser(t)
	b.Get(at("orders/" + placed.Order.ID.String()))
	b.WantClean().WantText(".event-title", "Payment refused").WantText(".event", "card · not enough money, or a limit reached").
		WantText(".event", "pretend bank") // by its name, not by its key
	b.WantNo(`.event:contains("testbank")`)
}

// ORD-13: money that comes for an order that was cancelled is told on its page with the way to give it back, and to the
// shop and the buyer by letter; once it is given back nothing is said any more.
func TestCancelled_paidAfterwards(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "transfer", 3)
	b := o.Browser(t)
	page := at("orders/" + which.String())
	if err := o.Stage.Desk.Cancel(t.Context(), o.Stage.Shop, officeActor, which, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	b.Get(page)
	b.WantNoText("was received for this order")
	if err := o.Stage.Desk.MarkPaid(t.Context(), o.Stage.Shop, officeActor, which, money.Must(money.Parse("42.00", money.EUR)), checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	b.Get(page)
	b.WantClean().WantText(".page-head", "Cancelled").WantText(".page-head", "To refund").
		WantText(".alert", "€42.00 was received for this order, which is cancelled: refund it").
		WantText("main", "Payment for a cancelled order, to the shop").WantText("main", "Payment for a cancelled order, to the customer")
	b.Follow(`.alert a[href*="/refund/"]`)
	b.WantClean()
	b.Submit("main form", nil)
	b.WantStatus(200).WantNoText("was received for this order")
}
