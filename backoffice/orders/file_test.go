package orders_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/order"
	"echoppe.dev/tenant/pricefile"
)

// LANG-01: the buyer's language is not the office's: a mode is named as the reader calls it, and by the
// words kept with the order once it is gone.
func TestModeNames(t *testing.T) {
	t.Parallel()
	o := open(t)
	rename := func(table, mode string) string {
		return "update " + table + ` set names = names || '{"en": "Reader''s words"}' where id = '` + mode + "'"
	}
	o.exec(t, rename("payment_modes", o.ModeOf("cheque").String()))
	o.exec(t, rename("shipping_modes", o.ShippingOf("Colissimo")))
	which := o.order(t, "zoe@example.org", "cheque", 1)
	b := o.Browser(t)
	b.Get(at("orders"))
	b.WantText("tbody", "Reader's words").WantNoText("Colissimo")
	b.Get(at("orders/" + which.String()))
	b.WantText("main", "Reader's words").WantNoText("Colissimo")
	b.Get(at("orders/" + which.String() + "/print"))
	b.WantText("main", "Colissimo")
	o.exec(t, "update orders set shipping_mode_id = null")
	b.Get(at("orders/" + which.String()))
	b.WantText("main", "Colissimo")
}

// exec changes what no page changes.
func (o *office) exec(t *testing.T, sql string) {
	t.Helper()
	if err := o.Stage.Shop.Write(t.Context(), func(tx tenant.Tx) error { return tx.DB().Exec(sql).Error }); err != nil {
		t.Fatal(err)
	}
}

// ORD-13: from placed to closed, by the buttons of the page, each step on the timeline.
func TestFollow(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 3)
	b := o.Browser(t)
	page := at("orders/" + which.String())
	b.Get(page)
	b.WantClean().WantText(".page-head .badge", "Placed").WantText("main", "Sonnez deux fois").WantText("dd p", "5 rue Neuve")
	b.WantText("main", "VAT 20%").WantText("main", "Why this price?").WantText(".station[aria-current]", "Placed")

	b.Submit(`form[action$="/paid"]`, webtest.Values{"amount": "1"})
	b.WantStatus(422).WantClean().Want(`input[name=amount][value="1"][aria-invalid]`).WantText(".error", "€42.00 is due")
	b.Submit(`form[action$="/paid"]`, webtest.Values{"amount": "42.00", "paid_note": "Chèque 123"})
	b.WantStatus(200).WantText(".alert", "is recorded").WantText(".page-head .badge", "Paid").WantNo(`form[action$="/paid"]`)
	b.WantText(".event", "€42.00 received").WantText(".event", "Chèque 123").WantText(".event", "Lucie Marchand")

	b.Submit(`button[formaction$="/await"]`, webtest.Values{"note": "Emballé", "visible": true})
	b.WantStatus(200).WantText(".page-head .badge", "Awaiting shipment").WantText(".event", "Emballé")

	b.Follow(`main a[href$="/ship"]`)
	b.WantClean()
	line := o.Find(which).Lines[0].ID.String()
	b.Submit("main form", webtest.Values{"qty." + line: "9", "carrier": "colissimo", "tracking": "6A123"})
	b.WantStatus(422).WantClean().Want(`input[name="qty.`+line+`"][value="9"][aria-invalid]`).WantText(".alert-list", "Mug")
	b.Submit("main form", webtest.Values{"qty." + line: "2"})
	b.WantStatus(200).WantText(".page-head .badge", "Partly shipped").WantText("main", "6A123")
	b.Follow(`main a[href$="/ship"]`)
	if got := b.Value(`input[name="qty.` + line + `"]`); got != "1" {
		t.Errorf("left to ship: %s", got)
	}
	b.Submit("main form", webtest.Values{"carrier": "other", "other": "Vélo", "url": "https://velo.example/7", "mail": false})
	b.WantStatus(200).WantText(".page-head .badge", "Shipped").Want(`a[href="https://velo.example/7"]`)

	b.Submit(`button[formaction$="/deliver"]`, nil)
	b.Submit(`button[formaction$="/close"]`, nil)
	b.WantStatus(200).WantText(".page-head .badge", "Closed").WantNo("#step button[formaction]").WantNo(`a[href$="/cancel"]`).WantClean()
	var states []string
	for _, title := range b.Texts(".event-title") {
		for _, s := range []string{"Placed", "Paid", "Awaiting shipment", "Shipped", "Delivered", "Closed"} {
			if title == s {
				states = append(states, s)
			}
		}
	}
	if got := strings.Join(states, " "); got != "Closed Delivered Shipped Awaiting shipment Paid Placed" {
		t.Errorf("ORD-13 the timeline tells %q", got)
	}
}

