package banks_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/banks"
)

// TestKeys: PGW-13, every family with fields for tests and for real payments says which of them it cannot do without, and only
// such that its form asks for.
func TestKeys(t *testing.T) {
	keyed := map[string]bool{}
	for _, g := range banks.All(bankcall.New(bankcall.Options{Clock: clock.System()})) {
		kind, apart := g.Key(), false
		for _, f := range g.Config().Fields {
			apart = apart || strings.HasSuffix(f.Name, "_live")
		}
		k, ok := g.(payment.Keyed)
		if ok != apart {
			t.Errorf("%s: fields apart %t, Keyed %t", kind, apart, ok)
		}
		if !ok {
			continue
		}
		keyed[kind] = true
		for test, end := range map[bool]string{true: "_test", false: "_live"} {
			names := k.Keys(form.Values{}, test)
			if len(names) == 0 {
				t.Errorf("%s needs no key, test %t", kind, test)
			}
			for _, name := range names {
				if _, ok := g.Config().Find(name); !ok || !strings.HasSuffix(name, end) {
					t.Errorf("%s: test %t needs %s", kind, test, name)
				}
			}
		}
	}
	if len(keyed) < 7 {
		t.Errorf("found only %v", keyed)
	}
}
