package testbank_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/testbank"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// family is a gateway whose clock stands, with an account in test mode.
func family(t testing.TB) (*testbank.Gateway, payment.Account) {
	t.Helper()
	g, err := testbank.New(testbank.Options{Endpoint: "http://bank.localhost:8080", Clock: clock.New(instant)})
	if err != nil {
		t.Fatal(err)
	}
	return g, payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), testbank.Key, true,
		form.Values{"merchant": form.TextValue("DEMO"), "capture": form.TextValue("now")},
		map[string]secret.Text{"key": secret.NewText(key)})
}

// signature is the header of a body, by section 5 of the protocol.
func signature(key string, at int64, body []byte) string {
	raw, err := hex.DecodeString(key)
	if err != nil {
		panic(err)
	}
	mac := hmac.New(sha256.New, raw)
	fmt.Fprintf(mac, "%d.%s", at, body)
	return fmt.Sprintf("t=%d,v1=%x", at, mac.Sum(nil))
}

// TestStart_golden holds the form byte for byte; its MAC was also made with
// openssl dgst -sha256 -mac HMAC -macopt hexkey:<key>.
func TestStart_golden(t *testing.T) {
	g, a := family(t)
	action, err := g.Start(t.Context(), a, payment.Request{
		Payment:     payment.Payment{Ref: "REF7ABCDEFGHIJKLMNOPQRSTUV", Test: true, Amount: money.Must(money.Parse("1234.50", money.EUR))},
		OrderNumber: "Bestellung Nº 7 — Zoë & Söhne", ShopName: "Atelier de la Lune & Fils", Locale: "de-AT",
		ReturnURL: "https://shop.example/pay/return/7?a=1&b=ü", NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	post := action.(payment.FormPost)
	fmt.Fprintln(&b, post.URL)
	for _, f := range post.Fields {
		fmt.Fprintf(&b, "%s=%s\n", f.Name, f.Value)
	}
	golden(t, "start.golden", b.String())
}

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

func TestStart_refuses(t *testing.T) {
	g, a := family(t)
	_, err := g.Start(t.Context(), a, payment.Request{Payment: payment.Payment{Ref: "R", Amount: money.Must(money.Parse("0.001", money.EUR))}})
	if !errors.Is(err, payment.ErrUnfit) {
		t.Errorf("a tenth of a cent: %v", err)
	}
	keyless := payment.NewAccount(a.Mode, a.Kind, true, a.Config, nil)
	if _, err := g.Start(t.Context(), keyless, payment.Request{}); !fault.Is(err, fault.Upstream) {
		t.Errorf("without a key: %v", err)
	}
}

// TestReadNotice holds messages as the protocol writes them, and what they mean.
func TestReadNotice(t *testing.T) {
	g, a := family(t)
	body := func(merchant, mode, event, amount, currency string) []byte {
		return fmt.Appendf(nil, `{"id":"PB1-1","merchant":%q,"mode":%q,"ref":"REF1","payment":"PB1","event":%q,"amount":%s,"currency":%q,"reason":"authentication","card":"•••• 0001","time":1772712000}`,
			merchant, mode, event, amount, currency)
	}
	good := body("DEMO", "test", "paid", "123450", "EUR")
	for _, tt := range []struct {
		name   string
		body   []byte
		at     time.Time
		err    error
		event  payment.Event
		amount string
		reason payment.Reason
		test   bool
	}{
		{"PGW-04 paid", good, instant, nil, payment.Captured, "1234.50", "", true},
		{"a currency without decimals", body("DEMO", "live", "paid", "1234", "JPY"), instant, nil, payment.Captured, "1234", "", false},
		{"a currency with three", body("DEMO", "test", "refunded", "1234", "KWD"), instant, nil, payment.Refunded, "1.234", "", true},
		{"PGW-16 refused", body("DEMO", "test", "refused", "1", "EUR"), instant, nil, payment.Failed, "0.01", payment.ReasonSecure, true},
		{"given up", body("DEMO", "test", "cancelled", "1", "EUR"), instant, nil, payment.Cancelled, "0.01", payment.ReasonAbandoned, true},
		{"ran out", body("DEMO", "test", "expired", "1", "EUR"), instant, nil, payment.Cancelled, "0.01", payment.ReasonExpired, true},
		{"ten minutes late", good, instant.Add(-10 * time.Minute), nil, payment.Captured, "1234.50", "", true},
		{"eleven minutes late", good, instant.Add(-11 * time.Minute), payment.ErrForged, "", "", "", false},
		{"eleven minutes early", good, instant.Add(11 * time.Minute), payment.ErrForged, "", "", "", false},
		{"another merchant", body("OTHER", "test", "paid", "1", "EUR"), instant, payment.ErrForeign, "", "", "", false},
		{"no such event", body("DEMO", "test", "gifted", "1", "EUR"), instant, payment.ErrGarbled, "", "", "", false},
		{"no such mode", body("DEMO", "", "paid", "1", "EUR"), instant, payment.ErrGarbled, "", "", "", false},
		{"no such currency", body("DEMO", "test", "paid", "1", "EURO"), instant, payment.ErrGarbled, "", "", "", false},
		{"a negative amount", body("DEMO", "test", "paid", "-1", "EUR"), instant, payment.ErrGarbled, "", "", "", false},
		{"a broken amount", body("DEMO", "test", "paid", "1.5", "EUR"), instant, payment.ErrGarbled, "", "", "", false},
		{"two messages", append(good, good...), instant, payment.ErrGarbled, "", "", "", false},
		{"no message", nil, instant, payment.ErrGarbled, "", "", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := g.ReadNotice(t.Context(), a, signed(payment.RawNotice{Body: tt.body}, signature(key, tt.at.Unix(), tt.body)))
			if tt.err != nil {
				if !errors.Is(err, tt.err) {
					t.Errorf("got %v, want %v", err, tt.err)
				}
				return
			}
			if err != nil || n.Event != tt.event || n.Amount.String() != tt.amount || n.Reason != tt.reason || n.Test != tt.test || n.ID != "PB1-1" || n.BankRef != "PB1" {
				t.Errorf("got %+v, %v", n, err)
			}
		})
	}
}

// TestAcknowledge holds the answers: the bank repeats on anything but the first.
func TestAcknowledge(t *testing.T) {
	g, _ := family(t)
	for _, tt := range []struct {
		err    error
		status int
		body   string
	}{
		{nil, 200, "OK PB1-1"},
		{payment.ErrForged, 403, "NO forged"},
		{payment.ErrForeign, 403, "NO forged"},
		{payment.ErrGarbled, 400, "NO garbled"},
		{payment.ErrMode, 404, "NO unknown"},
		{errors.New("the database is away"), 503, "NO later"},
	} {
		got := g.Acknowledge(payment.Notice{ID: "PB1-1"}, tt.err)
		if got.Status != tt.status || string(got.Body) != tt.body {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := family(t)
	for _, tt := range []struct{ field, merchant, key string }{
		{"", "DEMO-1", key}, {"", "DEMO-1", strings.ToUpper(otherKey)},
		{"merchant", "demo", key}, {"merchant", "", key}, {"key", "DEMO", key[1:]}, {"key", "DEMO", key + "00"}, {"key", "DEMO", strings.Repeat("g", 64)},
	} {
		err := g.CheckConfig(form.Values{"merchant": form.TextValue(tt.merchant), "key": form.TextValue(tt.key)})
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%q %q: %v", tt.merchant, tt.key, err)
		}
	}
}

func TestNew_refuses(t *testing.T) {
	for _, endpoint := range []string{"", "bank", "ftp://bank", "file:///etc/passwd", "http://"} {
		if _, err := testbank.New(testbank.Options{Endpoint: endpoint, Clock: clock.System()}); err == nil {
			t.Errorf("%q was taken", endpoint)
		}
	}
	if _, err := testbank.New(testbank.Options{Endpoint: "http://bank.localhost"}); err == nil {
		t.Error("no clock was taken")
	}
}

// TestCall_unsigned: an answer nobody signed is no answer, whatever it says.
func TestCall_unsigned(t *testing.T) {
	liar := startLiar(t)
	g, err := testbank.New(testbank.Options{Endpoint: liar, Clock: clock.New(instant)})
	if err != nil {
		t.Fatal(err)
	}
	_, a := family(t)
	n, err := g.Inquire(t.Context(), a, payment.Payment{Ref: "REF1"})
	if !errors.Is(err, payment.ErrBank) {
		t.Errorf("believed %+v, %v", n, err)
	}
}

func TestWords(t *testing.T) {
	g, _ := family(t)
	words := payment.Words()
	for _, f := range g.Config().Fields {
		for _, l := range i18n.Shipped {
			if !words.Has(l, f.Label) || f.Help != "" && !words.Has(l, f.Help) {
				t.Errorf("%s: no words for %s", l, f.Name)
			}
		}
	}
}
