package shopsettings_test

import (
	"context"
	"testing"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/jobs/jobstest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
)

// ByID opens the one shop of the office, for its jobs.
func (o *office) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return o.Shop, nil }

// registered works the jobs that tell banks the shop's hosts, and gives how many there were.
func (o *office) registered(t *testing.T) int {
	t.Helper()
	work := jobs.NewRegistry()
	o.wallets.Register(work, o)
	var schema string
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error { schema = tx.Schema().String(); return nil }); err != nil {
		t.Fatal(err)
	}
	done, err := jobs.RunDue(t.Context(), jobstest.Pool(t), work, schema)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range done {
		if r.Err != nil {
			t.Error(r.Err)
		}
	}
	return len(done)
}

// PGW-39, PGN-06, PGN-07: the page of a mode whose fields show wallets says what its bank said of each address of the shop, in
// every language, and has it asked again; another address of the shop is told to it by itself.
func TestPayment_domains(t *testing.T) {
	o := open(t)
	o.hosts = []string{"lune.platform.tld"}
	b := o.Browser(t)
	fields := webtest.Values{"mode-name.fr": "Carte", "mode-name.en": "Card", "secret_test": "sk_test_A", "public_test": "pk_test_A", "mode-test": true}
	b.Get(at("settings/payment/new/stripe"))
	b.Submit("main form.form", fields)
	b.WantStatus(200).WantNo(`form[action$="/domains"]`)
	if n := o.registered(t); n != 0 {
		t.Errorf("%d jobs for Stripe's own page", n)
	}
	b.Submit("main form.form", with(fields, "page", "embedded"))
	b.WantStatus(200)
	mode := o.paymentModes(t)[0]
	page := at("settings/payment/" + mode.ID.String())
	b.Get(page)
	b.WantClean().WantText("main", "The bank is being told the addresses of your shop.")
	if n := o.registered(t); n != 1 {
		t.Errorf("%d jobs for the shop's page", n)
	}
	for lang, want := range map[string]string{"en": "the bank could not be reached", "fr": "la banque est injoignable", "es": "no se pudo contactar", "de": "die Bank war nicht erreichbar"} {
		b.Get(page + "?lang=" + lang)
		b.WantClean().WantText("main", "lune.platform.tld").WantText("main .badge", want)
	}
	b.Get(page + "?lang=en")
	b.Submit(`form[action$="/domains"]`, nil)
	b.WantStatus(200).WantPath("/shops/test/settings/payment/"+mode.ID.String()).WantText(".alert", "The bank is asked again.")
	if n := o.registered(t); n != 1 {
		t.Errorf("%d jobs after the button", n)
	}
	b.Get(at("settings/addresses"))
	b.Submit(`form[action$="/canonical"]`, webtest.Values{"canonical": "subdomain"})
	if n := o.registered(t); n != 1 {
		t.Errorf("%d jobs after another address was chosen", n)
	}
	if b.Post(at("settings/payment/"+id.New[payment.Mode]().String()+"/domains"), nil); o.registered(t) != 0 {
		t.Error("a job for no mode")
	}
}
