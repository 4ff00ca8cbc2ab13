package profiles_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/shipping"
)

// compared compares profiles by value, decimals included.
var compared = cmp.Comparer(func(a, b decimal.Decimal) bool { return a.Equal(b) })

// PROF-01 to PROF-05: everything a profile says is typed on one page and stored as it was typed.
func TestEdit(t *testing.T) {
	t.Parallel()
	o := open(t)
	card, colissimo := o.ModeOf("card").String(), o.ShippingOf("Colissimo")
	b := o.Browser(t)
	b.Get(at("profiles"))
	b.Follow(`a[href$="new_public"]`)
	b.WantClean().WantNo("input[name=shared]")
	b.Submit("main form", webtest.Values{
		"names.fr": "Entreprises & associations", "names.de": "Firmen", "texts.fr": "Factures au nom de la société", "active": true,
		"goods": "net", "shipping": "gross", "payments": []string{card}, "carriages": []string{colissimo},
		"send_to": []string{"EU", "CH"}, "bill_to": []string{"FR"}, "minimum.amount": "49.50", "minimum.side": "gross", "minimum.listed": "1",
		"quotes": true,
	})
	b.WantStatus(200).WantPath("/shops/test/profiles").WantText(".alert", "Saved.").WantText("tbody", "Entreprises & associations").WantText("tbody", "quotes possible")
	want := profile.Profile{
		Code: "entreprises-et-associations", Kind: profile.KindPublic, Active: true,
		Names: i18n.Text{"fr": "Entreprises & associations", "de": "Firmen"}, Texts: i18n.Text{"fr": "Factures au nom de la société"},
		Goods: pricing.Net, Shipping: pricing.Gross, Payments: []string{card}, Carriages: []string{colissimo},
		BillTo: []string{"FR"}, SendTo: []string{"EU", "CH"},
		Minimum: profile.Minimum{Amount: decimal.RequireFromString("49.5"), Side: pricing.Gross, Listed: true},
		Quotes:  true,
	}
	if diff := cmp.Diff(want, o.find(t, want.Code), compared); diff != "" {
		t.Error(diff)
	}
	for _, l := range i18n.Shipped {
		b.Get(at("profiles/" + string(want.Code) + "?lang=" + string(l)))
		b.WantStatus(200).WantClean().WantNo("input[name=code]")
	}
	b.Submit("main form", nil)
	b.WantStatus(200).WantPath("/shops/test/profiles")
	if diff := cmp.Diff(want, o.find(t, want.Code), compared); diff != "" {
		t.Errorf("saved as it was, it has changed: %s", diff)
	}
	o.Role = authz.ReadOnly
	b.Get(at("profiles/" + string(want.Code)))
	b.WantClean().WantNo("main .save")
	if got := b.Post(at("profiles/"+string(want.Code)), url.Values{}).Status; got != 403 {
		t.Errorf("SEC-05 a reader saves a profile: %d", got)
	}
	if got := b.Get(at("profiles/nobody")).Status; got != 404 {
		t.Errorf("a profile there is not: %d", got)
	}
}

// PROF-08: what anonymous visitors may do is decided like anything else, but for code, kind and state.
func TestEdit_anonymous(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("profiles/anonymous"))
	b.WantClean().WantNo("input[name=code]").WantNo("input[name=active]").WantNo("input[name=shared]")
	b.Submit("main form", webtest.Values{"payments": []string{o.ModeOf("card").String()}, "send_to": []string{"FR"}, "bill_to": []string{"FR"}})
	b.WantStatus(200).WantText("tbody", "delivery and invoices to France")
	p := o.find(t, profile.Anonymous)
	if !p.Active || p.Kind != profile.KindAnonymous || !p.Pays(o.ModeOf("card").String()) || p.Pays(o.ModeOf("cheque").String()) || p.Sends("DE") {
		t.Errorf("PROF-07 stored %+v", p)
	}
}

