package orders_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
)

// TestSendLink: PAY-03 PGW-25 PGW-27 PGW-34, somebody on the telephone is sent a link, and pays with his card himself, once; afterwards there
// is nothing to send any more.
func TestSendLink(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Pay("phone", "phone", url.Values{"number": {"01 23 45 67 89"}})
	lamp := o.Stock("lamp", "20.00", 5)
	buyer := o.Guest("claire@example.org")
	if err := buyer.Add(lamp, 2); err != nil {
		t.Fatal(err)
	}
	placed, err := buyer.Place("phone")
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	page := at("orders/" + placed.Order.ID.String())
	b.Get(page)
	b.WantClean().Submit(`button[formaction$="/link"]`, nil)
	b.WantStatus(200).WantText(".alert", "receives the link").WantText(".event", "Link to pay €46.00 sent to the buyer")
	o.Work()
	letters := o.Mailbox.To("claire@example.org")
	last := letters[len(letters)-1]
	if !strings.Contains(last.Subject, "46,00") || !strings.Contains(last.Text, placed.Link) {
		t.Errorf("%s\n%s", last.Subject, last.Text)
	}

	again, err := o.Desk.PayAgain(t.Context(), o.Stage.Shop, buyer.Who, placed.Link, o.ModeOf("card"), checkout.With{})
	if err != nil {
		t.Fatal(err)
	}
	o.Bank.Visit(again.Next, "silent", "duplicate")
	o.Bank.Wait(2)
	if got := o.Find(placed.Order.ID); !got.Paid.Equal(got.Total) || got.State != order.Paid {
		t.Errorf("%s, paid %s of %s", got.State, got.Paid, got.Total)
	}
	b.Get(page)
	b.WantNo(`button[formaction$="/link"]`)
	sent := len(o.Mailbox.To("claire@example.org"))
	b.Post(page+"/link", url.Values{})
	b.WantStatus(409)
	o.Work()
	if n := len(o.Mailbox.To("claire@example.org")); n != sent+1 { // that of the payment
		t.Errorf("%d letters, want %d", n, sent+1)
	}
}
