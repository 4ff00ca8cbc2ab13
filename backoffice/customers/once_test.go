package customers_test

import (
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
)

// SEC: an invitation goes out once, however often its form is sent.
func TestInvite_FormSentTwice(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("customers/invite"))
	place := o.Twice(t, b.Prepare("main form", webtest.Values{"name": "Frieda", "email": "frieda@example.org"}))
	b.Get("https://admin.platform.tld" + place)
	letters := func() int {
		o.Work()
		return len(o.Mailbox.To("frieda@example.org"))
	}
	before := letters()
	o.Twice(t, b.Prepare(`form[action$="/invite"] button`, nil))
	if after := letters(); before != 1 || after != 2 {
		t.Errorf("letters: %d, then %d; want 1, then 2", before, after)
	}
}
