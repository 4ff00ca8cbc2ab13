package profiles_test

import (
	"io/fs"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/backoffice/profiles"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
)

// office is the desk in the office of a shop that sells: Colissimo carries in France; card, cheque and the
// other ways to pay of the stage are on.
type office struct {
	*officetest.Office
	*checkouttest.Stage
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Stage: checkouttest.New(t, checkout.Reactions{})}
	words := []fs.FS{profiles.Locales, profile.Locales, os.DirFS("../../tenant/customer"), os.DirFS("../../tenant/payment")}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk {
		return []desk.Desk{profiles.New(o.Modes, o.Accounts)}
	})
	o.Office.Shop = o.Stage.Shop
	return o
}

func at(path string) string { return officetest.Base + path }

// book is what is stored, and its revision.
func (o *office) book(t *testing.T) (b profile.Book, rev int) {
	t.Helper()
	o.Read(func(tx tenant.Tx) error {
		s, err := settings.Load(tx)
		if err == nil {
			b, rev = profile.Book(s.Profiles), s.Rev(settings.NameProfiles)
		}
		return err
	})
	return b, rev
}

// find is a stored profile.
func (o *office) find(t *testing.T, code profile.Code) profile.Profile {
	t.Helper()
	b, _ := o.book(t)
	for _, p := range b.Profiles {
		if p.Code == code {
			return p
		}
	}
	t.Fatalf("no profile %q among %+v", code, b.Profiles)
	return profile.Profile{}
}

// keep stores profiles behind the desk's back.
func (o *office) keep(t *testing.T, list ...profile.Profile) {
	t.Helper()
	b, rev := o.book(t)
	b.Profiles = list
	if err := settings.Save(t.Context(), o.Stage.Shop, officetest.Who, settings.Profiles(b), rev); err != nil {
		t.Fatal(err)
	}
}

func made(code profile.Code, kind profile.Kind) profile.Profile {
	return profile.Profile{Code: code, Kind: kind, Active: true, Names: i18n.Text{"en": strings.ToUpper(string(code)), "fr": strings.ToUpper(string(code))}}
}

// register adds a customer and gives him a profile.
func (o *office) register(t *testing.T, name string, code profile.Code) *customer.Customer {
	t.Helper()
	who, err := o.Accounts.Register(t.Context(), o.Stage.Shop, customer.Registration{
		Email: strings.ToLower(name) + "@example.org", Name: name, Password: "correct horse battery", Locale: i18n.French,
	})
	if err == nil {
		err = o.Accounts.Assign(t.Context(), o.Stage.Shop, officetest.Who, who.ID, code)
	}
	if err != nil {
		t.Fatal(err)
	}
	return who
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

// LANG-01
func TestLocales(t *testing.T) {
	catalog := i18ntest.Complete(t, profiles.Locales, "locales")
	for _, key := range catalog.Keys(i18n.English) {
		if !strings.HasPrefix(key, "profiles.") {
			t.Errorf("%q is not of this desk", key)
		}
	}
}

// PROF-08: the anonymous profile is there before anybody has saved anything, and comes first.
func TestList(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("profiles"))
	b.WantClean().WantTexts("tbody th .title-line", "Everybody else").WantText("tbody", "Prices with tax; everything the shop offers")
	trade := made("trade", profile.KindPrivate)
	trade.Goods, trade.Payments, trade.SendTo = "net", []string{o.ModeOf("card").String(), o.ModeOf("transfer").String()}, []string{profile.Union, "CH"}
	trade.Minimum.Amount, trade.CodeHash = decimal.NewFromInt(50), "sealed"
	off := made("off", profile.KindPublic)
	off.Active, off.Carriages = false, []string{o.ShippingOf("Colissimo")}
	o.keep(t, trade, off, profile.Profile{Code: profile.Anonymous, Kind: profile.KindAnonymous, Active: true, BillTo: []string{"FR"}, SendTo: []string{"FR"}})
	o.register(t, "Anna", "trade")
	b.Get(at("profiles"))
	b.WantClean().WantTexts("tbody th .title-line", "Everybody else", "TRADE", "OFF").
		WantText("tbody", "Prices with tax; delivery and invoices to France").
		WantText("tbody", "Prices without tax, delivery with tax; payment by ").
		WantText("tbody", "; delivery to EU countries, Switzerland; orders from €50.00 before tax; opened by a shared code").
		WantText("tbody", "delivery methods: Colissimo").WantText("tbody tr.muted", "Switched off").
		WantText(`a[href$="customers?profile=trade"]`, "1")
	for _, l := range i18n.Shipped {
		b.Get(at("profiles?lang=" + string(l)))
		b.WantStatus(200).WantClean()
	}
	o.Role = authz.ReadOnly
	b.Get(at("profiles?lang=en"))
	b.WantClean().WantNo("main form[method=post]").WantNo(`a[href$="new_public"]`).WantText("main", "Never")
}