// ORD-13: an illegal transition, from a page that is out of date, is refused with the reason.
func TestFollow_tooLate(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "on delivery", 1)
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	if err := o.Stage.Desk.Cancel(t.Context(), o.Stage.Shop, officeActor, which, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	b.Submit(`button[formaction$="/await"]`, webtest.Values{"note": "Emballé"})
	b.WantStatus(409).WantClean().WantText(".alert", "the order is “Cancelled” and does not take “Ready to ship”")
	if o.Find(which).State != order.Cancelled {
		t.Error("it moved all the same")
	}
}

// An order that was called off waits for nobody's money, neither on its page nor in the list; the sums of
// every order stand under its goods.
func TestCancelled_nothingIsAwaited(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 3)
	page := at("orders/" + which.String())
	b := o.Browser(t)
	b.Get(page)
	b.WantText("tfoot tr:last-child .end", "€42.00").WantText(".page-head .badge", "Unpaid").WantText("dt", "Still due")
	b.Get(at("orders"))
	b.WantText("tbody .badge", "Unpaid")
	if err := o.Stage.Desk.Cancel(t.Context(), o.Stage.Shop, officeActor, which, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	b.Get(page)
	b.WantClean().WantText("tfoot tr:last-child .end", "€42.00").WantNoText("Unpaid").WantNoText("Still due")
	b.Get(at("orders"))
	b.WantClean().WantNo("tbody .badge + .badge")
	if n := b.Count("tbody .badge"); n != 1 {
		t.Errorf("%d badges beside an order that was called off", n)
	}
}

// LANG-01: the options of an order are kept as "Colour: Red" and written as each language writes a colon.
func TestOptions(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 1)
	o.exec(t, "update order_lines set options = 'Farbe: Rot, Größe: M' where order_id = '"+which.String()+"'")
	b := o.Browser(t)
	for locale, want := range map[string]string{"fr": "Farbe : Rot, Größe : M", "de": "Farbe: Rot, Größe: M"} {
		b.Get(at("orders/" + which.String() + "?lang=" + locale))
		b.WantText("tbody th", want)
	}
}

// ORD-18: a message of the merchant goes to the buyer with the order and stands on its timeline.
func TestNote(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 1)
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.Submit(`form[action$="/note"]`, webtest.Values{"note": " "})
	b.WantStatus(422).WantClean().Want(`#note textarea[aria-invalid]`)
	b.Submit(`form[action$="/note"]`, webtest.Values{"note": "Nur für uns"})
	b.WantText(".event", "Nur für uns")
	b.Submit(`form[action$="/note"]`, webtest.Values{"note": "Votre tasse part demain", "mail": true})
	b.WantStatus(200).WantText(".event-title", "seen by the buyer")
	o.Work()
	found := false
	for _, letter := range o.Mailbox.To("zoe@example.org") {
		found = found || strings.Contains(letter.Text, "Votre tasse part demain")
		if strings.Contains(letter.Text, "Nur für uns") {
			t.Error("an internal note went to the buyer")
		}
	}
	if !found {
		t.Error("ORD-18 the buyer got no letter")
	}
}

// A letter that was refused is seen, with the reason, and can be sent again.
func TestResend(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Mailbox.Refuse(mail.ErrRefused)
	which := o.order(t, "zoe@example.org", "cheque", 1)
	o.Work()
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.WantClean().WantText(".badge", "failed")
	o.Mailbox.Refuse(nil)
	b.Submit(`tr:first-child form[action*="/mails/"] button`, nil)
	b.WantStatus(200).WantText(".alert", "on its way again").WantText(".badge", "waiting")
	o.Work()
	b.Get(at("orders/" + which.String()))
	b.WantText(".badge", "sent")
	if len(o.Mailbox.To("zoe@example.org")) == 0 && len(o.Mailbox.To("atelier@example.com")) == 0 {
		t.Error("nobody got it")
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 4)
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.Follow(`a[href$="/cancel"]`)
	b.WantClean()
	b.Submit("main form", webtest.Values{"note": "Plus de tasses", "visible": true})
	b.WantStatus(200).WantText(".page-head .badge", "Cancelled").WantText(".event", "Plus de tasses").WantNo("#step button[formaction]").WantNo(".stations")
	if level := o.Level(o.mug); level.Available() != 50 {
		t.Errorf("available %d", level.Available())
	}
}