// A refused form keeps everything, and says beside each field what is wrong.
func TestEdit_refused(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.keep(t, made("trade", profile.KindPrivate))
	b := o.Browser(t)
	b.Get(at("profiles/new_private"))
	b.Submit("main form", webtest.Values{
		"names.fr": "", "names.es": "Mayoristas", "code": "Trade!", "texts.de": "Nur für Händler", "goods": "net", "carriages": []string{o.ShippingOf("Colissimo")},
		"send_to": []string{"DE"}, "minimum.amount": "much", "minimum.listed": "1", "shared": "abc",
	})
	b.WantStatus(422).WantClean().Want(`input[name=code][aria-invalid][value="Trade!"]`).Want(`input[name="minimum.amount"][aria-invalid][value=much]`).
		Want(`input[name="names.es"][value=Mayoristas]`).Want(`input[name="texts.de"][value="Nur für Händler"]`).Want("input[name=goods][value=net][checked]").
		Want(`input[name=carriages][checked]`).Want(`input[name=send_to][value=DE][checked]`).Want(`input[name="minimum.listed"][value="1"][checked]`).
		Want("input[name=shared][value=abc][aria-invalid]").WantText(".alert-list", "Code").WantText(".alert-list", "Minimum order")
	b.Submit("main form", webtest.Values{"code": "anonymous"})
	b.WantStatus(422).WantText("#f-code-error", "“anonymous” is reserved for the profile of anonymous visitors")
	b.Submit("main form", webtest.Values{"code": "trade", "minimum.amount": "50", "shared": "short"})
	b.WantStatus(422).Want("input[name=code][aria-invalid]").WantText(".error", "Another profile has this code already.")
	b.Submit("main form", webtest.Values{"code": ""})
	b.WantStatus(422).WantNo("input[name=code][aria-invalid]").Want("input[name=shared][aria-invalid][value=short]")
	b.Submit("main form", webtest.Values{"shared": ""})
	b.WantStatus(200).WantPath("/shops/test/profiles")
	if p := o.find(t, "mayoristas"); p.Minimum.Amount.String() != "50" || p.Minimum.Side != pricing.Net || !p.Minimum.Listed {
		t.Errorf("PROF-02 stored %+v", p.Minimum)
	}
	b.Get(at("profiles/new_public"))
	b.Submit("main form", webtest.Values{"names.fr": ""})
	b.WantStatus(422).WantCount(".alert-list li", 1).Want(`input[name="names.fr"][aria-invalid]`)
	b.Submit("main form", webtest.Values{"names.fr": "…"})
	b.WantStatus(422).Want("input[name=code][aria-invalid]")
	page := b.Post(at("profiles/trade"), url.Values{"rev": {"2"}, "goods": {"sideways"}, "payments": {"nothing"}, "names.fr": {"T"}, "send_to": {"Atlantis"}})
	if page.Status != 422 || page.Doc().Find("fieldset.field-bad").Length() < 2 {
		t.Errorf("what no page sends: %d", page.Status)
	}
}

// Two people edit one profile: the second sees what the first has saved beside what he typed.
func TestEdit_stale(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.keep(t, made("trade", profile.KindPrivate), made("pro", profile.KindPublic))
	b := o.Browser(t)
	b.Get(at("profiles/trade"))
	faster := made("trade", profile.KindPrivate)
	faster.Goods, faster.SendTo = pricing.Net, []string{"BE"}
	o.keep(t, faster, made("pro", profile.KindPublic))
	b.Submit("main form", webtest.Values{"goods": "gross", "minimum.amount": "30", "send_to": []string{"FR"}})
	b.WantStatus(409).WantClean().WantText("td", "without tax").WantText("td", "with tax").WantText("td", "Belgium").WantText("td", "France").
		Want(`input[name="minimum.amount"][value="30"]`)
	b.Submit("main form[data-guard]", nil)
	b.WantStatus(200)
	if p := o.find(t, "trade"); p.Goods != pricing.Gross || p.Minimum.Amount.String() != "30" {
		t.Errorf("stored %+v", p)
	}
	o.find(t, "pro")
	b.Get(at("profiles/trade"))
	o.keep(t, o.find(t, "trade"), made("third", profile.KindPublic))
	b.Submit("main form", nil)
	b.WantStatus(409).WantText("main", "nothing of what is shown here")
	b.Get(at("profiles/trade"))
	o.keep(t, made("pro", profile.KindPublic))
	b.Submit("main form", webtest.Values{"names.fr": "Revendeurs"})
	b.WantStatus(409).Want(`input[name="names.fr"][value=Revendeurs]`)
	b.Submit("main form[data-guard]", nil)
	b.WantStatus(200)
	if p := o.find(t, "trade"); p.Names["fr"] != "Revendeurs" || p.Kind != profile.KindPrivate {
		t.Errorf("what somebody removed meanwhile comes back as %+v", p)
	}
}

// PROF-10: a shared code goes in and never comes out; a new one, or none, ends the visits of those who came
// in with the old one.
func TestEdit_sharedCode(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.keep(t, made("trade", profile.KindPrivate), made("press", profile.KindPrivate))
	opens := func(code string) string {
		t.Helper()
		book, _ := o.book(t)
		p, err := o.Accounts.OpenProfile(t.Context(), &book, code)
		if err != nil {
			return ""
		}
		return string(p.Code)
	}
	b := o.Browser(t)
	b.Get(at("profiles/trade"))
	b.Submit("main form", webtest.Values{"shared": "atelier-2026"})
	b.WantStatus(200).WantText("tbody", "opened by a shared code")
	if got := opens("atelier-2026"); got != "trade" {
		t.Fatalf("the code opens %q", got)
	}
	hash := o.find(t, "trade").CodeHash
	b.Get(at("profiles/trade"))
	b.WantText("main", "There is a shared code.").WantNoText("atelier-2026").WantNoText(hash)
	b.Submit("main form", webtest.Values{"goods": "net"})
	b.WantStatus(200)
	if o.find(t, "trade").CodeHash != hash {
		t.Error("saving the rest has changed the code")
	}
	b.Get(at("profiles/press"))
	b.Submit("main form", webtest.Values{"shared": "atelier-2026"})
	b.WantStatus(422).WantText(".error", "Another profile is opened by this code.")
	if n := o.visits(t, "trade"); n != 1 {
		t.Fatalf("%d guests inside", n)
	}
	b.Get(at("profiles/trade"))
	b.Submit("main form", webtest.Values{"shared_remove": true})
	b.WantStatus(200)
	if got := opens("atelier-2026"); got != "" {
		t.Errorf("a removed code opens %q", got)
	}
	var inside, told int
	o.Read(func(tx tenant.Tx) error {
		err := tx.DB().Raw("select count(*) from sessions where data::text like '%trade%'").Scan(&inside).Error
		if err == nil {
			err = tx.DB().Raw("select count(*) from audit where before::text like '%argon%' or after::text like '%argon%'").Scan(&told).Error
		}
		return err
	})
	if inside != 0 || told != 0 {
		t.Errorf("%d guests are still inside, the journal tells %d hashes", inside, told)
	}
}

