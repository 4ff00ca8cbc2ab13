package apptest

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/settings"
)

// clerk is who works in the shops of tests.
var clerk = tenant.Actor{Kind: tenant.Staff, ID: "clerk", Name: "Claire"}

// Shop is a shop of a test and its owner.
type Shop struct {
	*tenant.Shop
	Row   *registry.Shop
	Owner string // mail address
	URL   string // canonical, without a trailing slash
	place *Place
	owner account.ID
}

// NewShop opens a shop with what every shop begins with, the pretend bank among it, that also takes
// cheques and transfers. The name is made one nobody has yet; two shops of one test differ.
func (p *Place) NewShop(t testing.TB, name string) *Shop {
	t.Helper()
	name = fmt.Sprintf("%s-%d", name, visitors.Add(1))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("open shop %s: %v", name, err)
		}
	}
	email := name + "@example.com"
	owner, err := p.App.Accounts.Ensure(t.Context(), email, i18n.French)
	must(err)
	row, err := p.App.Provision.Open(t.Context(), provision.Order{
		Slug: name, Plan: "standard", By: audit.Actor{Name: "test"},
		Seed:      provision.Seed{Locale: i18n.French, Name: name, Email: email},
		Alongside: func(tx pg.Tx, shop registry.ID) error { return account.Join(tx, owner.ID, shop, authz.Owner) },
	})
	must(err)
	shop, err := p.App.OpenShop(row)
	must(err)
	s := &Shop{Shop: shop, Row: row, Owner: email, URL: p.App.Out.Sites.Shop(row), place: p, owner: owner.ID}
	s.settle(t)
	return s
}

// Find is a shop that exists.
func (p *Place) Find(t testing.TB, slug string) *Shop {
	t.Helper()
	row, err := p.App.Registry.BySlug(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	shop, err := p.App.OpenShop(row)
	if err != nil {
		t.Fatal(err)
	}
	return &Shop{Shop: shop, Row: row, URL: p.App.Out.Sites.Shop(row), place: p}
}

// settle makes the decisions of a merchant in Lyon.
func (s *Shop) settle(t testing.TB) {
	t.Helper()
	err := s.Write(t.Context(), func(tx tenant.Tx) error {
		now, err := settings.Load(tx)
		if err != nil {
			return err
		}
		identity, vat := now.Identity, now.Tax
		identity.LegalName = "Atelier SARL"
		identity.Address = address.Address{Name: "Atelier", Line1: "1 rue de la Soie", Postcode: "69001", City: "Lyon", Country: "FR"}
		vat.Registered, vat.Destination = true, true
		if err := settings.SaveIn(tx, clerk, identity, now.Rev(settings.NameIdentity)); err != nil {
			return err
		}
		return settings.SaveIn(tx, clerk, vat, now.Rev(settings.NameTax))
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, mode := range []payment.Draft{
		{Kind: "cheque", Names: i18n.Text{"fr": "Chèque", "de": "Scheck"}, Config: url.Values{"payee": {"Atelier SARL"}, "address": {"1 rue de la Soie\n69001 Lyon"}}},
		{Kind: "transfer", Names: i18n.Text{"fr": "Virement", "de": "Überweisung"}, Config: url.Values{"owner": {"Atelier SARL"}, "iban": {"FR76 3000 6000 0112 3456 7890 189"}}},
	} {
		mode.Active, mode.Locale, mode.Position = true, i18n.French, i
		if _, err := s.place.App.Rooms.Modes.Save(t.Context(), s.Shop, clerk, mode); err != nil {
			t.Fatalf("payment mode %s: %v", mode.Kind, err)
		}
	}
}

// Stock puts an article with one variant on the shelf; its SKU is its name, its page /product/<name
// in lower case>.
func (s *Shop) Stock(t testing.TB, name, price string, pieces int) catalog.VariantID {
	t.Helper()
	p := &catalog.Product{
		Code: name, State: catalog.Published, Kind: catalog.Physical, TaxClass: "standard", PriceGross: true,
		Texts: map[i18n.Locale]catalog.Text{
			"fr": {Name: name, Slug: strings.ToLower(name), Body: "<p>Fait à la main.</p>"},
			"de": {Name: name, Slug: strings.ToLower(name), Body: "<p>Von Hand gemacht.</p>"},
		},
		Variants: []catalog.Variant{{SKU: name, Price: decimal.RequireFromString(price), Active: true, Tracked: true,
			OnHand: pieces, WeightG: 500}},
	}
	if err := catalog.Save(t.Context(), s.Shop, clerk, p); err != nil {
		t.Fatalf("article %s: %v", name, err)
	}
	return p.Variants[0].ID
}

// OfficeLink is a way into the back office that works once.
func (s *Shop) OfficeLink(t testing.TB) string {
	t.Helper()
	token, err := s.place.App.Accounts.MakeLink(t.Context(), s.owner, account.Enter, 0)
	if err != nil {
		t.Fatal(err)
	}
	return s.place.App.Out.Sites.Office() + account.LinkPath + token
}

// Office is the address of the shop's back office, without a trailing slash.
func (s *Shop) Office() string { return s.place.App.Out.Sites.Office() + "/shops/" + s.Slug() }

// Own is the address of the shop on its sub-domain.
func (s *Shop) Own() string { return s.place.App.Out.Sites.Subdomain(s.Row) }
