package authorizenet_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/authorizenet"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

const ref = "REF7ABCDEFGHIJKLMNOP"

// wire is Authorize.Net as the calls see it: it keeps what was asked, and answers by what is asked for.
type wire struct {
	asked   strings.Builder
	answers map[string]string
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		return nil, err
	}
	fmt.Fprintf(&w.asked, "%s %s\nContent-Type: %s\nPretend-Notify: %s\n\n%s\n\n", r.Method, r.URL, r.Header.Get("Content-Type"), r.Header.Get("Pretend-Notify"), b.String())
	for what, answer := range w.answers {
		if bytes.HasPrefix(body, []byte(`{"`+what)) {
			return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("\ufeff" + answer)), Request: r}, nil
		}
	}
	return nil, errors.New("not in the script")
}

const ok = `,"messages":{"resultCode":"Ok","message":[{"code":"I00001","text":"Successful."}]}}`

// quiet is an account that nobody has paid, and a page.
func quiet() map[string]string {
	return map[string]string{"getUnsettled": `{"transactions":[]` + ok, "getSettledBatch": `{"batchList":[{"batchId":"7"}]` + ok,
		"getTransactionList": `{"transactions":[]` + ok, "getHosted": `{"token":"a/long+token=="` + ok}
}

func shop(answers map[string]string) (payment.Gateway, *wire) {
	w := &wire{answers: answers}
	return authorizenet.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), Transport: w, Pause: time.Millisecond}))[0], w
}

func account(capture string) payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "authorizenet", false,
		form.Values{"login_live": form.TextValue(login), "currency": form.TextValue("USD"), "capture": form.TextValue(capture)},
		map[string]secret.Text{"key_live": secret.NewText(keyLive), "signature_live": secret.NewText(signatureLive)})
}

