package sips2_test

import (
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
	"echoppe.dev/tenant/payment/sips2"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 23, 30, 0, 0, time.UTC)

// shop is a gateway of a brand whose clock stands, with an account of the contract.
func shop(t testing.TB, which string) (payment.Gateway, payment.Account) {
	t.Helper()
	g, err := brand(which)(bankcall.New(bankcall.Options{Clock: clock.New(instant)}), "")
	if err != nil {
		t.Fatal(err)
	}
	return g, payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), which, true,
		form.Values{"merchant": form.TextValue(shopNumber), "version": form.TextValue("1"), "seal": form.TextValue("hmac"), "calls": form.TextValue("ask"),
			"capture": form.TextValue("now")},
		map[string]secret.Text{"key": secret.NewText(key)})
}

func order(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: "REF7ABCDEFGHIJKLMNOPQRSTUV", Test: true, Amount: money.Must(money.Parse(amount, in)), Created: instant},
		OrderNumber: "n° 7", ShopName: "Atelier", Locale: "de-AT",
		Buyer: payment.Buyer{Name: "Zoë Söhne", Email: "zoe@example.com", Billing: address.Address{Name: "Zoë Söhne",
			Line1: "Straße <1>", Postcode: "1010", City: "Wien", Country: "AT"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout",
		NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// TestStart_golden holds the form byte for byte; its seal was also made with openssl dgst -sha256 -mac HMAC.
func TestStart_golden(t *testing.T) {
	g, a := shop(t, "mercanet")
	action, err := g.Start(t.Context(), a, order("1234.50", money.EUR))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	post := action.(payment.FormPost)
	fmt.Fprintln(&b, post.URL)
	for _, f := range post.Fields {
		fmt.Fprintf(&b, "%s=%s\n", f.Name, f.Value)
	}
	path := filepath.Join("testdata", "start.golden")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestStart_refuses(t *testing.T) {
	g, a := shop(t, "mercanet")
	if _, err := g.Start(t.Context(), a, order("0.001", money.EUR)); !errors.Is(err, payment.ErrUnfit) {
		t.Errorf("a tenth of a cent: %v", err)
	}
	keyless := payment.NewAccount(a.Mode, a.Kind, true, a.Config, nil)
	if _, err := g.Start(t.Context(), keyless, order("1.00", money.EUR)); !fault.Is(err, fault.Upstream) {
		t.Errorf("without a key: %v", err)
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := shop(t, "mercanet")
	checker := g.(payment.Checker)
	for _, tt := range []struct{ field, merchant, key, version string }{
		{"", shopNumber, key, "1"}, {"", otherNumber, otherKey, "12"},
		{"merchant", shopNumber[1:], key, "1"}, {"merchant", "01122334455000A", key, "1"}, {"key", shopNumber, "short", "1"},
		{"key", shopNumber, "with a blank in it", "1"}, {"version", shopNumber, key, "one"}, {"version", shopNumber, key, ""},
	} {
		err := checker.CheckConfig(form.Values{"merchant": form.TextValue(tt.merchant), "key": form.TextValue(tt.key), "version": form.TextValue(tt.version)})
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestAcknowledge(t *testing.T) {
	g, _ := shop(t, "mercanet")
	for _, tt := range []struct {
		err    error
		status int
	}{
		{nil, 200}, {payment.ErrForged, 403}, {payment.ErrForeign, 403}, {payment.ErrGarbled, 400}, {payment.ErrMode, 404},
		{payment.ErrBank, 503}, {errors.New("the database is away"), 503},
	} {
		if got := g.Acknowledge(payment.Notice{}, tt.err); got.Status != tt.status || len(got.Body) != 0 {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	var keys []string
	for _, g := range sips2.All(bankcall.New(bankcall.Options{Clock: clock.System()})) {
		b := g.(payment.Branded).Brand()
		keys = append(keys, payment.KindKey(b.Key))
		if b.Status != payment.Alive {
			keys = append(keys, b.AskKey())
		}
		for _, f := range g.Config().Fields {
			keys = append(keys, f.Label)
			if f.Help != "" {
				keys = append(keys, f.Help)
			}
			for _, o := range f.Options {
				keys = append(keys, o.Label)
			}
		}
	}
	for _, name := range []string{"merchant", "key", "version"} {
		keys = append(keys, "payment.sips2."+name+"_bad")
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	g, a := shop(f, "mercanet")
	f.Add("", []byte("Data=YW1vdW50PTEwMDB8cmVzcG9uc2VDb2RlPTAw&Encode=base64&Seal=00"))
	f.Add("", []byte("Seal="))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, g, a, "X")
}