// Money is given back in parts, never more than came.
func TestRefund(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "transfer", 3)
	if err := o.Stage.Desk.MarkPaid(t.Context(), o.Stage.Shop, officeActor, which, o.Find(which).Total, checkout.Remark{}); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.Follow(`a[href*="/refund/"]`)
	b.WantClean()
	if got := b.Value("input[name=amount]"); got != "42.00" {
		t.Errorf("offered %s", got)
	}
	b.Submit("main form", webtest.Values{"amount": "99"})
	b.WantStatus(422).WantClean().Want(`input[name=amount][value="99"][aria-invalid]`).WantText(".error", "of €42.00 at most")
	b.Submit("main form", webtest.Values{"amount": "12.50"})
	b.WantStatus(200).WantText(".page-head .badge", "Partly refunded").WantText(".event", "€12.50 refunded")
	if got := o.Find(which).Refunded.String(); got != "12.50" {
		t.Errorf("refunded %s", got)
	}
}

// SHP-01: what a parcel really cost is typed when it is sent or later, and only the office sees it.
func TestCost(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "on delivery", 1)
	page := at("orders/" + which.String())
	b := o.Browser(t)
	b.Get(page + "/ship")
	b.Submit("main form", webtest.Values{"carrier": "colissimo", "tracking": "6A1", "cost": "four"})
	b.WantStatus(422).WantClean().Want(`input[name=cost][value=four][aria-invalid]`).Want(`input[name=tracking][value="6A1"]`)
	b.Submit("main form", webtest.Values{"cost": "4.20"})
	b.WantStatus(200).WantClean().WantText("main", "actual cost €4.20")
	b.Follow(`main a[href*="/parcels/"]`)
	b.WantClean().Want(`input[name=cost][value="4.20"]`)
	b.Submit("main form", webtest.Values{"cost": "-1"})
	b.WantStatus(422).WantClean().Want(`input[name=cost][value="-1"][aria-invalid]`)
	b.Submit("main form", webtest.Values{"cost": "3,90"})
	b.WantStatus(200).WantText("main", "actual cost €3.90")
	b.Follow(`main a[href*="/parcels/"]`)
	b.Submit("main form", webtest.Values{"cost": ""})
	b.WantStatus(200).WantNoText("actual cost €").WantText("main", "Record the actual cost")
	if got := b.Get(page + "/parcels/" + which.String()).Status; got != 404 {
		t.Errorf("a parcel that is none: %d", got)
	}
}

// CAT-05: why the price, as data: the whole calculation for who may see orders, in the form of a price file's answer.
func TestPrice(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 2)
	b := o.Browser(t)
	b.Get(at("orders/" + which.String()))
	b.Follow(`main a[href$="/price.json"]`)
	b.WantStatus(200).WantHeader("Cache-Control", "no-store")
	var answer pricefile.Answer
	d := json.NewDecoder(bytes.NewReader(b.Page().Body))
	d.DisallowUnknownFields()
	if err := d.Decode(&answer); err != nil {
		t.Fatal(err)
	}
	placed := o.Find(which)
	if answer.Version != pricefile.Version || answer.Order != placed.Number || !answer.Totals.ToPay.Equal(placed.Total) || len(answer.Trace) != len(placed.Priced.Trace) {
		t.Errorf("CAT-05 the office is told %s of %s, %d steps of %d", answer.Totals.ToPay, placed.Total, len(answer.Trace), len(placed.Priced.Trace))
	}
	if got := b.Get(at("orders/" + which.String()[:35] + "x/price.json")).Status; got != 404 {
		t.Errorf("an order that is none: %d", got)
	}
	o.Role = authz.Catalogue
	if got := o.Browser(t).Get(at("orders/" + which.String() + "/price.json")).Status; got != 403 {
		t.Errorf("SEC-05 who writes articles reads prices of orders: %d", got)
	}
}

// CUR-03: the page shows the amounts in all three currencies with rate and moment; the paper is the buyer's.
func TestThreeCurrencies(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 3)
	b := o.Browser(t)
	page := at("orders/" + which.String())
	b.Get(page)
	b.WantNoText("The three currencies")
	o.exec(t, `update orders set display = display || '{"display": {"amount": {"amount": "46.20", "currency": "USD"}, "rate": "1.1"}}'`)
	b.Get(page)
	b.WantClean().WantText("table", "Mug").WantText("main", "The three currencies").WantText("main", "Shown to the buyer").WantText("main", "$46.20").
		WantText("main", "1.1").WantText("main", "rate of")
	b.Get(page + "/print")
	b.WantText("main", "46,20").WantText("main", "42,00")
}
