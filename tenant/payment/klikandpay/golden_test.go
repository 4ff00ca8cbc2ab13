package klikandpay_test

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
	"echoppe.dev/tenant/payment/klikandpay"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// shop is a gateway with an account.
func shop(t testing.TB) (payment.Gateway, payment.Account) {
	t.Helper()
	return klikandpay.All(bankcall.New(bankcall.Options{Clock: clock.System()}))[0],
		payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "klikandpay", true,
			form.Values{"account": form.TextValue("1234567"), "currency": form.TextValue("EUR"), "review": form.TextValue("all")},
			map[string]secret.Text{"secret": secret.NewText(secretOne)})
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

// TestStart_golden holds the form byte for byte. The MAC in RETOUR was also made with
// openssl dgst -sha256 -hmac, over 10:klikandpay7:123456712:REF7ABCDEFGH1:t.
func TestStart_golden(t *testing.T) {
	g, a := shop(t)
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
	if strings.Contains(b.String(), secretOne) || strings.Contains(b.String(), "notify") {
		t.Error("the buyer's browser is shown where notices go, or the secret")
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
	g, a := shop(t)
	for what, r := range map[string]payment.Request{
		"a tenth of a cent": order("0.001", money.EUR), "nothing": order("0.00", money.EUR), "another currency": order("1.00", money.MustCurrency("CHF")),
	} {
		if _, err := g.Start(t.Context(), a, r); !errors.Is(err, payment.ErrUnfit) {
			t.Errorf("%s: %v", what, err)
		}
	}
	keyless := payment.NewAccount(a.Mode, a.Kind, true, a.Config, nil)
	if _, err := g.Start(t.Context(), keyless, order("1.00", money.EUR)); !fault.Is(err, fault.Upstream) {
		t.Errorf("without a secret: %v", err)
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := shop(t)
	for _, tt := range []struct{ field, account, currency, secret string }{
		{"", "1234567", "EUR", secretOne}, {"", "1426699681", "CHF", secretTwo},
		{"account", "12a4567", "EUR", secretOne}, {"account", "", "EUR", secretOne}, {"currency", "1234567", "JPY", secretOne},
		{"currency", "1234567", "QQQ", secretOne}, {"secret", "1234567", "EUR", secretOne[1:]}, {"secret", "1234567", "EUR", secretOne + "&a=b"},
	} {
		err := g.(payment.Checker).CheckConfig(form.Values{"account": form.TextValue(tt.account), "currency": form.TextValue(tt.currency), "secret": form.TextValue(tt.secret)})
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestAcknowledge(t *testing.T) {
	g, _ := shop(t)
	for _, tt := range []struct {
		err    error
		status int
		body   string
	}{
		{nil, 200, "OK"}, {payment.ErrForged, 200, "KO"}, {payment.ErrForeign, 200, "KO"}, {payment.ErrGarbled, 200, "KO"},
		{payment.ErrMode, 200, "KO"}, {payment.ErrBank, 503, ""}, {errors.New("the database is away"), 503, ""},
	} {
		if got := g.Acknowledge(payment.Notice{}, tt.err); got.Status != tt.status || string(got.Body) != tt.body || got.ContentType != "text/plain" {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	g, _ := shop(t)
	keys := []string{payment.KindKey(g.Key())}
	for _, f := range g.Config().Fields {
		keys = append(keys, f.Label, f.Help)
		for _, o := range f.Options {
			keys = append(keys, o.Label)
		}
	}
	for _, name := range []string{"account", "currency", "secret"} {
		keys = append(keys, "payment.klikandpay."+name+"_bad")
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	g, a := shop(f)
	f.Add("", []byte("secret=x&order=REF7ABCDEFGH.t.00&RESPONSE=00&NUMXKP=1&MONTANTXKP=1.00&DEVISEXKP=EUR"))
	f.Add("", []byte("secret="+secretOne+"&order=REF7ABCDEFGH.t.00&RESPONSE=00"))
	f.Add("", []byte("order=.."))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, g, a, "X")
}
