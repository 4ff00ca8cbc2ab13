package amazonpay_test

import (
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/amazonpay"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/amazonpay"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// data is what the shop's page is told.
func data(e payment.Embedded) map[string]string {
	all := map[string]string{}
	for _, f := range e.Data {
		all[f.Name] = f.Value
	}
	return all
}

// frame is where the pretend bank's script goes when the button is pressed.
func frame(e payment.Embedded) string {
	at, query, _ := strings.Cut(e.Script, "/checkout.js?")
	notify, _ := url.ParseQuery(query)
	d := data(e)
	return at + "/button?" + url.Values{"payload": {d["payload"]}, "signature": {d["signature"]}, "algorithm": {d["algorithm"]}, "merchant": {d["merchant"]}, "key": {d["public-key"]},
		"sandbox": {d["sandbox"]}, "product": {d["product"]}, "notify": notify["notify"]}.Encode()
}

// TestButton: PGN-03 PGW-18, the script creates the session: its number is known when the buyer is back, and he is whole then.
func TestButton(t *testing.T) {
	f := family(t, fake.New(), "1")
	f.Config.Set("page", "button")
	f.Frame = frame
	r := gatewaytest.NewRig(t, f, f.Config)
	a, returner := r.Account(t, r.Mode.ID), r.Gateway.(payment.Returner)
	p, action := r.Begin(t, r.Mode.ID, r.Bill(t, eur("12.00")))
	if _, embedded := action.(payment.Embedded); !embedded || p.BankRef != "" {
		t.Fatalf("%T, %q", action, p.BankRef)
	}
	if _, err := r.Gateway.(payment.Inquirer).Inquire(t.Context(), a, p); !errors.Is(err, payment.ErrNotKnown) {
		t.Errorf("before he is back: %v", err)
	}
	back := r.Visit(t, action, gatewaytest.Secure, bank.Proper)
	n, err := returner.ReadReturn(t.Context(), a, back.Raw)
	if err != nil {
		t.Fatal(err)
	}
	once(t, r, payment.SourceReturn, n)
	p, _ = r.Find(t, p)
	if p.State != payment.StateCaptured || !p.Captured.Equal(p.Amount) {
		t.Fatalf("%s, captured %s", p.State, p.Captured)
	}
	if n, err = r.Gateway.(payment.Refunder).Refund(t.Context(), a, p, eur("2.00"), "k"); err != nil {
		t.Fatal(err)
	}
	once(t, r, payment.SourceCall, n)
	p, _ = r.Find(t, p)
	if n, err = r.Gateway.(payment.Inquirer).Inquire(t.Context(), a, p); err != nil || n.Event != payment.Captured {
		t.Errorf("asked: %+v, %v", n, err)
	}
	r.Quiet(t)
}

// TestButton_data: what the page is told is what Amazon's script wants: the payload as it was signed, without a backslash, and
// nothing secret.
func TestButton_data(t *testing.T) {
	g := amazonpay.All(bankcall.New(bankcall.Options{Clock: clock.New(instant)}))[0]
	r := order("1234.50", money.EUR)
	r.ShopName, r.OrderNumber, r.Buyer.Delivery.Name = `Chez "Zoé" \ <b>`, "R-7", "Zoé\u2028 & Fils"
	want := map[string]string{"public-key": sandboxID, "merchant": number, "sandbox": "true", "ledger": "EUR", "language": "de_DE", "product": "PayAndShip", "algorithm": "AMZN-PAY-RSASSA-PSS-V2"}
	action, err := g.Start(t.Context(), account(t, "now", "page", "button"), r)
	if err != nil {
		t.Fatal(err)
	}
	e := action.(payment.Embedded)
	d := data(e)
	payload, signature := d["payload"], d["signature"]
	delete(d, "payload")
	delete(d, "signature")
	if diff := cmp.Diff(want, d); diff != "" {
		t.Error(diff)
	}
	var said struct {
		Web struct{ CheckoutMode, CheckoutResultReturnURL string } `json:"webCheckoutDetails"`
		Own struct{ MerchantStoreName string }                     `json:"merchantMetadata"`
	}
	if err := json.Unmarshal([]byte(payload), &said); err != nil || strings.Contains(payload, `\`) || said.Web.CheckoutMode != "ProcessOrder" || said.Web.CheckoutResultReturnURL != r.ReturnURL ||
		said.Own.MerchantStoreName != "Chez 'Zoé' / <b>" || len(signature) != 344 {
		t.Errorf("%s signed %s (%v)", payload, signature, err)
	}
	if e.Script != "https://static-eu.payments-amazon.com/checkout.js" || e.Driver != "amazonpay" || e.BankRef != "" {
		t.Errorf("%+v", e)
	}
	for what, list := range map[string][]string{"script": e.Origins.Script, "frame": e.Origins.Frame, "connect": e.Origins.Connect, "image": e.Origins.Image} {
		if len(list) == 0 {
			t.Errorf("no origin of %s", what)
		}
		for _, origin := range list {
			if !strings.HasPrefix(origin, "https://") || !strings.Contains(origin, "amazon") {
				t.Errorf("%s from %s", what, origin)
			}
		}
	}
	for region, want := range map[string][3]string{"uk": {"GBP", "GBP", "static-eu"}, "na": {"USD", "USD", "static-na"}, "jp": {"JPY", "JPY", "static-fe"}} {
		r := order("1200", money.MustCurrency(want[0]))
		r.Buyer.Delivery.Line1 = "" // nothing is carried
		action, err := g.Start(t.Context(), account(t, "now", "page", "button", "region", region), r)
		if err != nil {
			t.Fatal(err)
		}
		e := action.(payment.Embedded)
		if d := data(e); d["ledger"] != want[1] || d["product"] != "PayOnly" || !strings.HasPrefix(e.Script, "https://"+want[2]+".payments-amazon.com/") {
			t.Errorf("%s: %+v", region, e)
		}
	}
}

// TestButton_plain: a browser without script is sent to Amazon, and one that was sent there once goes there again.
func TestButton_plain(t *testing.T) {
	at, asked := desk(t, "Open", agree)
	r := order("1.00", money.EUR)
	r.Plain = true
	action, err := shop(at).Start(t.Context(), account(t, "now", "page", "button"), r)
	if err != nil || action.(payment.Redirect).BankRef != sessionNo || !strings.HasPrefix(asked.String(), "POST ") {
		t.Fatalf("%+v, %v", action, err)
	}
	r.Plain, r.Payment.BankRef = false, sessionNo
	if action, err = shop(at).Start(t.Context(), account(t, "now", "page", "button"), r); err != nil || action.(payment.Redirect).BankRef != sessionNo {
		t.Errorf("%+v, %v", action, err)
	}
	bare := payment.NewAccount(account(t, "now").Mode, "amazonpay", true, account(t, "now", "page", "button").Config, nil)
	r.Payment.BankRef = ""
	if _, err := shop("").Start(t.Context(), bare, r); !errors.Is(err, payment.ErrBank) {
		t.Errorf("without a key: %v", err)
	}
}
