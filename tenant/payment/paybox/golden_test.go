package paybox_test

import (
	"errors"
	"flag"
	"fmt"
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
	"echoppe.dev/tenant/payment/paybox"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var instant = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// shop is a gateway of a brand whose clock stands, with an account of a published test contract.
func shop(t testing.TB, which, standIn string) (payment.Gateway, payment.Account) {
	t.Helper()
	g, err := brand(which)(bankcall.New(bankcall.Options{Clock: clock.New(instant), StandIn: standIn, Timeout: time.Second}), "")
	if err != nil {
		t.Fatal(err)
	}
	return g, account("now")
}

func account(capture string) payment.Account {
	return payment.NewAccount(id.MustParse[payment.Mode]("0195f3a0-0000-7000-8000-000000000001"), "paybox", true,
		form.Values{"site": form.TextValue("1999888"), "rang": form.TextValue("32"), "identifiant": form.TextValue("107904482"),
			"calls": form.TextValue("ask"), "capture": form.TextValue(capture)},
		map[string]secret.Text{"key": secret.NewText(key)})
}

func order(amount string, in money.Currency, test bool) payment.Request {
	return payment.Request{
		Payment:     payment.Payment{Ref: "REF7ABCDEFGHIJKLMNOPQRSTUV", Test: test, Amount: money.Must(money.Parse(amount, in))},
		OrderNumber: "7", ShopName: "Atelier", Locale: "de-AT", Pieces: 120,
		Buyer: payment.Buyer{Name: "Zoë Söhne & Fils", Email: "zoe@example.com", Billing: address.Address{Name: "Zoë Söhne & Fils",
			Line1: "Straße <1>", Postcode: "1010", City: "Wien", Country: "AT"}},
		ReturnURL: "https://shop.example/pay/return/7?a=1", CancelURL: "https://shop.example/checkout",
		NotifyURL: "https://platform.example/name.shop/pay/notify/1",
	}
}

// TestStart_golden holds the form byte for byte; its seal was also made with
// openssl dgst -sha512 -mac HMAC -macopt hexkey:<key>.
func TestStart_golden(t *testing.T) {
	g, _ := shop(t, "paybox", "")
	action, err := g.Start(t.Context(), account("later"), order("1234.50", money.EUR, true))
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

// TestStart_backup: the buyer is sent to a host that is well, and to the first when none says so.
func TestStart_backup(t *testing.T) {
	for name, tt := range map[string]struct{ first, second, want string }{
		"the first is well":  {"OK", "OK", "tpeweb.e-transactions.fr"},
		"the second is well": {"KO", " OK ", "tpeweb1.e-transactions.fr"},
		"neither":            {"KO", "", "tpeweb.e-transactions.fr"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				status := tt.first
				if strings.Contains(r.URL.Path, "/tpeweb1.") {
					status = tt.second
				}
				_, _ = fmt.Fprintf(w, `<div id="server_status" style="x">%s</div>`, status)
			}))
			defer server.Close()
			g, a := shop(t, "etransactions", server.URL)
			action, err := g.Start(t.Context(), a, order("5.00", money.EUR, false))
			if err != nil {
				t.Fatal(err)
			}
			if got := action.(payment.FormPost).URL; got != server.URL+"/paybox/"+tt.want+"/php/" {
				t.Errorf("sent to %s", got)
			}
		})
	}
}

func TestStart_refuses(t *testing.T) {
	g, a := shop(t, "paybox", "")
	if _, err := g.Start(t.Context(), a, order("0.001", money.EUR, true)); !errors.Is(err, payment.ErrUnfit) {
		t.Errorf("a tenth of a cent: %v", err)
	}
	keyless := payment.NewAccount(a.Mode, a.Kind, true, a.Config, nil)
	if _, err := g.Start(t.Context(), keyless, order("1.00", money.EUR, true)); !fault.Is(err, fault.Upstream) {
		t.Errorf("without a key: %v", err)
	}
}

