package stripe

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	api "github.com/stripe/stripe-go/v76"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// mockTool is the vendor's own stand-in: it checks requests against the description of the API, and answers with examples.
const mockTool = "github.com/stripe/stripe-mock@v0.203.0"

var listening = regexp.MustCompile(`HTTP at address: (127\.0\.0\.1:[0-9]+)`)

// mock installs and starts the vendor's stand-in, and gives its address. The test is skipped where it cannot be had.
func mock(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("the vendor's stand-in is not installed in short tests")
	}
	bin := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	install := exec.CommandContext(ctx, "go", "install", mockTool)
	install.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=")
	if out, err := install.CombinedOutput(); err != nil {
		t.Skipf("%s cannot be installed: %v\n%s", mockTool, err, out)
	}
	run := exec.CommandContext(t.Context(), filepath.Join(bin, "stripe-mock"), "-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0")
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Wait() }) // it ends with the test's context
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			go func() { // so that it does not wait for a reader
				for lines.Scan() {
				}
			}()
			return "http://" + m[1]
		}
	}
	t.Fatal("the vendor's stand-in does not listen")
	return ""
}

// TestMock: PGN-02, everything we ask is what the vendor's description of the API allows. The answers are examples and
// not about our payments, so that only a refusal counts.
func TestMock(t *testing.T) {
	at := mock(t)
	hosts := map[string][]string{server: {at}, script: {at}, files: {at}}
	g := New(payment.Brand{Key: "stripe", Family: Family, Locales: pages, Live: hosts, Test: hosts}, bankcall.New(bankcall.Options{Clock: clock.System()}))
	a, p := account(), paid()
	p.Created = time.Now()
	r := payment.Request{Payment: p, OrderNumber: "R-7", ShopName: "Café", Locale: "fr", Buyer: payment.Buyer{Email: "zoe@example.com"},
		ReturnURL: "https://shop.example/back?a=1", CancelURL: "https://shop.example/checkout"}
	named := func(ref string) payment.Payment {
		q := p
		q.BankRef = ref
		return q
	}
	for what, ask := range map[string]func() error{
		"open a session":                     func() error { _, err := g.host(t.Context(), a, r, 4990); return err },
		"open an intent":                     func() error { _, err := g.embed(t.Context(), a, r, 4990); return err },
		"ask for a session":                  func() error { _, err := g.Inquire(t.Context(), a, named("cs_test_1")); return err },
		"ask for an intent":                  func() error { _, err := g.Inquire(t.Context(), a, named("pi_1")); return err },
		"ask by reference":                   func() error { _, err := g.Inquire(t.Context(), a, named("")); return err },
		"capture":                            func() error { _, err := g.Capture(t.Context(), a, p, eur("40.00"), "key"); return err },
		"cancel":                             func() error { _, err := g.Cancel(t.Context(), a, p, "key"); return err },
		"refund":                             func() error { _, err := g.Refund(t.Context(), a, p, eur("20.00"), "key"); return err },
		"open a session that keeps the card": func() error { q := r; q.Save = true; _, err := g.host(t.Context(), a, q, 4990); return err },
		"open an intent that keeps the card": func() error { q := r; q.Save = true; _, err := g.embed(t.Context(), a, q, 4990); return err },
		"charge a saved card": func() error {
			q := r
			q.Payment.BankRef = ""
			_, err := g.Charge(t.Context(), a, q, payment.Token{Name: secret.NewText("cus_1/pm_1"), Test: true})
			return err
		},
		"look at a saved card": func() error {
			return g.tellCard(t.Context(), a, intent{Tags: tags{metaSave: "1"}, Customer: "cus_1", Method: "pm_1"}, &payment.Notice{Event: payment.Captured})
		},
		"forget a saved card": func() error {
			return g.Forget(t.Context(), a, payment.Token{Name: secret.NewText("cus_1/pm_1"), Test: true})
		},
		"register a domain": func() error { _, err := g.RegisterDomain(t.Context(), a, "shop.example"); return err },
		"look at a domain": func() error {
			return g.call(t.Context(), a, true, http.MethodPost, domains+"/pmd_1/validate", &api.PaymentMethodDomainParams{}, &methodDomain{})
		},
		"switch a domain on": func() error {
			return g.call(t.Context(), a, true, http.MethodPost, domains+"/pmd_1", &api.PaymentMethodDomainParams{Enabled: api.Bool(true)}, &methodDomain{})
		},
	} {
		t.Run(what, func(t *testing.T) {
			err := ask()
			var no *refused
			if errors.As(err, &no) {
				t.Errorf("%v: %s", err, no.api.Msg)
			}
			var lost net.Error
			var odd *json.UnmarshalTypeError
			if errors.As(err, &lost) || errors.As(err, &odd) {
				t.Errorf("no answer, or one of another shape: %v", err)
			}
		})
	}
	var no *refused
	wrong := &api.Params{}
	wrong.AddExtra("reference", "R1")
	if err := g.call(t.Context(), a, true, http.MethodPost, "/v1/refunds", wrong, &refund{}); !errors.As(err, &no) {
		t.Errorf("a parameter nobody knows was taken: %v", err)
	}
}
