package amazonpay_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
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
	"echoppe.dev/tenant/payment/amazonpay"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// shop is a gateway whose clock stands.
func shop(standIn string) payment.Gateway {
	return amazonpay.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: standIn, Timeout: time.Second, Pause: time.Millisecond}))[0]
}

// account is the contract with some of it chosen otherwise.
func account(t testing.TB, capture string, otherwise ...string) payment.Account {
	v, secrets := form.Values{}, map[string]secret.Text{}
	for name, values := range contract(t, capture) {
		if strings.HasPrefix(name, "private_") {
			secrets[name] = secret.NewText(values[0])
			continue
		}
		v[name] = form.TextValue(values[0])
	}
	for i := 0; i < len(otherwise); i += 2 {
		v[otherwise[i]] = form.TextValue(otherwise[i+1])
	}
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "amazonpay", true, v, secrets)
}

const sessionNo = "26be7331-7dc2-4722-be22-f7e75582d3ef"

func order(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: "REF7ABCDEFGHIJKLMNOPQRSTUV", Test: true, Amount: money.Must(money.Parse(amount, in)), Created: instant},
		OrderNumber: "R-7", ShopName: "Atelier + <Fils>", Locale: "de-AT", Pieces: 2,
		Buyer: payment.Buyer{Name: "Zoë Söhne & Fils", Email: "zoe@example.com",
			Billing:  address.Address{Name: "Zoë Söhne & Fils", Line1: "Straße <1>", Line2: "Hof", Postcode: "1010", City: "WIEN", Country: "AT", Phone: "+43 1 234"},
			Delivery: address.Address{Name: "Zoë", Line1: "Weg 2", Postcode: "4020", City: "Linz", Country: "AT", Phone: "+43 1 234"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout",
		NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// desk is an Amazon that knows one session, and what it was asked.
func desk(t *testing.T, state, page string) (string, *bytes.Buffer) {
	t.Helper()
	var asked bytes.Buffer
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked.WriteString(r.Method + " " + r.URL.Path + "\n")
		for _, name := range []string{"Accept", "Content-Type", "X-Amz-Pay-Date", "X-Amz-Pay-Host", "X-Amz-Pay-Region", "X-Amz-Pay-Idempotency-Key", "Pretend-Notify"} {
			asked.WriteString(name + ": " + r.Header.Get(name) + "\n")
		}
		signed, _, _ := strings.Cut(r.Header.Get("Authorization"), "Signature=")
		asked.WriteString("Authorization: " + signed + "\n")
		if len(body) > 0 {
			_ = json.Indent(&asked, body, "", "  ")
			asked.WriteByte('\n')
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"checkoutSessionId":"`+sessionNo+`","webCheckoutDetails":{"amazonPayRedirectUrl":"`+page+`"},"paymentDetails":{"chargeAmount":{"amount":"1.00","currencyCode":"EUR"}},`+
			`"merchantMetadata":{"merchantReferenceId":"REF7ABCDEFGHIJKLMNOPQRSTUV","customInformation":"mode 0195f3a0-0000-7000-8000-000000000001"},"statusDetails":{"state":"`+state+`"},"releaseEnvironment":"Sandbox"}`)
	}))
	t.Cleanup(server.Close)
	return server.URL, &asked
}

const agree = "https://payments.amazon.de/checkout?amazonCheckoutSessionId=" + sessionNo

// TestStart_golden holds the call that creates a session byte for byte but for its signature, which the pretend bank checks,
// and that the same request makes the same call.
func TestStart_golden(t *testing.T) {
	at, asked := desk(t, "Open", agree)
	g := shop(at)
	for range 2 { // the same again, after a crash
		asked.Reset()
		action, err := g.Start(t.Context(), account(t, "later"), order("1234.50", money.EUR))
		if err != nil {
			t.Fatal(err)
		}
		if to := action.(payment.Redirect); to.URL != at+"/amazonpay/payments.amazon.de/checkout?amazonCheckoutSessionId="+sessionNo || to.BankRef != sessionNo {
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

// TestStart: a session that is there is used again, a buyer who agreed goes where Amazon has sent him, and each region has
// its currencies.
func TestStart(t *testing.T) {
	const page = "/amazonpay/payments.amazon.de/checkout?amazonCheckoutSessionId=" + sessionNo
	const charge = "S02-5105180-3221187-C056351"
	for name, tt := range map[string]struct {
		region, state, page, known string
		amount                     string
		in                         money.Currency
		to, asked                  string
		err                        error
	}{
		"anew":                      {"eu", "Open", agree, "", "1.00", money.EUR, page, `"amount": "1.00"`, nil},
		"again":                     {"eu", "Open", agree, sessionNo, "1.00", money.EUR, page, "GET ", nil},
		"again, after he did":       {"eu", "Completed", agree, sessionNo, "1.00", money.EUR, "https://shop.example/pay/return/7?a=1&amazonCheckoutSessionId=" + sessionNo, "GET ", nil},
		"again, after he paid":      {"eu", "", "", charge, "1.00", money.EUR, "https://shop.example/pay/return/7?a=1", "", nil},
		"again, too late":           {"eu", "Canceled", agree, sessionNo, "1.00", money.EUR, "", "GET ", payment.ErrBank},
		"francs in Europe":          {"eu", "Open", agree, "", "1.00", money.CHF, page, `"presentmentCurrency": "CHF"`, nil},
		"pounds in Britain":         {"uk", "Open", agree, "", "1.00", money.GBP, page, "X-Amz-Pay-Host: pay-api.amazon.eu\nX-Amz-Pay-Region: eu\n", nil},
		"yen in Japan":              {"jp", "Open", agree, "", "1200", money.JPY, page, `"amount": "1200"`, nil},
		"dollars in America":        {"na", "Open", agree, "", "1.00", money.USD, page, "X-Amz-Pay-Host: pay-api.amazon.com\nX-Amz-Pay-Region: na\n", nil},
		"euros in America":          {"na", "Open", agree, "", "1.00", money.EUR, "", "", payment.ErrUnfit},
		"dollars in Japan":          {"jp", "Open", agree, "", "1.00", money.USD, "", "", payment.ErrUnfit},
		"half a cent":               {"eu", "Open", agree, "", "1.005", money.EUR, "", "", payment.ErrUnfit},
		"a currency it lacks":       {"eu", "Open", agree, "", "1.00", money.MustCurrency("KWD"), "", "", payment.ErrUnfit},
		"a region there is not":     {"page", "Open", agree, "", "1.00", money.EUR, "", "", payment.ErrUnfit},
		"no page":                   {"eu", "Open", "", "", "1.00", money.EUR, "", "POST", payment.ErrBank},
		"somebody's page":           {"eu", "Open", "https://payments.amazon.de.evil.example/x", "", "1.00", money.EUR, "", "POST", payment.ErrBank},
		"a page of a like name":     {"eu", "Open", "https://evilamazon.de/x", "", "1.00", money.EUR, "", "POST", payment.ErrBank},
		"a page in the clear":       {"eu", "Open", strings.Replace(agree, "https", "http", 1), "", "1.00", money.EUR, "", "POST", payment.ErrBank},
		"a page behind a name":      {"eu", "Open", strings.Replace(agree, "https://", "https://payments.amazon.de@evil.example/", 1), "", "1.00", money.EUR, "", "POST", payment.ErrBank},
		"a session without a state": {"eu", "", agree, "", "1.00", money.EUR, "", "POST", payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			at, asked := desk(t, tt.state, tt.page)
			r := order(tt.amount, tt.in)
			r.Payment.BankRef = tt.known
			action, err := shop(at).Start(t.Context(), account(t, "now", "region", tt.region), r)
			if !errors.Is(err, tt.err) || !strings.Contains(asked.String(), tt.asked) || tt.asked == "" && asked.Len() > 0 {
				t.Errorf("got %v, %v, asked %s", action, err, asked)
			}
			if err != nil {
				return
			}
			if to := action.(payment.Redirect); strings.TrimPrefix(to.URL, at) != tt.to || tt.known != charge && to.BankRef != sessionNo || tt.known == charge && to.BankRef != charge {
				t.Errorf("sent to %+v", to)
			}
		})
	}
	bare := payment.NewAccount(account(t, "now").Mode, "amazonpay", true, form.Values{"region": form.TextValue("eu")}, nil)
	if _, err := shop("").Start(t.Context(), bare, order("1.00", money.EUR)); !fault.Is(err, fault.Upstream) {
		t.Errorf("a test without a key for tests: %v", err)
	}
}

// wire answers in Amazon's place and notes the addresses.
type wire struct {
	t     *testing.T
	asked []string
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.asked = append(w.asked, r.Method+" "+r.URL.String())
	if r.Header.Get("Pretend-Notify") != "" {
		w.t.Error("Amazon is told what is for the pretend bank")
	}
	body := `{"checkoutSessionId":"` + sessionNo + `","webCheckoutDetails":{"amazonPayRedirectUrl":"` + agree + `"},"statusDetails":{"state":"Open"}}`
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// TestStart_live: real money goes by Amazon's own hosts, the path or the key tells the environment, and the pretend bank is
// nowhere.
func TestStart_live(t *testing.T) {
	w := &wire{t: t}
	g := amazonpay.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), Transport: w}))[0]
	for _, test := range []bool{false, true} {
		for _, a := range []payment.Account{account(t, "now"), account(t, "now", "key_test", liveID, "key_live", "LIVE-AFVX7ULWSGBZ5535PCUQOY7B")} {
			r := order("1.00", money.EUR)
			r.Payment.Test = test
			action, err := g.Start(t.Context(), a, r)
			if err != nil {
				t.Fatal(err)
			}
			if to := action.(payment.Redirect).URL; to != agree {
				t.Errorf("sent to %s", to)
			}
		}
	}
	const at = "POST https://pay-api.amazon.eu"
	want := []string{at + "/live/v2/checkoutSessions", at + "/v2/checkoutSessions", at + "/v2/checkoutSessions", at + "/sandbox/v2/checkoutSessions"}
	if diff := cmp.Diff(want, w.asked); diff != "" {
		t.Error(diff)
	}
}

func TestCheckConfig(t *testing.T) {
	checker := shop("").(payment.Checker)
	none := func(v url.Values, suffix string) { v.Del("key" + suffix); v.Del("private" + suffix) }
	for name, tt := range map[string]struct {
		field  string
		change func(url.Values)
	}{
		"whole":                  {"", func(url.Values) {}},
		"the sandbox only":       {"", func(v url.Values) { none(v, "_live") }},
		"real money only":        {"", func(v url.Values) { none(v, "_test") }},
		"no key":                 {"key_test", func(v url.Values) { none(v, "_test"); none(v, "_live") }},
		"half a key":             {"private_live", func(v url.Values) { v.Del("private_live") }},
		"the other half":         {"key_test", func(v url.Values) { v.Del("key_test") }},
		"a key of real money":    {"key_test", func(v url.Values) { v.Set("key_test", "LIVE-AFVX7ULWSGBZ5535PCUQOY7B") }},
		"a key of the sandbox":   {"key_live", func(v url.Values) { v.Set("key_live", sandboxID) }},
		"no ID of a key":         {"key_test", func(v url.Values) { v.Set("key_test", "SANDBOX") }},
		"no private key":         {"private_test", func(v url.Values) { v.Set("private_test", "-----BEGIN PUBLIC KEY-----") }},
		"an address":             {"merchant", func(v url.Values) { v.Set("merchant", "me@example.com") }},
		"an ID of something":     {"store", func(v url.Values) { v.Set("store", "amzn1.application.0123") }},
		"a key like those there": {"", func(v url.Values) { v.Set("key_test", liveID) }},
	} {
		in := contract(t, "now")
		tt.change(in)
		v := form.Values{}
		for field, values := range in {
			v[field] = form.TextValue(values[0])
		}
		err := checker.CheckConfig(v)
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%s: %v", name, err)
		}
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
	keys := []string{payment.KindKey("amazonpay")}
	for _, name := range []string{"key_half", "key_bad", "key_other", "key_missing", "private_bad", "merchant_bad", "store_bad"} {
		keys = append(keys, "payment.amazonpay."+name)
	}
	for _, f := range shop("").Config().Fields {
		keys = append(keys, f.Label, f.Help)
		for _, o := range f.Options {
			keys = append(keys, o.Label)
		}
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed, where nobody is there to ask.
func FuzzReadNotice(f *testing.F) {
	f.Add("Notification", []byte(`{"Type":"Notification","TopicArn":"arn:aws:sns:eu-west-1:1:A","Message":"{}","SignatureVersion":"1","Signature":"AAAA",`+
		`"SigningCertURL":"https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem"}`))
	f.Add("SubscriptionConfirmation", []byte(`{"Type":"SubscriptionConfirmation","SubscribeURL":"https://sns.eu-west-1.amazonaws.com/"}`))
	f.Add("", []byte("amazonCheckoutSessionId="+sessionNo))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, shop("http://127.0.0.1:1"), account(f, "now"), "X-Amz-Sns-Message-Type")
}
