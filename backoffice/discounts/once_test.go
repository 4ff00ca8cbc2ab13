package discounts_test

import (
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
)

// SEC: a discount is made once, however often its form is sent.
func TestAdd_FormSentTwice(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("discounts/new/total"))
	o.Twice(t, b.Prepare("main form", webtest.Values{"name.fr": "Remise", "tiers.0.from": "100", "tiers.0.rate": "5"}))
	if got := len(rules(t, o)); got != 1 {
		t.Errorf("%d discounts, want 1", got)
	}
}
