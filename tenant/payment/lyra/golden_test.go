package lyra_test

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
	"echoppe.dev/tenant/payment/lyra"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// shop is a gateway of a brand whose clock stands.
func shop(t testing.TB, which, standIn string) payment.Gateway {
	t.Helper()
	g, err := brand(which)(bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: standIn, Timeout: time.Second, Pause: time.Millisecond}), "")
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func account(capture string) payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "systempay", true,
		form.Values{"site": form.TextValue("12345678"), "hash": form.TextValue("hmac"), "capture": form.TextValue(capture)},
		map[string]secret.Text{"key_test": secret.NewText(key), "key_live": secret.NewText(keyLive), "password_test": secret.NewText(password),
			"password_live": secret.NewText(passwordLive)})
}

const ref = "REF7ABCDEFGHIJKLMNOPQRSTUV"

func order(amount string, in money.Currency, test bool) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: ref, Test: test, Amount: money.Must(money.Parse(amount, in)), Created: instant.Add(-time.Minute)},
		OrderNumber: "R-7", ShopName: "Atelier + <Fils>", Locale: "de-AT", Pieces: 2,
		Buyer: payment.Buyer{Name: "Zoë Söhne & Fils", Email: "zoe@example.com",
			Billing:  address.Address{Name: "Zoë Söhne & Fils", Line1: "Straße <1>", Line2: "Hof", Postcode: "1010", City: "WIEN", Country: "AT", Phone: "+43 1 234"},
			Delivery: address.Address{Name: "Zoë", Line1: "Weg 2", Postcode: "4020", City: "Linz", Country: "AT"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout",
		NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// TestStart_golden holds the form byte for byte; its signature was also made with
// openssl dgst -sha256 -hmac <key> -binary | base64.
func TestStart_golden(t *testing.T) {
	g := shop(t, "scellius", "")
	var b strings.Builder
	for range 2 { // the same again, after a step back
		b.Reset()
		action, err := g.Start(t.Context(), account("later"), order("1234.50", money.EUR, false))
		if err != nil {
			t.Fatal(err)
		}
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
}

func TestStart_refuses(t *testing.T) {
	g, a := shop(t, "systempay", ""), account("now")
	if _, err := g.Start(t.Context(), a, order("0.001", money.EUR, true)); !errors.Is(err, payment.ErrUnfit) {
		t.Errorf("a tenth of a cent: %v", err)
	}
	keyless := payment.NewAccount(a.Mode, a.Kind, true, a.Config, map[string]secret.Text{"key_live": secret.NewText(keyLive)})
	if _, err := g.Start(t.Context(), keyless, order("1.00", money.EUR, true)); !fault.Is(err, fault.Upstream) {
		t.Errorf("a test without a test key: %v", err)
	}
}

// TestStart_hostileBuyer: PGW-03, nothing a buyer writes can stand for a word of the bank, a reference or two values,
// since the signature does not cover the names of fields.
func TestStart_hostileBuyer(t *testing.T) {
	g := shop(t, "systempay", "")
	r := order("1.00", money.EUR, true)
	r.Buyer = payment.Buyer{Name: "CAPTURED", Email: "a+PRODUCTION+b@example.com",
		Billing:  address.Address{Name: "TEST CAPTURED", Line1: ref, Line2: "", Postcode: "DEBIT", City: "4990+CAPTURED+978", Country: "FR+X", Phone: "+33+978"},
		Delivery: address.Address{Name: "AUTHORISED\n", Line1: "a\u0000+b", Line2: ref, Postcode: "+", City: "AUTHORISED_TO_VALIDATE", Country: "FR"}}
	action, err := g.Start(t.Context(), account("now"), r)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range action.(payment.FormPost).Fields {
		if !strings.HasPrefix(f.Name, "vads_cust_") && !strings.HasPrefix(f.Name, "vads_ship_to_") {
			continue
		}
		if strings.ContainsAny(f.Value, "+<>\n\x00") || f.Value == ref || len(f.Value) > 3 && !strings.Contains(f.Value, " ") && f.Value == strings.ToUpper(f.Value) && strings.ToLower(f.Value) != f.Value {
			t.Errorf("%s=%q is sent", f.Name, f.Value)
		}
	}
}

func TestCheckConfig(t *testing.T) {
	checker := shop(t, "systempay", "").(payment.Checker)
	for _, tt := range []struct{ field, site, test, live, passTest, passLive string }{
		{"", "12345678", key, "", "", ""}, {"", "12345678", "", keyLive, password, passwordLive},
		{"site", "1234567", key, "", "", ""}, {"key_test", "12345678", "", "", "", ""},
		{"password_test", "12345678", key, "", passwordLive, ""}, {"password_live", "12345678", key, "", "", password},
	} {
		err := checker.CheckConfig(form.Values{"site": form.TextValue(tt.site), "key_test": form.TextValue(tt.test), "key_live": form.TextValue(tt.live),
			"password_test": form.TextValue(tt.passTest), "password_live": form.TextValue(tt.passLive)})
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestAcknowledge(t *testing.T) {
	g := shop(t, "systempay", "")
	for _, tt := range []struct {
		err    error
		status int
		body   string
	}{
		{nil, 200, "OK"},
		{payment.ErrForged, 403, "KO"},
		{payment.ErrForeign, 403, "KO"},
		{payment.ErrGarbled, 400, "KO"},
		{payment.ErrMode, 404, "KO"},
		{payment.ErrBank, 503, "KO"},
		{errors.New("the database is away"), 503, "KO"},
	} {
		if got := g.Acknowledge(payment.Notice{}, tt.err); got.Status != tt.status || string(got.Body) != tt.body {
			t.Errorf("%v: %d %q", tt.err, got.Status, got.Body)
		}
	}
}

// TestWords: LANG-01.
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, os.DirFS("."), "locales")
	keys := []string{"payment.lyra.site_bad", "payment.lyra.key_missing", "payment.lyra.password_mixed"}
	for _, g := range lyra.All(bankcall.New(bankcall.Options{Clock: clock.System()})) {
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
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	f.Add("", []byte("vads_site_id=12345678&vads_ctx_mode=TEST&vads_amount=1&vads_currency=978&vads_order_id=R&vads_trans_status=CAPTURED&signature=AAAA"))
	f.Add("", []byte("kr-answer=%7B%7D&kr-hash=00&kr-hash-key=password&kr-hash-algorithm=sha256_hmac"))
	f.Add("", []byte("signature=&vads_ctx_mode=PRODUCTION"))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, shop(f, "systempay", ""), account("now"), "X")
}
