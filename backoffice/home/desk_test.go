package home_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/home"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/start"
)

// post notes who was sent a letter.
type post struct{ sent []string }

func (p *post) SendLink(_ context.Context, email string, purpose account.Purpose) error {
	p.sent = append(p.sent, string(purpose)+" "+email)
	return nil
}

// samples are some articles that belong to nobody.
type samples struct {
	n    int
	full error
}

func (s *samples) Count(tenant.Tx) (int, error) { return s.n, nil }

func (s *samples) Add(context.Context, *tenant.Shop, tenant.Actor) error {
	if s.full == nil {
		s.n = 6
	}
	return s.full
}

func (s *samples) Remove(context.Context, *tenant.Shop, tenant.Actor) error {
	s.n = 0
	return nil
}

type office struct {
	*officetest.Office
	post    *post
	samples *samples
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{post: &post{}, samples: &samples{n: 6}}
	words := []fs.FS{home.Locales, start.Locales, os.DirFS("../../tenant/order")}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk {
		return []desk.Desk{home.New(home.Config{Letters: o.post, Samples: o.samples})}
	})
	return o
}

const page = "https://admin.platform.tld/shops/test"

func TestRoutes(t *testing.T) {
	t.Parallel()
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

// LANG-01
func TestLocales(t *testing.T) {
	words := i18ntest.Complete(t, home.Locales, "locales")
	for _, trade := range start.Trades() {
		i18ntest.Used(t, words, "home.trade."+string(trade), "home.trade."+string(trade)+".text")
	}
}

// The first visit is asked three questions; answering them sets the shop up, and they are put once.
func TestWelcome(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(page + "/?lang=" + string(l))
		b.WantStatus(200).WantPath("/shops/test/welcome")
		b.Get(page + "/welcome?lang=" + string(l))
		b.WantClean()
	}
	b.Get(page + "/welcome?lang=en")
	b.Submit("main form.form", webtest.Values{"country": "DE", "trade": "digital", "elsewhere": "no"})
	b.WantStatus(200).WantPath("/shops/test").WantText(".alert", "Your shop is set up for that.").WantNoText("Choose how parcels go")
	var s *settings.Settings
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) (err error) { s, err = settings.Load(tx); return err }); err != nil {
		t.Fatal(err)
	}
	if s.Identity.Address.Country != "DE" || s.Languages.Default != "de" || s.Currencies.Management != "EUR" || !s.Tax.Registered {
		t.Errorf("the answers did not reach the settings: %+v %+v", s.Identity, s.Languages)
	}
	if page := b.Post(page+"/welcome", map[string][]string{"country": {"XX"}}); page.Status != 422 {
		t.Errorf("a country that is none: %d", page.Status)
	}
}

func TestWelcome_skip(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(page)
	b.Submit(`form[action$="/welcome/skip"] button`, nil)
	b.WantStatus(200).WantPath("/shops/test").WantClean()
	b.Get(page)
	b.WantPath("/shops/test").WantText(".step-current", "Say who sells").WantText(".step", "Choose how parcels go")
	o.Role = authz.Orders
	b.Get(page)
	b.WantStatus(200).WantNo(".step").WantNo(`main a[href$="/settings/identity"]`)
}

// Nobody is greeted by his mail address.
func TestGreeting(t *testing.T) {
	t.Parallel()
	o := open(t)
	if err := start.Skip(t.Context(), o.Shop, officetest.Who); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(page)
	b.WantText("h1", "Hello Lucie Marchand")
	o.Name = ""
	b.Get(page)
	b.WantClean()
	if got := b.Text("h1"); got != "Hello" {
		t.Errorf("greeted by %q", got)
	}
}