func request(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: ref, Amount: money.Must(money.Parse(amount, in)), Created: instant.Add(-time.Minute)},
		OrderNumber: "R-7", ShopName: "Atelier & \"Fils\"", Locale: "de-AT", Pieces: 2,
		Buyer: payment.Buyer{Name: "Zoë Söhne & Fils", Email: "zoe@example.com",
			Billing: address.Address{Name: "Zoë Söhne & Fils", Line1: "Straße <1>", Line2: "Hof", Postcode: "1010", City: "WIEN", Country: "AT", Phone: "+43 1 234"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1&b=2", CancelURL: "https://shop.example/checkout", NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// TestStart_golden holds the calls that open a page byte for byte: the order of elements counts.
func TestStart_golden(t *testing.T) {
	for _, capture := range []string{"now", "later"} {
		g, w := shop(quiet())
		action, err := g.Start(t.Context(), account(capture), request("1234.50", money.USD))
		if err != nil {
			t.Fatal(err)
		}
		want := payment.FormPost{URL: "https://accept.authorize.net/payment/payment", Fields: []payment.FormField{{Name: "token", Value: "a/long+token=="}}}
		if diff := cmp.Diff(payment.Action(want), action); diff != "" {
			t.Error(diff)
		}
		path := filepath.Join("testdata", capture+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(w.asked.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		held, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(held), w.asked.String()); diff != "" {
			t.Error(diff)
		}
	}
}

// TestStart_paid: PGW-16, a reference that was paid gets no other page.
func TestStart_paid(t *testing.T) {
	for status, again := range map[string]bool{"settledSuccessfully": false, "capturedPendingSettlement": false, "authorizedPendingCapture": false, "FDSPendingReview": false,
		"declined": true, "voided": true} {
		answers := quiet()
		answers["getUnsettled"] = `{"transactions":[{"transId":"61","transactionStatus":"` + status + `","invoiceNumber":"` + ref + `"}]` + ok
		answers["getTransactionDetails"] = `{"transaction":{"transId":"61","transactionType":"authCaptureTransaction","transactionStatus":"` + status +
			`","responseCode":1,"order":{"invoiceNumber":"` + ref + `"},"authAmount":1.5,"settleAmount":1.5}` + ok
		g, _ := shop(answers)
		action, err := g.Start(t.Context(), account("now"), request("1.50", money.USD))
		if _, page := action.(payment.FormPost); err != nil || page != again {
			t.Errorf("%s: %+v, %v", status, action, err)
		}
	}
}

func TestStart_refuses(t *testing.T) {
	g, w := shop(quiet())
	for _, r := range []payment.Request{request("1.00", money.EUR), request("0.001", money.USD), request("0", money.USD)} {
		if action, err := g.Start(t.Context(), account("now"), r); !errors.Is(err, payment.ErrUnfit) {
			t.Errorf("%s: %+v, %v", r.Payment.Amount, action, err)
		}
	}
	test := request("1.00", money.USD)
	test.Payment.Test = true
	if action, err := g.Start(t.Context(), account("now"), test); !fault.Is(err, fault.Upstream) {
		t.Errorf("a test without a login for it: %+v, %v", action, err)
	}
	if w.asked.Len() > 0 {
		t.Errorf("asked %s", w.asked.String())
	}
	for _, token := range []string{"", "short", "a b c d e f g", strings.Repeat("x", 5000)} {
		answers := quiet()
		answers["getHosted"] = `{"token":"` + token + `"` + ok
		g, _ := shop(answers)
		if action, err := g.Start(t.Context(), account("now"), request("1.00", money.USD)); !fault.Is(err, fault.Upstream) {
			t.Errorf("token %.20q: %+v, %v", token, action, err)
		}
	}
}

func TestNewRef(t *testing.T) {
	g, _ := shop(nil)
	seen := map[string]bool{}
	for range 1000 {
		one := g.(payment.Referrer).NewRef()
		if len(one) != 20 || seen[one] || strings.Trim(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
			t.Fatalf("reference %q", one)
		}
		seen[one] = true
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := shop(nil)
	good := contract(login, keyTest, keyLive, signatureTest, signatureLive, "now")
	for _, tt := range []struct {
		change map[string]string
		field  string
	}{
		{nil, ""},
		{map[string]string{"login_live": "", "key_live": "", "signature_live": ""}, ""},
		{map[string]string{"login_test": "a b"}, "login_test"}, {map[string]string{"login_test": ""}, "login_test"},
		{map[string]string{"key_live": ""}, "key_live"}, {map[string]string{"key_live": signatureLive}, "key_live"},
		{map[string]string{"signature_test": ""}, "signature_test"}, {map[string]string{"signature_test": keyTest}, "signature_test"},
		{map[string]string{"currency": "JPY"}, "currency"}, {map[string]string{"currency": "eur"}, "currency"},
		{map[string]string{"login_test": "", "key_test": "", "signature_test": "", "login_live": "", "key_live": "", "signature_live": ""}, "login_test"},
	} {
		v := form.Values{}
		for name := range good {
			v[name] = form.TextValue(good.Get(name))
		}
		for name, text := range tt.change {
			v[name] = form.TextValue(text)
		}
		fields := fault.FieldsOf(g.(payment.Checker).CheckConfig(v))
		if tt.field == "" && len(fields) > 0 || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%v: %+v", tt.change, fields)
		}
	}
}

func TestAcknowledge(t *testing.T) {
	g, _ := shop(nil)
	for _, tt := range []struct {
		err    error
		status int
		body   string
	}{
		{nil, 200, "OK"}, {payment.ErrPayment, 200, "nothing of this shop"}, {payment.ErrMode, 404, "KO"}, {payment.ErrForged, 403, "KO"},
		{payment.ErrForeign, 403, "KO"}, {payment.ErrGarbled, 400, "KO"}, {payment.ErrBank, 503, "KO"}, {errors.New("the database is away"), 503, "KO"},
	} {
		if got := g.Acknowledge(payment.Notice{}, tt.err); got.Status != tt.status || string(got.Body) != tt.body {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	keys := []string{payment.KindKey("authorizenet")}
	for _, name := range []string{"login_bad", "key_bad", "signature_bad", "currency_bad", "half", "login_missing"} {
		keys = append(keys, "payment.authorizenet."+name)
	}
	g, _ := shop(nil)
	for _, f := range g.Config().Fields {
		keys = append(keys, f.Label, f.Help)
		for _, o := range f.Options {
			keys = append(keys, o.Label)
		}
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	f.Add("sha512="+strings.Repeat("00", 64), []byte(`{"eventType":"net.authorize.payment.authcapture.created","payload":{"id":"1","entityName":"transaction"}}`))
	f.Add("sha512=", []byte(`{}`))
	f.Add("", []byte{})
	g, _ := shop(nil)
	gatewaytest.Fuzz(f, g, account("now"), signatureHeader)
}
