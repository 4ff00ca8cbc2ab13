package paypal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
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
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/paypal"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// shop is a gateway whose clock stands.
func shop(standIn string) payment.Gateway {
	return paypal.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: standIn, Timeout: time.Second, Pause: time.Millisecond}))[0]
}

func account(capture string) payment.Account {
	v, secrets := form.Values{}, map[string]secret.Text{}
	for name, values := range contract(number, "one", sandboxSecret, secretLive, capture) {
		if strings.HasPrefix(name, "secret_") {
			secrets[name] = secret.NewText(values[0])
			continue
		}
		v[name] = form.TextValue(values[0])
	}
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "paypal", true, v, secrets)
}

const orderNo = "1W5313654M9708630"

func order(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: "REF7ABCDEFGHIJKLMNOPQRSTUV", Test: true, Amount: money.Must(money.Parse(amount, in)), Created: instant},
		OrderNumber: "R-7", ShopName: "Atelier + <Fils>", Locale: "de-AT", Pieces: 2,
		Buyer: payment.Buyer{Name: "Zoë Söhne & Fils", Email: "zoe@example.com",
			Billing:  address.Address{Name: "Zoë Söhne & Fils", Line1: "Straße <1>", Line2: "Hof", Postcode: "1010", City: "WIEN", Country: "AT", Phone: "+43 1 234"},
			Delivery: address.Address{Name: "Zoë", Line1: "Weg 2", Postcode: "4020", City: "Linz", Country: "AT"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout",
		NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// desk is a PayPal that knows one order, and what it was asked.
func desk(t *testing.T, status, link string) (string, *bytes.Buffer) {
	t.Helper()
	var asked bytes.Buffer
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/token") {
			_, _ = io.WriteString(w, `{"access_token":"T","expires_in":32400}`)
			return
		}
		body, _ := io.ReadAll(r.Body)
		asked.WriteString(r.Method + " " + r.URL.Path + "\n")
		for _, name := range []string{"Content-Type", "Prefer", "Paypal-Request-Id", "Pretend-Notify"} {
			asked.WriteString(name + ": " + r.Header.Get(name) + "\n")
		}
		if len(body) > 0 {
			_ = json.Indent(&asked, body, "", "  ")
			asked.WriteByte('\n')
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"id":"`+orderNo+`","status":"`+status+`","payer":{"payer_id":"QYR5Z8XDVJNXQ"},"purchase_units":[{"custom_id":"REF7ABCDEFGHIJKLMNOPQRSTUV","amount":{"currency_code":"EUR","value":"1.00"}}],`+
			`"links":[{"rel":"self","href":"https://api-m.sandbox.paypal.com/x"},{"rel":"approve","href":"`+link+`"}]}`)
	}))
	t.Cleanup(server.Close)
	return server.URL, &asked
}

const approve = "https://www.sandbox.paypal.com/checkoutnow?token=" + orderNo

// TestStart_golden holds the call that creates an order byte for byte, and that the same request makes the same call.
func TestStart_golden(t *testing.T) {
	at, asked := desk(t, "CREATED", approve)
	g := shop(at)
	for range 2 { // the same again, after a crash
		asked.Reset()
		action, err := g.Start(t.Context(), account("later"), order("1234.50", money.EUR))
		if err != nil {
			t.Fatal(err)
		}
		if to := action.(payment.Redirect); to.URL != at+"/paypal/www.sandbox.paypal.com/checkoutnow?token="+orderNo || to.BankRef != orderNo {
			t.Errorf("sent to %+v", to)
		}
		path := filepath.Join("testdata", "start.golden")
		if *update {
			if err := os.WriteFile(path, asked.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), asked.String()); diff != "" {
			t.Error(diff)
		}
	}
}

// TestStart: an order that is there is used again, and a buyer who agreed goes where PayPal has sent him.
func TestStart(t *testing.T) {
	for name, tt := range map[string]struct {
		status, link string
		known        bool
		amount       string
		in           money.Currency
		to           string
		asked        string
		err          error
	}{
		"anew":                {"CREATED", approve, false, "1.00", money.EUR, "/paypal/www.sandbox.paypal.com/checkoutnow?token=" + orderNo, `"value": "1.00"`, nil},
		"again":               {"CREATED", approve, true, "1.00", money.EUR, "/paypal/www.sandbox.paypal.com/checkoutnow?token=" + orderNo, "GET ", nil},
		"again, after he did": {"APPROVED", approve, true, "1.00", money.EUR, "https://shop.example/pay/return/7?a=1&token=" + orderNo + "&PayerID=QYR5Z8XDVJNXQ", "GET ", nil},
		"yen":                 {"CREATED", approve, false, "1200", money.JPY, "/paypal/www.sandbox.paypal.com/checkoutnow?token=" + orderNo, `"value": "1200"`, nil},
		"forint":              {"CREATED", approve, false, "1200.00", money.MustCurrency("HUF"), "/paypal/www.sandbox.paypal.com/checkoutnow?token=" + orderNo, `"value": "1200"`, nil},
		"half a forint":       {"CREATED", approve, false, "1200.50", money.MustCurrency("HUF"), "", "", payment.ErrUnfit},
		"half a cent":         {"CREATED", approve, false, "1.005", money.EUR, "", "", payment.ErrUnfit},
		"a currency it lacks": {"CREATED", approve, false, "1.00", money.MustCurrency("KWD"), "", "", payment.ErrUnfit},
		"somebody's page":     {"CREATED", "https://www.sandbox.paypal.com.evil.example/x", false, "1.00", money.EUR, "", "POST", payment.ErrBank},
		"a page in the clear": {"CREATED", strings.Replace(approve, "https", "http", 1), false, "1.00", money.EUR, "", "POST", payment.ErrBank},
		"the live page":       {"CREATED", strings.Replace(approve, "sandbox.", "", 1), false, "1.00", money.EUR, "", "POST", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			at, asked := desk(t, tt.status, tt.link)
			r := order(tt.amount, tt.in)
			if tt.known {
				r.Payment.BankRef = orderNo
			}
			action, err := shop(at).Start(t.Context(), account("now"), r)
			if !errors.Is(err, tt.err) || !strings.Contains(asked.String(), tt.asked) || tt.asked == "" && asked.Len() > 0 {
				t.Errorf("got %v, %v, asked %s", action, err, asked)
			}
			if err != nil {
				return
			}
			if to := action.(payment.Redirect); strings.TrimPrefix(to.URL, at) != tt.to || to.BankRef != orderNo {
				t.Errorf("sent to %+v", to)
			}
		})
	}
	bare := payment.NewAccount(account("now").Mode, "paypal", true, form.Values{}, nil)
	if _, err := shop("").Start(t.Context(), bare, order("1.00", money.EUR)); !fault.Is(err, fault.Upstream) {
		t.Errorf("a test without an app for tests: %v", err)
	}
}

// wire answers in PayPal's place and notes the addresses.
type wire struct {
	t     *testing.T
	asked []string
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.asked = append(w.asked, r.URL.String())
	if r.Header.Get("Pretend-Notify") != "" {
		w.t.Error("PayPal is told what is for the pretend bank")
	}
	body := `{"access_token":"T","expires_in":32400}`
	if !strings.HasSuffix(r.URL.Path, "/token") {
		body = `{"id":"` + orderNo + `","status":"CREATED","links":[{"rel":"approve","href":"` + strings.Replace(approve, "sandbox.", "", 1) + `"}]}`
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// TestStart_live: real money goes by PayPal's own hosts, and the pretend bank is nowhere.
func TestStart_live(t *testing.T) {
	w := &wire{t: t}
	g := paypal.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), Transport: w}))[0]
	r := order("1.00", money.EUR)
	r.Payment.Test = false
	action, err := g.Start(t.Context(), account("now"), r)
	if err != nil {
		t.Fatal(err)
	}
	if to := action.(payment.Redirect).URL; to != "https://www.paypal.com/checkoutnow?token="+orderNo {
		t.Errorf("sent to %s", to)
	}
	want := []string{"https://api-m.paypal.com/v1/oauth2/token", "https://api-m.paypal.com/v2/checkout/orders"}
	if diff := cmp.Diff(want, w.asked); diff != "" {
		t.Error(diff)
	}
}

func TestCheckConfig(t *testing.T) {
	checker := shop("").(payment.Checker)
	for _, tt := range []struct{ field, change, value string }{
		{"", "", ""}, {"", "webhook_live", ""}, {"", "merchant", ""}, {"", "email", ""},
		{"secret_test", "secret_test", ""}, {"client_live", "client_live", ""}, {"secret_live", "secret_live", ""},
		{"webhook_test", "webhook_test", "WEBHOOK_ID"}, {"webhook_live", "webhook_live", "https://shop.example"}, {"merchant", "merchant", "9NGN"}, {"email", "email", "nobody"},
	} {
		v := form.Values{}
		for name, values := range contract(number, "one", sandboxSecret, secretLive, "now") {
			v[name] = form.TextValue(values[0])
		}
		if tt.change != "" {
			v[tt.change] = form.TextValue(tt.value)
		}
		err := checker.CheckConfig(v)
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
	if fields := fault.FieldsOf(checker.CheckConfig(form.Values{})); len(fields) != 1 || fields[0].Name != "client_test" {
		t.Errorf("no app: %+v", fields)
	}
}

func TestAcknowledge(t *testing.T) {
	for _, tt := range []struct {
		err    error
		status int
	}{
		{nil, 200}, {payment.ErrForged, 403}, {payment.ErrForeign, 403}, {payment.ErrGarbled, 400}, {payment.ErrMode, 404}, {payment.ErrBank, 503},
		{errors.New("the database is away"), 503},
	} {
		if got := shop("").Acknowledge(payment.Notice{}, tt.err); got.Status != tt.status || len(got.Body) != 0 {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	keys := []string{payment.KindKey("paypal")}
	for _, name := range []string{"app_half", "app_missing", "webhook_bad", "merchant_bad", "email_bad"} {
		keys = append(keys, "payment.paypal."+name)
	}
	for _, f := range shop("").Config().Fields {
		keys = append(keys, f.Label, f.Help)
		for _, o := range f.Options {
			keys = append(keys, o.Label)
		}
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed: as a webhook, and as IPN where nobody is there to ask.
func FuzzReadNotice(f *testing.F) {
	f.Add("AAAA", []byte(`{"event_type":"PAYMENT.CAPTURE.REFUNDED","resource":{"id":"09E71677NS257044M"}}`))
	f.Add("", []byte("payment_status=Completed&txn_id=02335565G34798738&custom=R&mc_gross=1.00&mc_currency=EUR&receiver_id="+number))
	f.Add("", []byte("token="+orderNo+"&PayerID=QYR5Z8XDVJNXQ"))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, shop("http://127.0.0.1:1"), account("now"), "Paypal-Transmission-Sig")
}