// The list of first steps says how the shop is now, and goes away when it sells.
func TestSteps(t *testing.T) {
	t.Parallel()
	stage := checkouttest.New(t, checkout.Reactions{})
	o := open(t)
	o.Office.Shop, o.samples.n = stage.Shop, 0
	if err := start.Skip(t.Context(), stage.Shop, officetest.Who); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(page)
	b.WantText(".step-done", "Choose how parcels go").WantText(".step-done", "Say who sells").WantText(".step-open, .step-current", "Put your first article on sale")
	buyer := stage.Guest("zoe@example.org")
	if err := buyer.Add(stage.Stock("Mug", "12.00", 2), 2); err != nil {
		t.Fatal(err)
	}
	placed, err := buyer.Place("cheque")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Shipped {
		b.Get(page + "?lang=" + string(l))
		b.WantStatus(200).WantClean().WantText("tbody th", placed.Order.Number)
	}
	b.Get(page + "?lang=en")
	b.WantText(".step-done", "Put your first article on sale").WantText(".step-done", "Order something yourself")
	b.WantText(".stat", "€30.00").WantText(".stat", "one awaits payment").WantText(".stat", "Sold out1")
}

func TestConfirm(t *testing.T) {
	t.Parallel()
	o := open(t)
	if err := start.Skip(t.Context(), o.Shop, officetest.Who); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(page)
	b.Submit(`form[action$="/welcome/confirm"] button`, nil)
	b.WantText(".alert", "A link is on its way to lucie@example.org.")
	if len(o.post.sent) != 1 || o.post.sent[0] != "verify lucie@example.org" {
		t.Errorf("sent %q", o.post.sent)
	}
}

// With one button the merchant who answers the questions also gets articles to look at.
func TestWelcome_samples(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.samples.n = 0
	b := o.Browser(t)
	b.Get(page + "/welcome")
	b.WantClean()
	b.Submit(`button[name=samples]`, webtest.Values{"country": "DE", "trade": "physical", "elsewhere": "no"})
	b.WantStatus(200).WantPath("/shops/test").WantClean().WantText(".alert", "with a few samples to look at").WantText("main", "6 articles are there only to be looked at")
	o.Role = authz.Orders
	b.Get(page)
	b.WantNo(`form[action$="/samples/add"]`)
}

// FLT-05: samples that do not fit into the plan are explained, and the shop is none the worse.
func TestSamples_add(t *testing.T) {
	t.Parallel()
	o := open(t)
	if err := start.Skip(t.Context(), o.Shop, officetest.Who); err != nil {
		t.Fatal(err)
	}
	o.samples.n, o.samples.full = 0, fault.New(fault.Quota, "media.full")
	b := o.Browser(t)
	b.Get(page)
	b.WantClean()
	b.Submit(`form[action$="/samples/add"] button`, nil)
	b.WantStatus(200).WantText(".alert", "There is no more room for pictures")
	o.samples.full = nil
	b.Submit(`form[action$="/samples/add"] button`, nil)
	b.WantStatus(200).WantText(".alert", "The samples are in your shop")
}

// PAY-01: the list says what is makeshift in getting paid, and leads to the form that mends it.
func TestSteps_payment(t *testing.T) {
	t.Parallel()
	o := open(t)
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`insert into payment_modes (id, kind, names, active, position, created_at, updated_at) values
			('0198c0de-0000-7000-8000-000000000001', 'transfer', '{"en":"Transfer"}', false, 1, now(), now()),
			('0198c0de-0000-7000-8000-000000000002', 'cash_on_delivery', '{"en":"Cash"}', false, 2, now(), now())`).Error
	})
	if err == nil {
		err = start.Skip(t.Context(), o.Shop, officetest.Who)
	}
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	const mend = `.step a[href$="/settings/payment/0198c0de-0000-7000-8000-000000000001"]`
	b.Get(page)
	b.WantText(".step-open", "Nobody can order without a payment method. Transfer and cheque are prepared: fill in two fields.").Want(mend)
	if err := start.Answer(t.Context(), o.Shop, officetest.Who, start.Answers{Country: "FR", Trade: start.Physical}); err != nil {
		t.Fatal(err)
	}
	b.Get(page)
	b.WantText(".step-warn", "So far buyers can only pay the carrier on delivery. Transfer and cheque are prepared").Want(mend)
	err = o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`update payment_modes set active = true, config = '{"iban":"x"}' where kind = 'transfer'`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Get(page)
	b.WantText(".step-done", "Choose how buyers pay").WantNo(mend)
}

