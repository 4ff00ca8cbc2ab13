package twocheckout_test

import (
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
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/twocheckout"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 23, 30, 0, 0, time.UTC)

// shop is a gateway whose clock stands, with an account; its calls go through what is given.
func shop(t testing.TB, through http.RoundTripper) (*twocheckout.Gateway, payment.Account) {
	t.Helper()
	g := twocheckout.All(bankcall.New(bankcall.Options{Clock: clock.New(instant), Transport: through, Pause: time.Nanosecond}))[0]
	return g.(*twocheckout.Gateway), payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "twocheckout", true,
		form.Values{"merchant": form.TextValue("250111206876"), "hash": form.TextValue("sha")},
		map[string]secret.Text{"key": secret.NewText(keyOne), "word": secret.NewText(wordOne)})
}

func order(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: "REF7ABCDEFGH", Test: true, Amount: money.Must(money.Parse(amount, in)), Created: time.Unix(0, 0)},
		OrderNumber: "n° 7", ShopName: "Atelier", Locale: "de-AT",
		Buyer: payment.Buyer{Name: "Zoë Söhne", Email: "zoe@example.com", Billing: address.Address{Name: "Zoë Söhne",
			Line1: "Straße <1>", Postcode: "1010", City: "Wien", Country: "AT"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout",
		NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// golden compares with a file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// TestStart_golden holds the link byte for byte, a parameter on a line. Its signature was also made with
// openssl dgst -sha256 -hmac.
func TestStart_golden(t *testing.T) {
	g, a := shop(t, nil)
	r := order("1234.50", money.EUR)
	r.ShopName = "Atelier; Zoë"
	action, err := g.Start(t.Context(), a, r)
	if err != nil {
		t.Fatal(err)
	}
	link := action.(payment.Redirect).URL
	if strings.Contains(link, "notify") {
		t.Error("the buyer is shown where notices go")
	}
	golden(t, "start.golden", strings.NewReplacer("?", "\n", "&", "\n").Replace(link)+"\n")
}

func TestStart_refuses(t *testing.T) {
	g, a := shop(t, nil)
	for what, r := range map[string]payment.Request{"a tenth of a cent": order("0.001", money.EUR), "nothing": order("0.00", money.EUR)} {
		if _, err := g.Start(t.Context(), a, r); !errors.Is(err, payment.ErrUnfit) {
			t.Errorf("%s: %v", what, err)
		}
	}
	keyless := payment.NewAccount(a.Mode, a.Kind, true, a.Config, nil)
	if _, err := g.Start(t.Context(), keyless, order("1.00", money.EUR)); !fault.Is(err, fault.Upstream) {
		t.Errorf("without a word: %v", err)
	}
}

// office answers every call with the same, and keeps what was asked.
type office struct {
	status int
	body   string
	asked  strings.Builder
}

func (o *office) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(&o.asked, "%s %s\n%s\n%s\n\n", r.Method, r.URL, r.Header.Get("X-Avangate-Authentication"), body)
	return &http.Response{StatusCode: o.status, Body: io.NopCloser(strings.NewReader(o.body)), Header: http.Header{}, Request: r}, nil
}

// TestCalls_golden holds the calls byte for byte. The hash of the header was also made with openssl dgst -sha3-256 -hmac,
// over 12250111206876192026-03-05 23:30:00.
func TestCalls_golden(t *testing.T) {
	var asked string
	for _, p := range []payment.Payment{{Ref: "R1", Created: instant}, {Ref: "R1", Created: instant, BankRef: "211153389"}} {
		o := &office{status: 200, body: "{}"}
		g, a := shop(t, o)
		if n, err := g.Inquire(t.Context(), a, p); err == nil {
			t.Errorf("nothing was understood as %+v", n)
		}
		asked += o.asked.String()
	}
	o := &office{status: 200, body: "true"}
	g, a := shop(t, o)
	p := payment.Payment{Ref: "R1", Created: instant, BankRef: "211153389", Amount: money.Must(money.Parse("20.50", money.EUR))}
	if n, err := g.Refund(t.Context(), a, p, p.Amount, "key"); err != nil || n.Event != payment.Waiting {
		t.Errorf("%+v, %v", n, err)
	}
	golden(t, "calls.golden", asked+o.asked.String())
	if strings.Contains(asked, keyOne) {
		t.Error("the key is sent")
	}
}

// TestAnswers: what is made of answers to calls.
func TestAnswers(t *testing.T) {
	known := payment.Payment{Ref: "R1", Created: instant, BankRef: "7"}
	body := func(status, approved string) string {
		return `{"RefNo":"7","ExternalReference":"R1","Status":"` + status + `","ApproveStatus":"` + approved + `","Currency":"eur","GrossPrice":6.5,"TestOrder":true}`
	}
	for name, tt := range map[string]struct {
		status int
		body   string
		p      payment.Payment
		err    error
		event  payment.Event
	}{
		"paid":                      {200, body("COMPLETE", "OK"), known, nil, payment.Captured},
		"given back since":          {200, strings.Replace(body("REFUND", "OK"), "6.5", "-6.5", 1), known, nil, payment.Waiting},
		"not taken yet":             {200, body("AUTHRECEIVED", "OK"), known, nil, payment.Waiting},
		"fraud":                     {200, body("COMPLETE", "FRAUD"), known, nil, payment.Failed},
		"invalid":                   {200, body("PENDING", "INVALIDDATA"), known, nil, payment.Failed},
		"cancelled":                 {200, body("CANCELED", "OK"), known, nil, payment.Cancelled},
		"a state nobody knows":      {200, body("NEW", "OK"), known, payment.ErrBank, ""},
		"another order":             {200, strings.Replace(body("COMPLETE", "OK"), "R1", "R2", 1), known, payment.ErrBank, ""},
		"no amount":                 {200, strings.Replace(body("COMPLETE", "OK"), "6.5", "0.5e1", 1), known, payment.ErrBank, ""},
		"no JSON":                   {200, "<html>", known, payment.ErrBank, ""},
		"no order":                  {404, "{}", known, payment.ErrNotKnown, ""},
		"no right to ask":           {401, "{}", known, payment.ErrBank, ""},
		"nothing found":             {200, `{"Items":[]}`, payment.Payment{Ref: "R1"}, payment.ErrNotKnown, ""},
		"found another's":           {200, `{"Items":[` + strings.Replace(body("COMPLETE", "OK"), "R1", "R2", 1) + `]}`, payment.Payment{Ref: "R1"}, payment.ErrNotKnown, ""},
		"a search that was refused": {400, "{}", payment.Payment{Ref: "R1"}, payment.ErrBank, ""},
	} {
		g, a := shop(t, &office{status: tt.status, body: tt.body})
		n, err := g.Inquire(t.Context(), a, tt.p)
		switch {
		case tt.err != nil && !errors.Is(err, tt.err):
			t.Errorf("%s: %+v, %v", name, n, err)
		case tt.err == nil && (err != nil || n.Event != tt.event || n.Amount.String() != "6.50" || !n.Test || n.BankRef != "7"):
			t.Errorf("%s: %+v, %v", name, n, err)
		}
	}
	g, a := shop(t, &office{status: 200, body: "false"})
	if n, err := g.Refund(t.Context(), a, known, money.Must(money.Parse("1.00", money.EUR)), "key"); !errors.Is(err, payment.ErrDeclined) {
		t.Errorf("refused: %+v, %v", n, err)
	}
	if n, err := g.Refund(t.Context(), a, payment.Payment{Ref: "R1"}, money.Must(money.Parse("1.00", money.EUR)), "key"); !errors.Is(err, payment.ErrOffice) {
		t.Errorf("of an order nobody has told of: %+v, %v", n, err)
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := shop(t, nil)
	for _, tt := range []struct{ field, merchant, key, word string }{
		{"", "250111206876", keyOne, wordOne}, {"", "AVLRNG", keyTwo, wordTwo}, {"merchant", "25 01", keyOne, wordOne}, {"word", "250111206876", keyOne, keyOne},
	} {
		err := g.CheckConfig(form.Values{"merchant": form.TextValue(tt.merchant), "key": form.TextValue(tt.key), "word": form.TextValue(tt.word)})
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestAcknowledge(t *testing.T) {
	g, _ := shop(t, nil)
	for _, tt := range []struct {
		err    error
		status int
		body   string
	}{
		{nil, 200, "<sig/>"}, {payment.ErrForged, 400, ""}, {payment.ErrForeign, 400, ""}, {payment.ErrGarbled, 400, ""},
		{payment.ErrMode, 400, ""}, {payment.ErrBank, 503, ""}, {errors.New("the database is away"), 503, ""},
	} {
		got := g.Acknowledge(payment.Notice{Receipt: "<sig/>"}, tt.err)
		if got.Status != tt.status || string(got.Body) != tt.body || got.ContentType != "text/xml" {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	g, _ := shop(t, nil)
	keys := []string{payment.KindKey(g.Key())}
	for _, f := range g.Config().Fields {
		keys = append(keys, f.Label, f.Help)
		for _, o := range f.Options {
			keys = append(keys, o.Label)
		}
	}
	keys = append(keys, "payment.twocheckout.merchant_bad", "payment.twocheckout.word_same")
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	g, a := shop(f, nil)
	f.Add("", []byte("REFNO=1&REFNOEXT=R1&ORDERSTATUS=COMPLETE&CURRENCY=EUR&IPN_TOTALGENERAL=1.00&TEST_ORDER=1&SIGNATURE_SHA2_256=00"))
	f.Add("", []byte("IPN_PID%5B%5D=1&IPN_PID%5B%5D=2&HASH=00"))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, g, a, "X")
}