// PROF-06: the three moments, each with what happens, and what is wrong when there is nothing to choose.
func TestChoose(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("profiles"))
	b.WantCount("input[name=choose]", 3).Want("input[value=never][checked]").WantText("main", "before the first page")
	b.Submit("main form[data-guard]", webtest.Values{"choose": "entry"})
	b.WantStatus(200).WantClean().WantText(".alert", "Saved.").WantText(".alert", "nobody is asked anything")
	o.keep(t, made("pro", profile.KindPublic))
	b.Get(at("profiles"))
	b.WantText(".alert", "“PRO” is the only public profile")
	o.keep(t, made("pro", profile.KindPublic), made("abroad", profile.KindPublic))
	b.Get(at("profiles"))
	b.WantNo("main .alert")
	if book, _ := o.book(t); book.Asks() != profile.OnEntry {
		t.Errorf("asks %q", book.Asks())
	}
	page := b.Post(at("profiles"), url.Values{"choose": {"sometimes"}, "rev": {"4"}})
	if page.Status != 422 && page.Status != 409 {
		t.Errorf("an unknown moment: %d", page.Status)
	}
}

func TestChoose_stale(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("profiles"))
	o.keep(t, made("pro", profile.KindPublic))
	b.Submit("main form[data-guard]", webtest.Values{"choose": "price"})
	b.WantStatus(409).WantClean().Want("input[value=price][checked]")
	b.Submit("main form[data-guard]", nil)
	b.WantStatus(200)
	if book, _ := o.book(t); book.Choose != profile.OnPrice || len(book.Public()) != 1 {
		t.Errorf("stored %+v", book)
	}
}

// Moving and switching take what is stored now.
func TestTurn(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.keep(t, made("one", profile.KindPublic), made("two", profile.KindPublic))
	who := o.register(t, "Anna", "two")
	b := o.Browser(t)
	b.Get(at("profiles"))
	b.Submit(`form[action$="/two/move"] button`, nil)
	b.WantStatus(200).WantTexts("tbody th .title-line", "Everybody else", "TWO", "ONE")
	b.Submit(`form[action$="/two/switch"] button`, nil)
	b.WantStatus(200).WantText("tbody tr.muted", "TWO").WantText("tbody .badge", "To check")
	if o.find(t, "two").Active || o.profileOf(t, who.ID) != "two" {
		t.Error("PROF-08 a profile that is switched off keeps its customers")
	}
	for _, path := range []string{"profiles/anonymous/switch", "profiles/anonymous/move", "profiles/anonymous/remove", "profiles/nobody/switch"} {
		if got := b.Post(at(path), url.Values{}).Status; got != 404 {
			t.Errorf("%s answers %d", path, got)
		}
	}
}

func (o *office) profileOf(t *testing.T, who customer.ID) (code string) {
	t.Helper()
	o.Read(func(tx tenant.Tx) error {
		c, err := customer.Find(tx, who)
		if err == nil {
			code = c.Profile
		}
		return err
	})
	return code
}

// PROF-10: removing says first what becomes of customers; they become anonymous with it, so that the code
// can be used again.
func TestRemove(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.keep(t, made("trade", profile.KindPrivate), made("pro", profile.KindPublic))
	anna, bert := o.register(t, "Anna", "trade"), o.register(t, "Bert", "pro")
	b := o.Browser(t)
	for _, l := range i18n.Shipped {
		b.Get(at("profiles/trade/remove?lang=" + string(l)))
		b.WantStatus(200).WantClean()
	}
	b.Get(at("profiles/trade/remove?lang=en"))
	b.WantText("main li", "1 customer has it and becomes anonymous")
	o.keep(t, made("trade", profile.KindPrivate), made("pro", profile.KindPublic), made("more", profile.KindPublic))
	b.Submit("main form", nil)
	b.WantStatus(200).WantPath("/shops/test/profiles/trade/remove").WantText(".alert", "That was not done")
	b.Submit("main form", nil)
	b.WantPath("/shops/test/profiles").WantText(".alert", "The profile is deleted.").WantTexts("tbody th .title-line", "Everybody else", "PRO", "MORE")
	if got := o.profileOf(t, anna.ID); got != customer.Anonymous {
		t.Errorf("Anna is %q", got)
	}
	if got := o.profileOf(t, bert.ID); got != "pro" {
		t.Errorf("Bert is %q", got)
	}
	o.Role = authz.Orders
	if got := b.Post(at("profiles/pro/remove"), url.Values{"rev": {"2"}}).Status; got != 403 {
		t.Errorf("SEC-05 an order clerk removes a profile: %d", got)
	}
	var audited int
	o.Read(func(tx tenant.Tx) error {
		return tx.DB().Raw("select count(*) from audit where subject = 'settings/profiles'").Scan(&audited).Error
	})
	if _, rev := o.book(t); audited != rev {
		t.Errorf("SEC-02 %d changes in the journal, want %d", audited, rev)
	}
}
