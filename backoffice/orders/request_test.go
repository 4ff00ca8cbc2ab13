package orders_test

import (
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
)

// phoned is what the shopkeeper types while somebody is on the telephone.
func phoned() webtest.Values {
	return webtest.Values{"name": "Zoé Martin", "email": "zoe@example.org", "lines.0.text": "Repair of a lamp", "lines.0.amount": "120.00",
		"lines.1.text": "A book", "lines.1.amount": "10.55", "lines.1.class": "reduced", "note": "Thank you for calling."}
}

// askFor presses the button that writes the order; the one the return key presses only reckons.
const askFor = `button[value="ask"]`

// PGW-34 PGW-25 PGW-27: the shopkeeper finds the page, reckons, asks; the order has the link and its code, the buyer pays by card from the
// letter, and the link is gone.
func TestRequest(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("orders"))
	b.WantClean().Follow(`a[href$="/orders/request"]`)
	b.WantStatus(200).WantClean().Submit(`button[value="total"]:not([hidden])`, phoned())
	b.WantStatus(200).WantClean().WantText("main", "€130.55").WantText("main", "including VAT 20%")
	if n := o.count(t); n != 0 {
		t.Fatalf("PGW-34 reckoning wrote %d orders", n)
	}
	b.Submit(askFor, nil)
	b.WantStatus(200).WantClean().WantText(".alert, .flash", "on its way to zoe@example.org").WantText("main", "Repair of a lamp").
		WantText("main", "Thank you for calling.").Want("#pay-code path").WantText(".event", "Link to pay €130.55")
	o.Work()
	letters := o.Mailbox.To("zoe@example.org")
	if len(letters) != 1 || !strings.Contains(letters[0].Text, b.Value("#pay-link")) {
		t.Fatalf("PGW-25 %d letters, the link is %s", len(letters), b.Value("#pay-link"))
	}
	link := b.Value("#pay-link")[len("http://test.localhost/order/"):]
	again, err := o.Desk.PayAgain(t.Context(), o.Stage.Shop, checkout.Visitor{Locale: i18n.French}, link, o.ModeOf("card"), checkout.With{})
	if err != nil {
		t.Fatal(err)
	}
	o.Bank.Visit(again.Next, "silent", "proper")
	o.Bank.Wait(1)
	if got := o.Find(again.Order.ID); got.State != order.Paid || !got.Paid.Equal(got.Total) {
		t.Errorf("%s, paid %s of %s", got.State, got.Paid, got.Total)
	}
	b.Get(at("orders/" + again.Order.ID.String()))
	b.WantClean().WantNo("#pay-link").WantNo("#pay-code")
}

// PGW-34: what cannot be asked for is told beside its field, nothing that was typed is lost, and the rows keep their order.
func TestRequest_Refused(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("orders/request"))
	b.Submit(askFor, webtest.Values{"name": "Zoé Martin", "email": "zoe", "country": "", "lines.1.text": "A book", "lines.1.amount": "ten", "due": "2001-01-01", "note": "Hello"})
	b.WantStatus(422).WantClean()
	for _, name := range []string{"email", "country", "lines.0.amount", "due"} {
		b.Want(`[name="` + name + `"][aria-invalid=true]`)
	}
	if b.Value(`[name="lines.0.text"]`) != "A book" || b.Value(`[name="note"]`) != "Hello" || b.Value(`[name="lines.0.amount"]`) != "ten" {
		t.Error("PGW-34 what was typed is lost")
	}
	b.Submit(askFor, webtest.Values{"email": "zoe@example.org", "country": "FR", "due": "", "lines.0.text": "", "lines.0.amount": ""})
	b.WantStatus(422).WantText(".alert", "Say what is to be paid for")
	if n := o.count(t); n != 0 {
		t.Errorf("%d orders", n)
	}
}

// PGW-34: sent twice, a request is one order and one letter.
func TestRequest_Twice(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("orders/request"))
	o.Twice(t, b.Prepare(askFor, phoned()))
	o.Work()
	if n, letters := o.count(t), len(o.Mailbox.To("zoe@example.org")); n != 1 || letters != 1 {
		t.Errorf("%d orders, %d letters", n, letters)
	}
}

// LANG-01 SEC-05: the page in every language; who packs parcels is not offered it.
func TestRequest_Pages(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(at("orders/request?lang=" + string(l)))
		b.WantStatus(200).WantClean()
		for _, word := range strings.Fields(b.Text("main")) {
			if strings.HasPrefix(word, "orders.") || strings.HasPrefix(word, "tax.class") {
				t.Errorf("LANG-01 in %s: %q", l, word)
			}
		}
	}
	o.Role = authz.Simple
	packer := o.Browser(t)
	packer.Get(at("orders"))
	packer.WantNo(`a[href$="/orders/request"]`)
	if got := packer.Post(officetest.Base+"orders/request", url.Values{"name": {"x"}}).Status; got != 403 {
		t.Errorf("SEC-05 %d", got)
	}
}

// count is how many orders there are.
func (o *office) count(t *testing.T) (n int) {
	t.Helper()
	o.Read(func(tx tenant.Tx) error { return tx.DB().Raw("select count(*) from orders").Scan(&n).Error })
	return n
}

// PGW-34: where the buyer's country has another tax than the shop's, the sum that was typed is not the one he pays: the shopkeeper reads
// that before anything is sent, and asks again.
func TestRequest_OtherSum(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("orders/request"))
	abroad := phoned()
	abroad["country"] = "US"
	b.Submit(askFor, abroad)
	b.WantStatus(200).WantClean().WantText(".alert", "€110.00").WantText(".alert", "Nothing has been sent yet")
	if n := o.count(t); n != 0 {
		t.Fatalf("PGW-34 %d orders were written for another sum", n)
	}
	b.Submit(askFor, webtest.Values{"lines.0.amount": "60.00"})
	b.WantStatus(200).WantText(".alert", "€60.00")
	b.Submit(askFor, nil)
	b.WantStatus(200).WantClean().WantText("main", "€60.00")
	if n := o.count(t); n != 1 {
		t.Errorf("PGW-34 %d orders", n)
	}
}
