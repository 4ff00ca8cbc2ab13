package redsys_test

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
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
	"echoppe.dev/tenant/payment/redsys"
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
		form.Values{"merchant": form.TextValue(merchant), "terminal": form.TextValue("012"), "signature": form.TextValue("sha512"),
			"calls": form.TextValue("ask"), "capture": form.TextValue("now")},
		map[string]secret.Text{"key": secret.NewText(key)})
}

func order(amount string, in money.Currency) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: "0726ABCDEFGH", Test: true, Amount: money.Must(money.Parse(amount, in)), Created: instant},
		OrderNumber: "n° 7", ShopName: "Atelier", Locale: "de-AT",
		Buyer: payment.Buyer{Name: "Zoë Söhne", Email: "zoe@example.com", Billing: address.Address{Name: "Zoë Söhne",
			Line1: "Straße <1>", Postcode: "1010", City: "Wien", Country: "AT"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout",
		NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// TestStart_golden holds the form byte for byte; its signature was also made with openssl enc -aes-128-cbc and openssl dgst -sha512 -mac HMAC.
func TestStart_golden(t *testing.T) {
	g, a := shop(t, "cyberpac")
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
	golden(t, "start.golden", b.String())
}

// TestCalls_golden holds the calls byte for byte: the query's elements must stand in their order, and its signature was also made with
// openssl enc -des-ede3-cbc and openssl dgst -sha256 -mac HMAC.
func TestCalls_golden(t *testing.T) {
	var asked strings.Builder
	host := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(&asked, "%s %s\n%s\n%s\n", r.Method, r.URL.Path, r.Header.Get("Content-Type"), body)
	}))
	defer host.Close()
	_, a := shop(t, "cyberpac")
	g, err := brand("cyberpac")(bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: host.URL}), "")
	if err != nil {
		t.Fatal(err)
	}
	p := order("49.90", money.EUR).Payment
	_, unheard := g.(payment.Refunder).Refund(t.Context(), a, p, money.Must(money.Parse("20.00", money.EUR)), "key")
	if _, err := g.(payment.Inquirer).Inquire(t.Context(), a, p); !fault.Is(err, fault.Upstream) || !fault.Is(unheard, fault.Upstream) {
		t.Errorf("an empty answer says something: %v, %v", unheard, err)
	}
	golden(t, "calls.golden", asked.String())
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

func TestStart_refuses(t *testing.T) {
	g, a := shop(t, "cyberpac")
	if _, err := g.Start(t.Context(), a, order("0.001", money.EUR)); !errors.Is(err, payment.ErrUnfit) {
		t.Errorf("a tenth of a cent: %v", err)
	}
	if _, err := g.Start(t.Context(), a, order("10000000000.00", money.EUR)); !errors.Is(err, payment.ErrUnfit) {
		t.Errorf("13 digits: %v", err)
	}
	keyless := payment.NewAccount(a.Mode, a.Kind, true, a.Config, nil)
	if _, err := g.Start(t.Context(), keyless, order("1.00", money.EUR)); !fault.Is(err, fault.Upstream) {
		t.Errorf("without a key: %v", err)
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := shop(t, "cyberpac")
	checker := g.(payment.Checker)
	for _, tt := range []struct{ field, merchant, terminal, key string }{
		{"", merchant, "1", key}, {"", otherMerchant, "001", otherKey}, {"", merchant, "999", key},
		{"merchant", merchant[1:], "1", key}, {"merchant", "32723468A", "1", key}, {"terminal", merchant, "0", key}, {"terminal", merchant, "", key},
		{"terminal", merchant, "1000", key}, {"key", merchant, "1", key[1:]}, {"key", merchant, "1", key[1:] + "="}, {"key", merchant, "1", key[1:] + " "},
	} {
		err := checker.CheckConfig(form.Values{"merchant": form.TextValue(tt.merchant), "key": form.TextValue(tt.key), "terminal": form.TextValue(tt.terminal)})
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

// TestNewRef: four digits, then letters and digits, 12 in all, and never the same.
func TestNewRef(t *testing.T) {
	g, _ := shop(t, "cyberpac")
	seen := map[string]bool{}
	for range 1000 {
		ref := g.(payment.Referrer).NewRef()
		if !regexp.MustCompile(`^[0-9]{4}[A-Z0-9]{8}$`).MatchString(ref) || seen[ref] {
			t.Fatalf("reference %q", ref)
		}
		seen[ref] = true
	}
}

func TestAcknowledge(t *testing.T) {
	g, _ := shop(t, "cyberpac")
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
	for _, g := range redsys.All(bankcall.New(bankcall.Options{Clock: clock.System()})) {
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
	for _, name := range []string{"merchant", "terminal", "key"} {
		keys = append(keys, "payment.redsys."+name+"_bad")
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	g, a := shop(f, "cyberpac")
	f.Add("", []byte("Ds_SignatureVersion=HMAC_SHA512_V2&Ds_MerchantParameters=eyJEc19PcmRlciI6IjEifQ&Ds_Signature=AA"))
	f.Add("", []byte("Ds_Signature="))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, g, a, "X")
}
