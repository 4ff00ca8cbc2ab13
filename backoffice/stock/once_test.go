package stockroom_test

import (
	"testing"

	"echoppe.dev/platform/driver/web/webtest"
)

// STK-02: what was found is booked once, however often the form is sent; two tabs are two forms, and a
// refused one can be mended.
func TestCorrect_FormSentTwice(t *testing.T) {
	t.Parallel()
	o := open(t)
	mug := o.goods("Mug", 10, 5, 12)
	page, form := at("stock/variants/"+mug.String()), `form[action$="/correct"]`
	found := webtest.Values{"why": "found", "qty": "5", "note": "shelf"}
	b := o.Browser(t)
	b.Get(page)
	one := b.Prepare(form, found)
	b.Get(page)
	two := b.Prepare(form, found)
	for i, send := range []func(){func() { o.Twice(t, one) }, func() { o.Twice(t, two) }, func() { o.Twice(t, one) }} {
		send()
		if got, want := o.Figures(mug).Current, []int{15, 20, 20}[i]; got != want {
			t.Errorf("step %d: %d on hand, want %d", i+1, got, want)
		}
	}
	b.Get(page)
	bad := b.Prepare(form, webtest.Values{"why": "found", "qty": "-1", "note": "shelf"})()
	good := b.Prepare(form, found)
	if got := b.Do(bad).Status; got != 422 {
		t.Fatalf("a refused form: %d", got)
	}
	o.Twice(t, good) // the same key
	if got := o.Figures(mug).Current; got != 25 {
		t.Errorf("after mending: %d on hand, want 25", got)
	}
}
