package banks_test

import (
	"testing"

	"echoppe.dev/cmd/fakebank/families"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/banks"
)

// TestAll: GWN-01…19, each brand can be chosen by a name that exists in every language, has a pretend bank that speaks its
// protocol, and says what became of it.
func TestAll(t *testing.T) {
	g, err := payment.NewGateways(banks.All(bankcall.New(bankcall.Options{Clock: clock.System()}))...)
	if err != nil {
		t.Fatal(err)
	}
	words := i18n.Base()
	for _, more := range banks.Words() {
		words.Merge(more)
	}
	dialects := map[string]bool{}
	for _, d := range families.All() {
		dialects[d.Name()] = true
	}
	for _, key := range g.Keys() {
		b, ok := g.Brand(key)
		if !ok {
			t.Errorf("%s: a family of no brand", key)
			continue
		}
		if !dialects[b.Family] {
			t.Errorf("%s: no pretend bank speaks %q", key, b.Family)
		}
		if _, known := g.Brand(b.Next); b.Next != "" && !known || b.Status == payment.Dead && b.Next == "" {
			t.Errorf("%s: taken over by %q", key, b.Next)
		}
		keys := []string{payment.KindKey(key)}
		if b.Status != payment.Alive {
			keys = append(keys, b.AskKey())
		}
		for _, l := range i18n.Shipped {
			for _, k := range keys {
				if !words.Has(l, k) {
					t.Errorf("%s: no words for %s", l, k)
				}
			}
		}
		gateway, err := g.Find(key)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range b.Fields {
			if _, there := gateway.Config().Find(name); !there {
				t.Errorf("%s: uses a field %q its form does not have", key, name)
			}
		}
	}
	if len(g.Keys()) == 0 {
		t.Error("no brand")
	}
}
