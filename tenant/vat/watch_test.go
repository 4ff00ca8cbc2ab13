package vat_test

import (
	"fmt"
	"testing"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/tenanttest"
	"echoppe.dev/tenant/vat"
)

// sale is an order as far as the watch reads it.
type sale struct {
	number, country, treatment, state string
	net                               string
	at                                time.Time
	test                              bool
}

func sell(t *testing.T, shop *tenant.Shop, sales ...sale) {
	t.Helper()
	for _, s := range sales {
		err := shop.Write(t.Context(), func(tx tenant.Tx) error {
			return tx.DB().Exec(`insert into orders (id, number, digest, place_key, state, guest, email, buyer_name, locale, billing, delivery,
					currency, goods_net, shipping_net, tax, total, priced, test, placed_at, updated_at)
				values (gen_random_uuid(), ?, decode(md5(?), 'hex'), ?, ?, true, 'a@example.org', 'A', 'fr', '{}', ?::jsonb,
					(select doc->>'management' from settings where name = 'currencies'), 0, 0, 20, ?::numeric + 20, ?::jsonb, ?, ?, now())`,
				s.number, s.number, s.number, s.state, fmt.Sprintf(`{"country":%q}`, s.country), s.net,
				fmt.Sprintf(`{"taxation":{"treatment":%q}}`, s.treatment), s.test, s.at).Error
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func settle(t *testing.T, shop *tenant.Shop, change func(*settings.Settings)) {
	t.Helper()
	d := settings.Defaults()
	d.Identity.Address = address.Address{Country: "FR", Postcode: "69001", City: "Lyon"}
	change(&d)
	for _, doc := range []settings.Document{d.Identity, d.Tax, d.Currencies} {
		if err := settings.Save(t.Context(), shop, tenant.Actor{Kind: tenant.Staff, ID: "c", Name: "C"}, doc, 0); err != nil {
			t.Fatal(err)
		}
	}
}

func watch(t *testing.T, shop *tenant.Shop) (d vat.Distance) {
	t.Helper()
	if err := shop.Read(t.Context(), func(tx tenant.Tx) (err error) { d, err = vat.Watch(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return d
}

func now(t *testing.T, shop *tenant.Shop) (at time.Time) {
	t.Helper()
	if err := shop.Read(t.Context(), func(tx tenant.Tx) error { at = tx.Now(); return nil }); err != nil {
		t.Fatal(err)
	}
	return at
}

// LAW-04: what counts toward the threshold, and what it says at 80 and at 100 %.
func TestWatch(t *testing.T) {
	shop := tenanttest.Open(t)
	settle(t, shop, func(*settings.Settings) {})
	at := now(t, shop)
	if d := watch(t, shop); !d.Applies || d.Level != vat.Calm || !d.ThisYear.IsZero() || d.Warns() {
		t.Errorf("LAW-04 nothing sold: %+v", d)
	}
	sell(t, shop,
		sale{"home", "FR", "domestic", "paid", "90000", at, false},
		sale{"export", "CH", "export", "paid", "90000", at, false},
		sale{"business", "DE", "reverse_charge", "paid", "90000", at, false},
		sale{"off", "DE", "below_limit", "cancelled", "90000", at, false},
		sale{"test", "DE", "below_limit", "paid", "90000", at, true},
		sale{"old", "DE", "below_limit", "paid", "90000", at.AddDate(-2, 0, -1), false},
		sale{"first", "DE", "below_limit", "paid", "7999.99", at, false})
	if d := watch(t, shop); d.Level != vat.Calm || d.ThisYear.String() != "7999.99" {
		t.Errorf("LAW-04 just below 80 %%: %+v", d)
	}
	sell(t, shop, sale{"second", "IT", "destination", "closed", "0.01", at.Add(time.Second), false})
	if d := watch(t, shop); d.Level != vat.Near || d.ThisYear.String() != "8000.00" || d.Share.String() != "0.8" || !d.Warns() {
		t.Errorf("LAW-04 at 80 %%: %+v", d)
	}
	sell(t, shop, sale{"third", "IT", "below_limit", "paid", "2000", at.Add(2 * time.Second), false})
	if d := watch(t, shop); d.Level != vat.Near {
		t.Errorf("LAW-04 10,000.00 does not exceed: %+v", d)
	}
	sell(t, shop, sale{"fourth", "BE", "below_limit", "paid", "0.01", at.Add(3 * time.Second), false},
		sale{"fifth", "BE", "below_limit", "paid", "5", at.Add(4 * time.Second), false})
	d := watch(t, shop)
	if d.Level != vat.Over || d.By != "fourth" || !d.Since.Equal(at.Add(3*time.Second)) || d.ThisYear.String() != "10005.01" {
		t.Errorf("LAW-04 the sale that exceeds: %+v", d)
	}
}

// LAW-04: a year above the threshold makes the whole next one taxed at the destination.
func TestWatch_lastYear(t *testing.T) {
	shop := tenanttest.Open(t)
	settle(t, shop, func(s *settings.Settings) { s.Tax.Destination = true })
	at := now(t, shop)
	sell(t, shop, sale{"big", "DE", "destination", "paid", "10000.01", time.Date(at.Year()-1, 6, 1, 0, 0, 0, 0, time.UTC), false})
	d := watch(t, shop)
	if d.Level != vat.Over || d.Since.Year() != at.Year() || d.Since.YearDay() != 1 || d.By != "" || d.LastYear.String() != "10000.01" {
		t.Errorf("LAW-04 %+v", d)
	}
	if d.Warns() {
		t.Error("LAW-04 a shop that already charges it is warned")
	}
}

// LAW-04: books in another currency are watched at the shop's rate to the euro, or not at all; shops
// outside the Union and small businesses need no watch.
func TestWatch_others(t *testing.T) {
	for name, tt := range map[string]struct {
		change  func(*settings.Settings)
		applies bool
		level   vat.Level
	}{
		"LAW-04 kronor with a rate": {func(s *settings.Settings) {
			s.Identity.Address = address.Address{Country: "SE"}
			s.Currencies = settings.Currencies{Management: "SEK", Display: []settings.DisplayCurrency{{Code: "EUR", Rate: "0.1", Active: true}}}
		}, true, vat.Near},
		"LAW-04 kronor without": {func(s *settings.Settings) {
			s.Identity.Address = address.Address{Country: "SE"}
			s.Currencies = settings.Currencies{Management: "SEK", Display: []settings.DisplayCurrency{}}
		}, true, vat.Blind},
		"LAW-04 Switzerland":      {func(s *settings.Settings) { s.Identity.Address = address.Address{Country: "CH"} }, false, vat.Calm},
		"LAW-04 a small business": {func(s *settings.Settings) { s.Tax.Registered = false }, false, vat.Calm},
		"LAW-04 the Canary Islands are outside": {func(s *settings.Settings) {
			s.Identity.Address = address.Address{Country: "ES", Postcode: "35001"}
		}, false, vat.Calm},
	} {
		t.Run(name, func(t *testing.T) {
			shop := tenanttest.Open(t)
			settle(t, shop, tt.change)
			sell(t, shop, sale{"one", "DE", "below_limit", "paid", "85000", now(t, shop), false})
			if d := watch(t, shop); d.Applies != tt.applies || d.Level != tt.level {
				t.Errorf("%+v", d)
			}
		})
	}
}

// LAW-04 CUR-01: sales from before the management currency became another are added at what they are worth, and not
// as if they were in the new one.
func TestWatch_twoCurrencies(t *testing.T) {
	shop := tenanttest.Open(t)
	settle(t, shop, func(*settings.Settings) {})
	at := now(t, shop)
	sell(t, shop, sale{"euros", "DE", "below_limit", "paid", "4000", at, false})
	become := func(rev int, display ...settings.DisplayCurrency) {
		t.Helper()
		doc := settings.Currencies{Management: "SEK", Display: display}
		if err := settings.Save(t.Context(), shop, tenant.Actor{Kind: tenant.Staff, ID: "c", Name: "C"}, doc, rev); err != nil {
			t.Fatal(err)
		}
	}
	become(1, settings.DisplayCurrency{Code: "EUR", Rate: "0.1"})
	sell(t, shop, sale{"kronor", "DE", "below_limit", "paid", "10000", at.Add(time.Second), false})
	if d := watch(t, shop); d.ThisYear.String() != "5000.00" || d.Level != vat.Calm {
		t.Errorf("LAW-04 4000 EUR and 10000 SEK: %+v", d)
	}
	become(2, settings.DisplayCurrency{Code: "USD", Rate: "0.1"})
	if d := watch(t, shop); d.Level != vat.Blind {
		t.Errorf("LAW-04 without a rate: %+v", d)
	}
}
