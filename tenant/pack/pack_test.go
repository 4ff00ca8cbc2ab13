package pack_test

import (
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/pack"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tenanttest"
)

var clerk = tenant.Actor{Kind: tenant.Staff, ID: "c", Name: "Claire"}

// Every pack is whole: two tables of delivery that open in its currency, say what they do in four
// languages, warn of nothing and reach their country; VAT that can be saved; sources.
func TestAll(t *testing.T) {
	var countries []string
	for _, p := range pack.All() {
		countries = append(countries, p.Country)
		t.Run(p.Country, func(t *testing.T) {
			if len(p.Shipping) != 2 || len(p.Sources) < 2 || p.Currency.IsZero() {
				t.Errorf("%d tables, %d sources, currency %s", len(p.Shipping), len(p.Sources), p.Currency)
			}
			if err := p.Tax.Check(); err != nil {
				t.Error(err)
			}
			reached := false
			for _, m := range p.Shipping {
				m.ID = m.Code
				tariff, err := shipping.Builtin().Open(p.Currency, m.Mode)
				if err != nil {
					t.Fatal(err)
				}
				if w := tariff.Warnings(); len(w) > 0 {
					t.Errorf("%s warns: %v", m.Code, w)
				}
				for _, l := range i18n.Shipped {
					if m.Name[l] == "" {
						t.Errorf("LANG-01 %s has no name in %s", m.Code, l)
					}
				}
				reached = reached || tariff.Serves(pricing.Destination{Country: p.Country})
			}
			if !reached {
				t.Error("no table goes to the country itself")
			}
		})
	}
	if got := strings.Join(countries, " "); got != "BE CH DE ES FR GB US" {
		t.Errorf("packs for %s", got)
	}
}

func plan(t *testing.T, shop *tenant.Shop, country string, o pack.Options) (made *pack.Plan) {
	t.Helper()
	p, ok := pack.Find(country)
	if !ok {
		t.Fatalf("no pack for %s", country)
	}
	if err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { made, err = pack.Make(tx, p, o); return err }); err != nil {
		t.Fatal(err)
	}
	return made
}

func apply(t *testing.T, shop *tenant.Shop, country string, o pack.Options, keys ...string) {
	t.Helper()
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		p, _ := pack.Find(country)
		made, err := pack.Make(tx, p, o)
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			keys = made.Keys()
		}
		_, err = made.Apply(tx, clerk, shipping.Builtin(), keys)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, shop *tenant.Shop) (s *settings.Settings, modes []shipping.Stored, journal []string) {
	t.Helper()
	err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
		if s, err = settings.Load(tx); err != nil {
			return err
		}
		if err := tx.DB().Raw("select action from audit where action like 'pack.%' order by at").Scan(&journal).Error; err != nil {
			return err
		}
		modes, err = shipping.ListModes(tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, modes, journal
}

// A French shop that moves to Switzerland: what changes is listed, made at once, and then there is
// nothing left to do.
func TestPlan(t *testing.T) {
	shop := tenanttest.Open(t)
	if got, want := strings.Join(plan(t, shop, "CH", pack.Options{}).Keys(), " "), "country currency delivery.home delivery.abroad"; got != want {
		t.Fatalf("plans %q, want %q", got, want)
	}
	first := plan(t, shop, "CH", pack.Options{}).Digest()
	apply(t, shop, "CH", pack.Options{})
	s, modes, journal := state(t, shop)
	if s.Identity.Address.Country != "CH" || s.Currencies.Management != "CHF" || len(modes) != 2 || !modes[0].Active || modes[0].Position == modes[1].Position {
		t.Errorf("%s %s %+v", s.Identity.Address.Country, s.Currencies.Management, modes)
	}
	if !slices.Equal(journal, []string{"pack.applied"}) {
		t.Errorf("SEC-03 journal %v", journal)
	}
	again := plan(t, shop, "CH", pack.Options{})
	if len(again.Items) != 0 || again.Digest() == first {
		t.Errorf("afterwards %v", again.Keys())
	}
}

// Prices that were typed keep their currency, and then no fees in another one come in.
func TestPlan_priced(t *testing.T) {
	shop := tenanttest.Open(t)
	if got := plan(t, shop, "GB", pack.Options{Priced: true}).Keys(); slices.Contains(got, "currency") || len(got) != 1 {
		t.Errorf("CUR-01 plans %v", got)
	}
	apply(t, shop, "GB", pack.Options{}, "country", "delivery.home")
	if s, modes, _ := state(t, shop); s.Currencies.Management != "EUR" || len(modes) != 0 {
		t.Errorf("fees in pounds in a shop in %s: %+v", s.Currencies.Management, modes)
	}
}

// A way that buyers have is not changed, and a further one to the same place waits.
func TestPlan_served(t *testing.T) {
	shop := tenanttest.Open(t)
	_, err := shipping.Builtin().Save(t.Context(), shop, clerk, shipping.Stored{Active: true,
		Mode: shipping.Mode{Name: i18n.Text{"fr": "Coursier"}, Calculator: "included", Zones: []shipping.Zone{{Country: "FR"}}}})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, shop, "FR", pack.Options{})
	_, modes, _ := state(t, shop)
	on := map[string]bool{}
	for _, m := range modes {
		on[m.Name["fr"]] = m.Active
	}
	if len(modes) != 3 || !on["Coursier"] || on["Colis en France"] || !on["Colis vers l’Union européenne"] {
		t.Errorf("%v", on)
	}
	apply(t, shop, "FR", pack.Options{})
	if _, modes, _ := state(t, shop); len(modes) != 3 {
		t.Errorf("twice: %d ways", len(modes))
	}
	// The same table in another currency is another table, and waits beside the one that is there.
	if got := plan(t, shop, "CH", pack.Options{}).Keys(); !slices.Contains(got, "delivery.abroad") {
		t.Errorf("to Switzerland: %v", got)
	}
	quiet := tenanttest.Open(t)
	apply(t, quiet, "DE", pack.Options{Quiet: true})
	if _, modes, _ := state(t, quiet); len(modes) != 2 || modes[0].Active || modes[1].Active {
		t.Errorf("quietly: %+v", modes)
	}
}

// What the merchant decided about VAT beside the country's custom stays his.
func TestPlan_vat(t *testing.T) {
	shop := tenanttest.Open(t)
	own := settings.Defaults().Tax
	own.Destination, own.EntryGross, own.Classes = true, false, []settings.TaxClass{{Code: "books", Name: "Livres"}}
	if err := settings.Save(t.Context(), shop, clerk, own, 0); err != nil {
		t.Fatal(err)
	}
	apply(t, shop, "FR", pack.Options{}, "vat")
	s, modes, _ := state(t, shop)
	if !s.Tax.Destination || len(s.Tax.Classes) != 1 || !s.Tax.EntryGross || s.Tax.Verify != "trust" || len(modes) != 0 {
		t.Errorf("%+v, %d ways", s.Tax, len(modes))
	}
	if s.Rules().Currency != money.EUR {
		t.Error("the currency was not asked for")
	}
}
