package discounts_test

import (
	"testing"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
)

// Bad input: a revision that no row can have is that of a stale form.
func TestBadInput_Revision(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("discounts/new/total"))
	b.Submit("main form", webtest.Values{"name.fr": "Remise", "tiers.0.from": "100", "tiers.0.rate": "5"})
	rule := at("discounts/" + rules(t, o)[0].ID)
	if sent := officetest.Forged(t, b, rule, rule+"/archive", rule+"/remove"); sent < 6*3 {
		t.Errorf("only %d forms", sent)
	}
}