// TestReadNotice_keys: PGW-03, what the pretend bank signs is nothing to a program that calls the real one, and what the
// real bank once signed is nothing to us, since it is about nothing of ours.
func TestReadNotice_keys(t *testing.T) {
	const genuine = "amount=900&paymentId=Paiement%20pour%20ronan@lesailesdumontblanc.cf%2014/12/2022%2013:13:45&transactionId=71622616&cardType=3DSECURE&cardNumber=&error=00001&payboxRef=0" +
		"&Sign=HxPfoUEfCY%2BPeji87VMoym50i9lNKsWj20oU3QiRQLiiqJaKlEMtJnltn4xfJWHjwUVFLC%2FBFLMdoNBnmEYjck5nJbIJdvtfzBzlFODHVZXfEVf94xrFsA4PGaTqT8VPmJSJx2eoi93LztSV7ihXJL5fYA6RXFLo4KwNUQvYwAI%3D"
	real, a := shop(t, "paybox", "")
	pretend, _ := shop(t, "paybox", "http://bank.localhost")
	if n, err := real.ReadNotice(t.Context(), a, payment.RawNotice{Body: []byte(genuine)}); !errors.Is(err, payment.ErrGarbled) {
		t.Errorf("a genuine notice about something else: %+v, %v", n, err)
	}
	if n, err := pretend.ReadNotice(t.Context(), a, payment.RawNotice{Body: []byte(genuine)}); !errors.Is(err, payment.ErrForged) {
		t.Errorf("signed with another key: %+v, %v", n, err)
	}
}

func TestCheckConfig(t *testing.T) {
	g, _ := shop(t, "paybox", "")
	checker := g.(payment.Checker)
	for _, tt := range []struct{ field, site, rang, identifiant, key string }{
		{"", "1999888", "32", "2", key}, {"", "1999888", "001", "107904482", strings.ToLower(key)},
		{"site", "199988", "32", "2", key}, {"rang", "1999888", "3", "2", key}, {"identifiant", "1999888", "32", "x", key},
		{"key", "1999888", "32", "2", key[2:]}, {"key", "1999888", "32", "2", strings.Repeat("g", 128)},
	} {
		err := checker.CheckConfig(form.Values{"site": form.TextValue(tt.site), "rang": form.TextValue(tt.rang),
			"identifiant": form.TextValue(tt.identifiant), "key": form.TextValue(tt.key)})
		fields := fault.FieldsOf(err)
		if tt.field == "" && err != nil || tt.field != "" && (len(fields) != 1 || fields[0].Name != tt.field) {
			t.Errorf("%+v: %v", tt, err)
		}
	}
}

func TestAcknowledge(t *testing.T) {
	g, _ := shop(t, "paybox", "")
	for _, tt := range []struct {
		err    error
		status int
	}{
		{nil, 200},
		{payment.ErrForged, 403},
		{payment.ErrForeign, 403},
		{payment.ErrGarbled, 400},
		{payment.ErrMode, 404},
		{payment.ErrBank, 503},
		{errors.New("the database is away"), 503},
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
	for _, g := range paybox.All(bankcall.New(bankcall.Options{Clock: clock.System()})) {
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
	for _, name := range []string{"site", "rang", "identifiant", "key"} {
		keys = append(keys, "payment.paybox."+name+"_bad")
	}
	i18ntest.Used(t, words, keys...)
}

// FuzzReadNotice feeds what nobody signed.
func FuzzReadNotice(f *testing.F) {
	g, a := shop(f, "paybox", "")
	f.Add("", []byte("Mt978=1000&RefT=R&Auto=XXXXXX&Erreur=00000&Appel=1&Trans=2&Sign=AAAA"))
	f.Add("", []byte("&Sign="))
	f.Add("", []byte{})
	gatewaytest.Fuzz(f, g, a, "X")
}
