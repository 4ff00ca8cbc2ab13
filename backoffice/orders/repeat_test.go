package orders_test

import (
	"net/url"
	"testing"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/checkout"
)

// monthly is what the shopkeeper types to be paid three times.
func monthly() webtest.Values {
	v := phoned()
	v["every"], v["times"] = "month", "3"
	return v
}

// subscribed asks for something three times and has the first paid with a card that may be charged.
func subscribed(t *testing.T, o *office, b *webtest.Browser, card string) (first, link string) {
	t.Helper()
	o.Pay("kept", "stripe", o.Bank.Called())
	b.Get(at("orders/request"))
	b.WantClean().Submit(askFor, monthly())
	b.WantStatus(200).WantClean().WantText("#repeat-panel", "every month, 3 times in all").WantText("#repeat-panel", "begin with the first payment").
		WantNo(`button[formaction$="/repeat/stop"]`).WantNo(`button[formaction$="/repeat/charge"]`)
	first, link = b.URL(), b.Value("#pay-link")[len("http://test.localhost/order/"):]
	placed, err := o.Desk.PayAgain(t.Context(), o.Stage.Shop, checkout.Visitor{Locale: i18n.French}, link, o.ModeOf("kept"), checkout.With{Save: true})
	if err != nil || placed.Unstarted != nil {
		t.Fatal(err, placed)
	}
	f, err := o.Desk.Open(t.Context(), o.Stage.Shop, placed.Order.ID)
	if err != nil {
		t.Fatal(err)
	}
	o.Bank.Press(f.Payments[0].Ref, card)
	o.Bank.Wait(2)
	return first, link
}

// PGW-31: the shopkeeper asks for something three times, sees what the buyer agreed to and how it goes, charges a card that was refused
// once more, and stops; the buttons are there only where they do something.
func TestRepeat(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	first, _ := subscribed(t, o, b, "later")
	b.Get(first)
	b.WantClean().WantText("#repeat-panel", "1 / 3").WantText("#repeat-panel", "•••• 0008").WantText("#repeat-panel", "Atelier").Want(`button[formaction$="/repeat/stop"]`).
		WantNo(`button[formaction$="/repeat/charge"]`)
	for range 33 {
		o.Pass(24 * time.Hour)
		o.Work()
		o.Work()
		if b.Get(first); b.Count("#repeat-panel tbody tr") == 2 {
			break
		}
	}
	b.WantClean().WantText("#repeat-panel", "2 / 3").WantText("#repeat-panel", "Tried again").Follow("#repeat-panel tbody a")
	second := b.URL()
	b.WantClean().Submit(`button[formaction$="/repeat/charge"]`, nil)
	b.WantStatus(200).WantClean().WantText(".alert, .flash", "The bank was asked").WantText("#repeat-panel", "Paid").WantNo(`button[formaction$="/repeat/charge"]`)
	if b.Post(second+"/repeat/charge", url.Values{}).Status != 409 {
		t.Error("charged twice")
	}
	b.Get(second)
	b.Submit(`button[formaction$="/repeat/stop"]`, nil)
	b.WantStatus(200).WantClean().WantText(".alert, .flash", "the buyer is told").WantText("#repeat-panel", "Stopped").WantNo(`button[formaction$="/repeat/stop"]`).
		WantText(".event", "Regular payments stopped")
	if b.Post(second+"/repeat/stop", url.Values{}).Status != 409 {
		t.Error("stopped twice")
	}
}

// PGW-31 SEC-05: what is typed wrong is told beside its field; who packs parcels stops and charges nothing.
func TestRepeat_Refused(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	for name, tt := range map[string]struct{ every, times string }{"once, twice": {"once", "2"}, "once": {"month", "1"}, "no number": {"month", "many"}} {
		b.Get(at("orders/request"))
		values := phoned()
		values["every"], values["times"] = tt.every, tt.times
		b.Submit(askFor, values)
		b.WantStatus(422).WantClean().Want(`[name="times"][aria-invalid=true]`)
		if b.Value(`[name="times"]`) != tt.times {
			t.Errorf("%s: %q is lost", name, tt.times)
		}
	}
	if n := o.count(t); n != 0 {
		t.Errorf("%d orders", n)
	}
	first, _ := subscribed(t, o, b, "good")
	o.Role = authz.Simple
	packer := o.Browser(t)
	packer.Get(first)
	packer.WantNo(`button[formaction$="/repeat/stop"]`)
	for _, what := range []string{"stop", "charge"} {
		if got := packer.Post(first+"/repeat/"+what, url.Values{}).Status; got != 403 {
			t.Errorf("SEC-05 %s: %d", what, got)
		}
	}
}
