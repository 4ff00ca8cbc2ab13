package orders_test

import (
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
)

// ORD-16: a parcel is sent once, however often its form is.
func TestShip_FormSentTwice(t *testing.T) {
	t.Parallel()
	o := open(t)
	which := o.order(t, "zoe@example.org", "cheque", 2)
	b := o.Browser(t)
	page := at("orders/" + which.String())
	b.Get(page)
	b.Submit(`form[action$="/paid"]`, nil)
	b.WantStatus(200)
	line := o.Find(which).Lines[0].ID.String()
	b.Get(page + "/ship")
	b.Submit("main form", webtest.Values{"qty." + line: "9", "carrier": "colissimo"})
	b.WantStatus(422)
	if left := o.Find(which).Lines[0].Left(); left != 2 {
		t.Fatalf("left after a refusal: %d", left)
	}
	form := b.Prepare("main form", webtest.Values{"qty." + line: "1", "carrier": "colissimo"})
	o.Twice(t, form)
	if left := o.Find(which).Lines[0].Left(); left != 1 {
		t.Errorf("left to ship: %d, want 1", left)
	}
	b.Do(form())
	b.Get(page)
	b.WantText(".alert", "This form had already been sent")
	b.Get(page + "/ship") // the other piece has a form of its own
	b.Submit("main form", webtest.Values{"carrier": "colissimo"})
	b.WantStatus(200)
	if left := o.Find(which).Lines[0].Left(); left != 0 {
		t.Errorf("left to ship: %d, want 0", left)
	}
}
