package stripe

import (
	"errors"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/stripe"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestRegisterDomain: PGW-39, a domain is registered once, and helped along where it is not ready.
func TestRegisterDomain(t *testing.T) {
	const list, add = "GET /payment_method_domains", "POST /payment_method_domains"
	domain := func(enabled, apple string) string {
		return `{"id":"pmd_1","domain_name":"shop.example","enabled":` + enabled + `,"apple_pay":{"status":"` + apple + `"}}`
	}
	other := strings.Replace(domain("true", "active"), "shop.example", "other.example", 1)
	found := func(domain string) string { return `{"data":[` + domain + `]}` }
	for name, tt := range map[string]struct {
		answers map[string]string
		last    string // where was asked last, and what
		apple   bool
		err     error
	}{
		"new":              {map[string]string{list: none, add: domain("true", "inactive")}, add + "?domain_name=shop.example", false, nil},
		"beside another":   {map[string]string{list: found(other), add: domain("true", "active")}, add + "?domain_name=shop.example", true, nil},
		"known":            {map[string]string{list: found(domain("true", "active"))}, list + "?domain_name=shop.example", true, nil},
		"without its file": {map[string]string{list: found(domain("true", "inactive")), add + "/pmd_1/validate": domain("true", "active")}, add + "/pmd_1/validate?", true, nil},
		"switched off":     {map[string]string{list: found(domain("false", "inactive")), add + "/pmd_1": domain("true", "inactive")}, add + "/pmd_1?enabled=true", false, nil},
		"not taken":        {map[string]string{list: none, add: refusal("400", "invalid_request_error", "")}, "", false, payment.ErrDeclined},
		"not allowed":      {map[string]string{list: refusal("403", "invalid_request_error", "")}, "", false, payment.ErrOffice},
		"not known there":  {map[string]string{list: refusal("404", "invalid_request_error", "")}, "", false, payment.ErrBank},
		"another domain":   {map[string]string{list: none, add: other}, "", false, payment.ErrBank},
	} {
		t.Run(name, func(t *testing.T) {
			g, asked := scripted(t, tt.answers)
			apple, err := g.RegisterDomain(t.Context(), account(), "shop.example")
			if apple != tt.apple {
				t.Errorf("Apple Pay ready: %v", apple)
			}
			if !wanted(t, payment.Notice{}, err, tt.err) {
				return
			}
			if last := (*asked)[len(*asked)-1]; last != tt.last {
				t.Errorf("asked %s last", last)
			}
		})
	}
}

// TestDomain_pretended: the pretend Stripe registers domains and has a file to serve.
func TestDomain_pretended(t *testing.T) {
	f := gatewaytest.Family{Dialect: fake.New(), Contracts: []bank.Merchant{{Number: "acct_A", Key: testHook, Fields: map[string]string{"secret": testKey, "public": "pk_test_A"}}}}
	_, at := gatewaytest.OpenBank(t, f)
	g := New(brand, bankcall.New(bankcall.Options{Clock: clock.System(), StandIn: at}))
	for name, err := range map[string]error{"shop.example": nil, "known.example": nil, "no domain": payment.ErrDeclined} {
		if apple, got := g.RegisterDomain(t.Context(), account(), name); !errors.Is(got, err) || apple != (err == nil) {
			t.Errorf("%s: %v, %v", name, apple, got)
		}
	}
	strange := payment.NewAccount(account().Mode, "stripe", true, nil, map[string]secret.Text{"secret_test": secret.NewText("sk_test_X")})
	if _, err := g.RegisterDomain(t.Context(), strange, "shop.example"); !errors.Is(err, payment.ErrBank) {
		t.Errorf("by nobody's key: %v", err)
	}
	if file, err := g.AssociationFile(t.Context()); err != nil || len(file) == 0 {
		t.Errorf("the file for Apple Pay: %q, %v", file, err)
	}
}
