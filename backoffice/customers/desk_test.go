package customers_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"echoppe.dev/backoffice/customers"
	"echoppe.dev/backoffice/desk"
	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
	"echoppe.dev/tenant/customer"
	"echoppe.dev/tenant/profile"
)

// office is the desk in the office of a shop that sells.
type office struct {
	*officetest.Office
	*checkouttest.Stage
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Stage: checkouttest.New(t, checkout.Reactions{})}
	words := []fs.FS{customers.Locales, profile.Locales, os.DirFS("../../tenant/order"), os.DirFS("../../tenant/customer")}
	o.Office = officetest.Open(t, words, func(*officetest.Office) []desk.Desk { return []desk.Desk{customers.New(o.Accounts)} })
	o.Office.Shop = o.Stage.Shop
	return o
}

// register adds a customer who lives in Paris.
func (o *office) register(t *testing.T, name string) *customer.Customer {
	t.Helper()
	who, err := o.Accounts.Register(t.Context(), o.Stage.Shop, customer.Registration{
		Email: strings.ToLower(name) + "@example.org", Name: name, Password: "correct horse battery", Locale: i18n.German,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Accounts.SaveAddress(t.Context(), o.Stage.Shop, who.ID, customer.Entry{
		Address: address.Address{Name: name, Line1: "5 rue Neuve", Postcode: "75002", City: "Paris", Country: "FR"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return who
}

func at(path string) string { return officetest.Base + path }

func TestRoutes(t *testing.T) {
	t.Parallel()
	o := open(t)
	webtest.WantGuarded(t, o.Routes, o.Policy.Permissions(authz.KindShop))
}

// LANG-01
func TestLocales(t *testing.T) { i18ntest.Complete(t, customers.Locales, "locales") }

func TestList(t *testing.T) {
	t.Parallel()
	o := open(t)
	b := o.Browser(t)
	b.Get(at("customers"))
	b.WantClean().WantText(".empty-title", "No customers yet")
	anna, bert := o.register(t, "Anna"), o.register(t, "Bert")
	if err := o.Accounts.Block(t.Context(), o.Stage.Shop, officetest.Who, bert.ID); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{"q=anna": "Anna", "q=bert%40example": "Bert", "state=blocked": "Bert", "state=open": "Anna", "q=nobody": ""} {
		b.Get(at("customers?" + query))
		b.WantStatus(200).WantClean()
		if got := strings.Join(b.Texts("tbody th .title-line"), " "); got != want {
			t.Errorf("%s finds %q, want %q", query, got, want)
		}
	}
	b.Get(at("customers?q=anna"))
	b.Follow("tbody th a")
	b.WantPath("/shops/test/customers/" + anna.ID.String())
}

func TestList_pages(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Write(func(tx tenant.Tx) error {
		for i := range 60 {
			err := tx.DB().Exec(`insert into customers (id, email, name, locale, created_at, updated_at)
				values (gen_random_uuid(), ?, ?, 'fr', now() - (? || ' minutes')::interval, now())`,
				fmt.Sprintf("n%d@example.org", i), fmt.Sprintf("N%d", i), fmt.Sprint(i)).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
	b := o.Browser(t)
	b.Get(at("customers"))
	b.WantCount("tbody tr", 50).Follow(".pager a[rel=next]")
	b.WantCount("tbody tr", 10).Follow(".pager a[rel=prev]")
	b.WantText("tbody tr:first-child th", "N0")
}

// ACC-01, ACC-02: addresses and orders of a customer stand together.
func TestShow(t *testing.T) {
	t.Parallel()
	o := open(t)
	anna := o.register(t, "Anna")
	buyer := o.Guest("anna@example.org")
	buyer.Who = checkout.Visitor{Customer: anna.ID, Name: anna.Name, Locale: i18n.German}
	if err := buyer.Add(o.Stock("Mug", "12.00", 5), 1); err != nil {
		t.Fatal(err)
	}
	placed, err := buyer.Place("cheque")
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	page := at("customers/" + anna.ID.String())
	for _, l := range i18n.Shipped {
		b.Get(page + "?lang=" + string(l))
		b.WantStatus(200).WantClean().WantText("tbody th", placed.Order.Number).WantText("dd p", "5 rue Neuve").WantText("dd", "Deutsch")
	}
	b.Get(page + "?lang=en")
	b.Submit(`form[action$="/note"]`, webtest.Values{"note": strings.Repeat("x", 5000)})
	b.WantStatus(422).WantClean().Want("textarea[aria-invalid]")
	b.Submit(`form[action$="/note"]`, webtest.Values{"note": "Rings twice"})
	b.WantStatus(200).WantText("textarea", "Rings twice").WantText(".alert", "Written down.")

	o.Role = authz.ReadOnly
	b.Get(page)
	b.WantNo("main form[method=post]").WantText("main", "Rings twice")
	if got := b.Post(page+"/block", nil).Status; got != 403 {
		t.Errorf("SEC-05 a reader blocks: %d", got)
	}
}

func TestBlock(t *testing.T) {
	t.Parallel()
	o := open(t)
	anna := o.register(t, "Anna")
	signIn := func() error {
		_, err := o.Accounts.SignIn(t.Context(), o.Stage.Shop, anna.Email, "correct horse battery")
		return err
	}
	b := o.Browser(t)
	b.Get(at("customers/" + anna.ID.String()))
	b.Follow(`a[href$="/block"]`)
	b.WantClean()
	b.Submit("main form", nil)
	b.WantStatus(200).WantText(".page-head .badge", "Blocked")
	if err := signIn(); err == nil {
		t.Error("a blocked customer signs in")
	}
	b.Submit(`form[action$="/unblock"] button`, nil)
	b.WantStatus(200).WantText(".page-head .badge", "Open")
	if err := signIn(); err != nil {
		t.Errorf("after unblocking: %v", err)
	}
	if got := b.Get(at("customers/" + strings.Repeat("0", 36))).Status; got != 404 {
		t.Errorf("nobody: %d", got)
	}
}