// LAW-04, ART-13: the first page tells of sales at a distance beyond the threshold, and of articles no mode
// by weight can compute.
func TestNotices(t *testing.T) {
	t.Parallel()
	o := open(t)
	if err := start.Skip(t.Context(), o.Shop, officetest.Who); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(page)
	b.WantNoText("one-stop shop").WantNoText("no weight")
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		tx.Touch()
		return errors.Join(
			tx.DB().Exec(`insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery,
					currency, goods_net, shipping_net, tax, total, priced, placed_at, updated_at)
				values (gen_random_uuid(), 'A-7', 'x', 'k', 'paid', true, 'a@example.org', 'A', 'fr', '{}', '{"country":"DE"}',
					'EUR', 0, 0, 0, 12000, '{"taxation":{"treatment":"below_limit"}}', now(), now())`).Error,
			tx.DB().Exec(`insert into shipping_modes (id, kind, names, config, created_at, updated_at) values
				('0198c0de-0000-7000-8000-000000000001', 'coefficient', '{"fr":"Poste"}', '{"per_unit":"2"}', now(), now())`).Error,
			tx.DB().Exec(`insert into products (id, code, state, created_at, updated_at) values
				('00000000-0000-7000-8000-000000000001', 'mug', 'published', now(), now())`).Error,
			tx.DB().Exec(`insert into variants (id, product_id, sku, option_key, price, weight_g, ship_values, created_at, updated_at) values
				(gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'none', 'a', 1, 0, '{}', now(), now()),
				(gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'weight', 'b', 1, 5, '{}', now(), now()),
				(gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'value', 'c', 1, 0,
					'{"0198c0de-0000-7000-8000-000000000001":"0"}', now(), now())`).Error)
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Get(page)
	b.WantClean().WantText(".alert", "€12,000.00").WantText(".alert", "1 variant on sale has no weight").Want(`.alert a[href$="/settings/vat"]`)
	o.Role = authz.Orders
	b.Get(page)
	b.WantNo(`.alert a[href$="/settings/vat"]`)
}

func TestSamples(t *testing.T) {
	t.Parallel()
	o := open(t)
	if err := start.Skip(t.Context(), o.Shop, officetest.Who); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(page)
	b.Follow(`a[href$="/samples"]`)
	b.WantClean().WantText("main", "Remove 6 sample articles?")
	b.Submit("main form", nil)
	b.WantStatus(200).WantText(".alert", "The samples are gone.").WantNo(`a[href$="/samples"]`)
	if got := b.Get(page + "/samples").Status; got != 404 {
		t.Errorf("asking again: %d", got)
	}
}

// PAY-05: the first page tells how many payments the daily check has found, and leads to them.
func TestNotices_missed(t *testing.T) {
	t.Parallel()
	o := open(t)
	if err := start.Skip(t.Context(), o.Shop, officetest.Who); err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	check := func(told string, n int) {
		t.Helper()
		err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
			return tx.Record(tenant.ByProgram, "payments.checked", "payments", nil, json.RawMessage(fmt.Sprintf(
				`{"asked": 9, "found": %d, "away": 0, "told": [%s]}`, n, told)))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	check("", 0)
	b.Get(page)
	b.WantNoText("daily check")
	check(`{"order": "0198c0de-0000-7000-8000-000000000001", "number": "1001", "state": "refunded"}`, 1)
	b.Get(page)
	b.WantClean().WantText(".alert", "found 1 payment with news").WantText(".alert", "Order 1001").Want(`.alert a[href$="/orders/0198c0de-0000-7000-8000-000000000001"]`)
	check("", 2)
	b.Get(page)
	b.WantClean().WantText(".alert", "found 3 payments with news").Want(`.alert a[href$="/orders/payouts/differences"]`)
	o.Role = authz.Orders // who sees orders and no reports
	b.Get(page)
	b.WantText(".alert", "found 3 payments").WantNo(`.alert a[href$="/orders/payouts/differences"]`)
	o.Role = authz.Catalogue
	b.Get(page)
	b.WantNoText("daily check")
}