// visits lets a guest in by a shared code.
func (o *office) visits(t *testing.T, code profile.Code) (inside int) {
	t.Helper()
	o.Write(func(tx tenant.Tx) error {
		err := tx.DB().Exec(`insert into sessions (digest, data, entered_at, seen_at, expires_at) values ('\x01'::bytea,
			jsonb_build_object('scope', '', 'values', jsonb_build_object('profile', ?::text)), now(), now(), now() + interval '1 day')`, string(code)).Error
		if err == nil {
			err = tx.DB().Raw("select count(*) from sessions where data::text like '%trade%'").Scan(&inside).Error
		}
		return err
	})
	return inside
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	o := open(t)
	belgium, home := o.belgium(t), o.home(t)
	for _, tt := range []struct {
		name   string
		change func(*profile.Profile)
		say    string
	}{
		{"PROF-01 nothing wrong", func(p *profile.Profile) { p.SendTo = []string{"FR"} }, ""},
		{"PROF-01 a payment mode that is gone", func(p *profile.Profile) { p.Payments = []string{"0198c0de-0000-7000-8000-0000000000aa"} }, "can pay"},
		{"PROF-01 a payment mode for other countries", func(p *profile.Profile) {
			p.Payments, p.BillTo = []string{home}, []string{"DE"}
		}, "can pay"},
		{"PROF-01 a delivery mode that is gone", func(p *profile.Profile) { p.Carriages = []string{"0198c0de-0000-7000-8000-0000000000aa"} }, "no active delivery method"},
		{"PROF-01 no delivery mode goes there", func(p *profile.Profile) {
			p.Carriages, p.SendTo = []string{belgium}, []string{"FR"}
		}, "goes to any of its countries"},
		{"PROF-01 to some countries none goes", func(p *profile.Profile) {
			p.Carriages, p.SendTo = []string{belgium}, []string{"BE", "FR"}
		}, "No delivery method goes to: France."},
		{"PROF-10 private, and nobody's", func(p *profile.Profile) { p.Kind = profile.KindPrivate }, "Nobody has this profile"},
		{"PROF-10 private, with a code", func(p *profile.Profile) { p.Kind, p.CodeHash = profile.KindPrivate, "x" }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := made("some", profile.KindPublic)
			tt.change(&p)
			o.keep(t, p)
			b := o.Browser(t)
			b.Get(at("profiles/some"))
			b.WantClean()
			if got := strings.Join(b.Texts("main .alert"), " "); tt.say == "" && got != "" || !strings.Contains(got, tt.say) {
				t.Errorf("says %q, want %q", got, tt.say)
			}
			b.Submit("main form", nil) // what is gone stays ticked: it does not become "all"
			b.WantStatus(200)
			if diff := cmp.Diff(p.Payments, o.find(t, "some").Payments); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// belgium is a way of delivery to Belgium alone.
func (o *office) belgium(t *testing.T) string {
	t.Helper()
	saved, err := shipping.Builtin().Save(t.Context(), o.Stage.Shop, officetest.Who, shipping.Stored{Active: true, Position: 5, Mode: shipping.Mode{
		Name: i18n.Text{"fr": "Bpost"}, Calculator: "flat", Values: form.Values{"fee": form.TextValue("9")}, Zones: []shipping.Zone{{Country: "BE"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return saved.ID
}

// home is a way to pay for bills to France alone.
func (o *office) home(t *testing.T) string {
	t.Helper()
	saved, err := o.Modes.Save(t.Context(), o.Stage.Shop, officetest.Who, payment.Draft{Kind: "cheque", Names: i18n.Text{"fr": "Bon"}, Active: true,
		Config: url.Values{"payee": {"Atelier"}, "address": {"Lyon"}}, Locale: i18n.French, Position: 9, Scope: payment.Scope{Zones: []shipping.Zone{{Country: "FR"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return saved.ID.String()
}
