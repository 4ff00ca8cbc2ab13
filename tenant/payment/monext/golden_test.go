package monext_test

import (
	"errors"
	"flag"
	"fmt"
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
	"echoppe.dev/tenant/payment/monext"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// shop is a gateway whose clock stands, and whose bank is somewhere else.
func shop(standIn string) payment.Gateway {
	return monext.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: standIn, Timeout: time.Second, Pause: time.Millisecond}))[0]
}

func account(api, capture string) payment.Account {
	test, live := apiKey, apiLive
	if api == "soap" {
		test, live = accessKey, accessLive
	}
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "payline", true,
		form.Values{"api": form.TextValue(api), "merchant": form.TextValue(merchantNumber), "point_of_sale": form.TextValue(pointOfSale), "contracts": form.TextValue(contracts),
			"capture": form.TextValue(capture)},
		map[string]secret.Text{"key_test": secret.NewText(test), "key_live": secret.NewText(live)})
}

func order(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: "REF7ABCDEFGHIJKLMNOPQRSTUV", Amount: money.Must(money.Parse(amount, in)), Created: instant.Add(-time.Minute)},
		OrderNumber: "R-7", ShopName: "Atelier + <Fils>", Locale: "de-AT", Pieces: 2,
		Buyer: payment.Buyer{Name: "Zoë Söhne & Fils", Email: "zoe@example.com",
			Billing:  address.Address{Name: "Zoë Söhne & Fils", Line1: "Straße <1>", Line2: "Hof", Postcode: "1010", City: "WIEN", Country: "AT", Phone: "+43 1 234"},
			Delivery: address.Address{Name: "Zoë", Line1: "Weg 2", Postcode: "4020", City: "Linz", Country: "AT"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout",
		NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// listener is a bank that answers with one text, and writes down what it was asked.
func listener(t *testing.T, answer string) (at string, heard *strings.Builder) {
	t.Helper()
	heard = &strings.Builder{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(heard, "%s %s\nAuthorization: %s\nContent-Type: %s\nSOAPAction: %s\n\n%s\n", r.Method, r.URL.Path, r.Header.Get("Authorization"),
			r.Header.Get("Content-Type"), r.Header.Get("SOAPAction"), body)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	return server.URL, heard
}

// TestStart_golden holds the calls that open a session byte for byte.
func TestStart_golden(t *testing.T) {
	for api, answer := range map[string]string{
		"rest": `{"result":{"title":"ACCEPTED","code":"00000"},"sessionId":"TOKEN123","redirectURL":"https://webpayment.payline.com/v2/?token=TOKEN123"}`,
		"soap": `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><doWebPaymentResponse xmlns="http://impl.ws.payline.experian.com"><result><code>00000</code></result>` +
			`<token>TOKEN123</token><redirectURL>https://webpayment.payline.com/v2/?token=TOKEN123</redirectURL></doWebPaymentResponse></Body></Envelope>`,
	} {
		t.Run(api, func(t *testing.T) {
			at, heard := listener(t, answer)
			action, err := shop(at).Start(t.Context(), account(api, "later"), order("1234.50", money.EUR))
			if err != nil {
				t.Fatal(err)
			}
			if to := action.(payment.Redirect); to.URL != "https://webpayment.payline.com/v2/?token=TOKEN123" || to.BankRef != "TOKEN123" {
				t.Errorf("sent to %+v", to)
			}
			path := filepath.Join("testdata", api+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(heard.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), heard.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestStart_again: PGW-16, a session that goes on is shown again, and one that is over is not.
func TestStart_again(t *testing.T) {
	const text = `{"result":{"title":"%s","code":"%s"},"sessionId":"TOKEN456","redirectURL":"https://webpayment.payline.com/v2/?token=TOKEN456","transactions":[],` +
		`"order":{"reference":"REF7ABCDEFGHIJKLMNOPQRSTUV","amount":100,"currency":"EUR"}}`
	r := order("1.00", money.EUR)
	r.Payment.BankRef = "TOKEN123"
	at, heard := listener(t, fmt.Sprintf(text, "INPROGRESS", "02306"))
	action, err := shop(at).Start(t.Context(), account("rest", "now"), r)
	if err != nil || payment.BankRefOf(action) != "TOKEN123" || !strings.HasSuffix(action.(payment.Redirect).URL, "/webpayment.payline.com/v2/?token=TOKEN123") {
		t.Errorf("sent to %+v, %v", action, err)
	}
	if strings.Contains(heard.String(), "POST") {
		t.Error("another session was opened")
	}
	at, heard = listener(t, fmt.Sprintf(text, "CANCELLED", "02319"))
	if _, err = shop(at).Start(t.Context(), account("rest", "now"), r); !fault.Is(err, fault.Upstream) || !strings.Contains(heard.String(), "POST") {
		t.Errorf("after it was given up: %v, asked %s", err, heard)
	}
}

func TestStart_refuses(t *testing.T) {
	g := shop("")
	if _, err := g.Start(t.Context(), account("rest", "now"), order("0.001", money.EUR)); !errors.Is(err, payment.ErrUnfit) {
		t.Errorf("a tenth of a cent: %v", err)
	}
	a := account("rest", "now")
	keyless := payment.NewAccount(a.Mode, a.Kind, true, a.Config, map[string]secret.Text{"key_test": secret.NewText(apiKey)})
	if _, err := g.Start(t.Context(), keyless, order("1.00", money.EUR)); !fault.Is(err, fault.Upstream) {
		t.Errorf("real money without a key: %v", err)
	}
	for _, page := range []string{"", "javascript:alert(1)", "ftp://example.com/", "https://u:p@example.com/", "/v2/"} {
		at, _ := listener(t, `{"result":{"title":"ACCEPTED","code":"00000"},"sessionId":"TOKEN123","redirectURL":"`+page+`"}`)
		if action, err := shop(at).Start(t.Context(), account("rest", "now"), order("1.00", money.EUR)); !fault.Is(err, fault.Upstream) {
			t.Errorf("%q: %+v, %v", page, action, err)
		}
	}
}

func TestCheckConfig(t *testing.T) {
	checker := shop("").(payment.Checker)
	for _, tt := range []struct{ field, api, merchant, pos, contracts, test, live string }{
		{"", "rest", "", pointOfSale, "1", apiKey, ""}, {"", "soap", merchantNumber, "", "1, 2", "", accessLive},
		{"point_of_sale", "rest", merchantNumber, "", "1", apiKey, ""}, {"merchant", "soap", "", pointOfSale, "1", accessKey, ""},
		{"merchant", "soap", "12a", "", "1", accessKey, ""}, {"contracts", "rest", "", pointOfSale, " , ", apiKey, ""},
		{"contracts", "rest", "", pointOfSale, "1;2", apiKey, ""}, {"contracts", "rest", "", pointOfSale, strings.Repeat("1,", 26), apiKey, ""},
		{"key_test", "rest", "", pointOfSale, "1", "", ""}, {"key_live", "rest", "", pointOfSale, "1", apiKey, "a b"},
	} {
		err := checker.CheckConfig(form.Values{"api": form.TextValue(tt.api), "merchant": form.TextValue(tt.merchant), "point_of_sale": form.TextValue(tt.pos),
			"contracts": form.TextValue(tt.contracts), "key_test": form.TextValue(tt.test), "key_live": form.TextValue(tt.live)})
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestAcknowledge(t *testing.T) {
	for _, tt := range []struct {
		err    error
		status int
		body   string
	}{
		{nil, 200, "OK"},
		{payment.ErrNoNotices, 501, "KO"},
		{payment.ErrForged, 404, "KO"},
		{payment.ErrMode, 404, "KO"},
		{payment.ErrForeign, 403, "KO"},
		{payment.ErrGarbled, 400, "KO"},
		{payment.ErrBank, 503, "KO"},
		{errors.New("the database is away"), 503, "KO"},
	} {
		if got := shop("").Acknowledge(payment.Notice{}, tt.err); got.Status != tt.status || string(got.Body) != tt.body {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	keys := []string{"payment.monext.merchant_bad", "payment.monext.point_of_sale_missing", "payment.monext.contracts_bad", "payment.monext.key_bad", "payment.monext.key_missing"}
	keys = append(keys, payment.KindKey("payline"))
	for _, f := range shop("").Config().Fields {
		keys = append(keys, f.Label, f.Help)
		for _, o := range f.Options {
			keys = append(keys, o.Label)
		}
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what no bank knows of.
func FuzzReadNotice(f *testing.F) {
	f.Add("", []byte("notificationType=WEBTRS&token=1234567890"))
	f.Add("", []byte("notificationType=TRS&transactionId=1"))
	f.Add("", []byte("notificationType=WEBTRS&token=..%2F..%2Fcheckout"))
	f.Add("", []byte{})
	server := httptest.NewServer(http.NotFoundHandler())
	f.Cleanup(server.Close)
	gatewaytest.Fuzz(f, shop(server.URL), account("rest", "now"), "X")
}
