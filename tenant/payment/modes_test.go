package payment_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/offline"
	"echoppe.dev/tenant/payment/testbank"
	"echoppe.dev/tenant/pricing"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tenanttest"
)

const bankKey = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"

func families(t testing.TB) *payment.Gateways {
	t.Helper()
	bank, err := testbank.New(testbank.Options{Endpoint: "http://bank.localhost", Clock: clock.System()})
	if err != nil {
		t.Fatal(err)
	}
	g, err := payment.NewGateways(append(offline.All(), bank)...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// desk is a shop with its modes.
type desk struct {
	*testing.T
	shop  *tenant.Shop
	modes *payment.Modes
}

func newDesk(t *testing.T) desk {
	t.Helper()
	return desk{t, tenanttest.Open(t), payment.NewModes(families(t), gatewaytest.Ring(t))}
}

func (d desk) save(draft payment.Draft) (payment.Mode, error) {
	return d.modes.Save(d.Context(), d.shop, merchant, draft)
}

func (d desk) must(draft payment.Draft) payment.Mode {
	d.Helper()
	m, err := d.save(draft)
	if err != nil {
		d.Fatal(err)
	}
	return m
}

func (d desk) read(fn func(tenant.Tx) error) error {
	d.Helper()
	return d.shop.Read(d.Context(), fn)
}

var (
	card1 = payment.Draft{Kind: "testbank", Names: i18n.Text{"en": "Card"}, Active: true, Locale: "en",
		Config: url.Values{"merchant": {"DEMO"}, "key": {bankKey}, "capture": {"now"}}}
	cheque = payment.Draft{Kind: "cheque", Names: i18n.Text{"fr": "Chèque"}, Active: true, Locale: "fr", Position: 1,
		Config: url.Values{"payee": {"Boutique"}, "address": {"1 rue X\n75001 Paris"}}}
)

// stored is the row as whoever reads the database sees it, its journal included.
func (d desk) stored(m payment.ModeID) (text string) {
	d.Helper()
	err := d.read(func(tx tenant.Tx) error {
		return tx.DB().Raw(`select (select to_jsonb(p)::text from payment_modes p where id = ?) ||
			coalesce((select string_agg(to_jsonb(a)::text, ' ') from audit a), '')`, m).Scan(&text).Error
	})
	if err != nil {
		d.Fatal(err)
	}
	return text
}

// TestModes_secrets: PGW-03, a key is sealed for its shop and mode, is never shown again and stays
// when its field comes back empty.
// TestModes_trial: PAY-06, what a trial came to says nothing of another contract, nor of another purse.
func TestModes_trial(t *testing.T) {
	d := newDesk(t)
	m := d.must(card1)
	tried := func() bool {
		t.Helper()
		var found payment.Mode
		err := d.read(func(tx tenant.Tx) (err error) {
			found, err = d.modes.Find(tx, m.ID)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return found.Trial != nil
	}
	for _, c := range []struct {
		what   string
		change func(*payment.Draft)
		kept   bool
	}{
		{"nothing", func(*payment.Draft) {}, true},
		{"its place in the list", func(d *payment.Draft) { d.Position = 7 }, true},
		{"the merchant", func(d *payment.Draft) { d.Config = url.Values{"merchant": {"DEMO2"}, "key": {""}, "capture": {"now"}} }, false},
		{"the key", func(d *payment.Draft) {
			d.Config = url.Values{"merchant": {"DEMO2"}, "key": {bankKey[1:] + "0"}, "capture": {"now"}}
		}, false},
		{"test or not", func(d *payment.Draft) { d.Test = !d.Test }, false},
	} {
		err := d.shop.Write(t.Context(), func(tx tenant.Tx) error { return payment.Try(tx, m.ID, id.New[payment.Bill]()) })
		if err != nil || !tried() {
			t.Fatalf("%v, tried %t", err, tried())
		}
		again := card1
		again.ID, again.Rev, again.Test, again.Config = m.ID, m.Rev, m.Test, url.Values{"merchant": {m.Config.Text("merchant")}, "key": {""}, "capture": {m.Config.Text("capture")}}
		c.change(&again)
		m = d.must(again)
		if tried() != c.kept {
			t.Errorf("after a change of %s the trial is kept: %t", c.what, tried())
		}
	}
}

func TestModes_secrets(t *testing.T) {
	d := newDesk(t)
	m := d.must(card1)
	if m.Config.Has("key") || !slices.Equal(m.Secrets, []string{"key"}) || m.Config.Text("merchant") != "DEMO" {
		t.Errorf("shown: %+v", m)
	}
	if text := d.stored(m.ID); strings.Contains(text, bankKey) || strings.Contains(text, bankKey[:16]) {
		t.Error("the key is stored in clear")
	}
	again := card1
	again.ID, again.Rev, again.Config = m.ID, m.Rev, url.Values{"merchant": {"DEMO2"}, "key": {""}, "capture": {"later"}}
	m = d.must(again)
	a := d.account(m.ID)
	if a.Secret("key").Reveal() != bankKey || a.Config.Text("merchant") != "DEMO2" || a.Config.Has("key") {
		t.Errorf("after an edit without the key: %+v", a.Config)
	}
	if text := a.Secret("key").String(); strings.Contains(text, bankKey) {
		t.Error("an account prints its key")
	}
	again.Rev, again.Config = m.Rev, url.Values{"merchant": {"DEMO2"}, "key": {""}, "key.clear": {"on"}, "capture": {"now"}}
	if _, err := d.save(again); !named(err, "config.key") {
		t.Errorf("a required key taken out: %v", err)
	}
	other := newDesk(t)
	err := other.shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`insert into payment_modes (id, kind, names, secrets, created_at, updated_at)
			values (?, 'testbank', '{"en":"Stolen"}', ?, now(), now())`, m.ID, d.sealed(m.ID)).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	err = other.read(func(tx tenant.Tx) error {
		_, err := other.modes.FindAccount(tx, m.ID)
		return err
	})
	if err == nil {
		t.Error("a sealed key opens in another shop")
	}
	// The merchant of that shop is asked for the key again instead of being locked out.
	lost := card1
	lost.ID, lost.Rev, lost.Config = m.ID, 1, url.Values{"merchant": {"DEMO"}, "key": {""}, "capture": {"now"}}
	if _, err := other.save(lost); !named(err, "config.key") {
		t.Errorf("a key that cannot be opened: %v", err)
	}
}

func (d desk) account(m payment.ModeID) (a payment.Account) {
	d.Helper()
	err := d.read(func(tx tenant.Tx) (err error) {
		a, err = d.modes.FindAccount(tx, m)
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return a
}

func (d desk) sealed(m payment.ModeID) (text string) {
	d.Helper()
	if err := d.read(func(tx tenant.Tx) error {
		return tx.DB().Raw("select secrets from payment_modes where id = ?", m).Scan(&text).Error
	}); err != nil {
		d.Fatal(err)
	}
	return text
}

func named(err error, field string) bool {
	return slices.ContainsFunc(fault.FieldsOf(err), func(f fault.Field) bool { return f.Name == field })
}

func num(text string) *decimal.Decimal {
	n := decimal.RequireFromString(text)
	return &n
}

func TestModes_Save_refuses(t *testing.T) {
	d := newDesk(t)
	for field, change := range map[string]func(*payment.Draft){
		"names":                 func(x *payment.Draft) { x.Names = i18n.Text{"en": ""} },
		"names.en":              func(x *payment.Draft) { x.Names = i18n.Text{"en": strings.Repeat("x", 81)} },
		"texts.fr":              func(x *payment.Draft) { x.Texts = i18n.Text{"fr": "a\x00b"} },
		"scope.zones.1.country": func(x *payment.Draft) { x.Scope.Zones = []shipping.Zone{{Country: "FR"}, {Country: "XX"}} },
		"scope.zones.0.postcodes.1": func(x *payment.Draft) {
			x.Scope.Zones = []shipping.Zone{{Country: "FR", Postcodes: []string{"75*", "("}}}
		},
		"scope.zones.0.regions.0": func(x *payment.Draft) {
			x.Scope.Zones = []shipping.Zone{{Country: "ES", Regions: []string{"Atlantis"}}}
		},
		"scope.least":     func(x *payment.Draft) { x.Scope.Least = num("-1") },
		"scope.most":      func(x *payment.Draft) { x.Scope.Least, x.Scope.Most = num("10"), num("9") },
		"scope.moment":    func(x *payment.Draft) { x.Scope.Moment = "someday" },
		"config.merchant": func(x *payment.Draft) { x.Config = url.Values{"key": {bankKey}, "capture": {"now"}} },
		"config.key": func(x *payment.Draft) {
			x.Config = url.Values{"merchant": {"M"}, "key": {"short"}, "capture": {"now"}}
		},
		"config.capture": func(x *payment.Draft) {
			x.Config = url.Values{"merchant": {"M"}, "key": {bankKey}, "capture": {"never"}}
		},
	} {
		draft := card1
		change(&draft)
		if _, err := d.save(draft); !named(err, field) || !fault.Is(err, fault.Malformed) {
			t.Errorf("%s: %v", field, err)
		}
	}
	unknown := card1
	unknown.Kind = "gone"
	if _, err := d.save(unknown); !errors.Is(err, payment.ErrGone) {
		t.Errorf("a kind that is not built in: %v", err)
	}
	m := d.must(card1)
	stale := card1
	stale.ID, stale.Rev = m.ID, m.Rev+1
	if _, err := d.save(stale); !errors.Is(err, payment.ErrStale) {
		t.Errorf("an old revision: %v", err)
	}
	stale.ID = id.New[payment.Mode]()
	if _, err := d.save(stale); !errors.Is(err, payment.ErrMode) {
		t.Errorf("no such mode: %v", err)
	}
}

// TestModes_Offers: PAY-01 and PAY-09, who is offered what.
func TestModes_Offers(t *testing.T) {
	d := newDesk(t)
	for i, x := range []struct {
		name  string
		kind  payment.Draft
		scope payment.Scope
		off   bool
	}{
		{"everybody", cheque, payment.Scope{}, false},
		{"France", cheque, payment.Scope{Zones: []shipping.Zone{{Country: "FR"}}}, false},
		{"small", card1, payment.Scope{Most: num("50")}, false},
		{"large", card1, payment.Scope{Least: num("50.01"), Moment: payment.MomentPlaced}, false},
		{"switched off", cheque, payment.Scope{}, true},
	} {
		draft := x.kind
		draft.Names, draft.Scope, draft.Active, draft.Position = i18n.Text{"en": x.name}, x.scope, !x.off, i
		d.must(draft)
	}
	err := d.shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`insert into payment_modes (id, kind, names, position, created_at, updated_at)
			values (?, 'minitel', '{"en":"Gone"}', 9, now(), now())`, id.New[payment.Mode]()).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, country string
		amount        money.Amount
		want          string
	}{
		{"PAY-09 at home", "FR", eur("50"), "everybody France small"},
		{"PAY-09 abroad", "DE", eur("50"), "everybody small"},
		{"country not known yet", "", eur("50.01"), "everybody France large"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			err := d.read(func(tx tenant.Tx) error {
				offers, err := d.modes.Offers(tx, pricing.Destination{Country: tt.country}, tt.amount)
				for _, o := range offers {
					got = append(got, o.Names.In("en"))
					found, err := d.modes.FindOffer(tx, o.ID, pricing.Destination{Country: tt.country}, tt.amount)
					if err != nil || found.ID != o.ID {
						t.Errorf("not found again: %v", err)
					}
					if o.Names.In("en") == "large" && o.Moment() != payment.MomentPlaced || o.Names.In("en") == "small" && o.Moment() != payment.MomentPaid {
						t.Errorf("STK-12 %s: %s", o.Names.In("en"), o.Moment())
					}
				}
				return err
			})
			if err != nil || strings.Join(got, " ") != tt.want {
				t.Errorf("got %v, want %s (%v)", got, tt.want, err)
			}
		})
	}
	err = d.read(func(tx tenant.Tx) error {
		all, err := d.modes.List(tx)
		if len(all) != 6 || all[5].Kind != "minitel" {
			t.Errorf("%d modes listed: one of a kind that is gone must be among them", len(all))
		}
		_, offered := d.modes.FindOffer(tx, all[4].ID, pricing.Destination{Country: "FR"}, eur("1"))
		if _, gone := d.modes.Gateways().Find("minitel"); !errors.Is(gone, payment.ErrGone) || !errors.Is(offered, payment.ErrMode) {
			t.Errorf("gone: %v, switched off: %v", gone, offered)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// PAY-09: a mode's places are those of shipping, down to regions and postcodes. What is not known yet of an address
// that is still being typed does not speak against it; where a country has no postcodes, none matches.
func TestScope_Admits(t *testing.T) {
	t.Parallel()
	corsica := shipping.Zone{Country: "FR", Postcodes: []string{"20*"}}
	mainland := shipping.Zone{Country: "FR", Except: []string{"20*", "97*"}}
	balearics := shipping.Zone{Country: "ES", Regions: []string{"PM"}}
	for _, tt := range []struct {
		name  string
		zones []shipping.Zone
		to    pricing.Destination
		want  bool
	}{
		{"PAY-09 no places are all places", nil, pricing.Destination{Country: "US"}, true},
		{"PAY-09 a postcode of the place", []shipping.Zone{corsica}, pricing.Destination{Country: "FR", Postcode: "20 090"}, true},
		{"PAY-09 another postcode", []shipping.Zone{corsica}, pricing.Destination{Country: "FR", Postcode: "44000"}, false},
		{"PAY-09 no postcode yet", []shipping.Zone{corsica}, pricing.Destination{Country: "FR"}, true},
		{"PAY-09 another country, no postcode yet", []shipping.Zone{corsica}, pricing.Destination{Country: "BE"}, false},
		{"PAY-09 nothing said yet", []shipping.Zone{corsica}, pricing.Destination{}, true},
		{"PAY-09 an exception", []shipping.Zone{mainland}, pricing.Destination{Country: "FR", Postcode: "97400"}, false},
		{"PAY-09 beside the exceptions", []shipping.Zone{mainland}, pricing.Destination{Country: "FR", Postcode: "44000"}, true},
		{"PAY-09 one zone of several", []shipping.Zone{balearics, corsica}, pricing.Destination{Country: "FR", Postcode: "20090"}, true},
		{"PAY-09 a region by its name", []shipping.Zone{balearics}, pricing.Destination{Country: "ES", Region: "Illes Balears", Postcode: "07001"}, true},
		{"PAY-09 another region", []shipping.Zone{balearics}, pricing.Destination{Country: "ES", Region: "M", Postcode: "28001"}, false},
		{"PAY-09 a member state", []shipping.Zone{{Country: shipping.Union}}, pricing.Destination{Country: "DE", Postcode: "10115"}, true},
		{"PAY-09 no member state", []shipping.Zone{{Country: shipping.Union}}, pricing.Destination{Country: "CH", Postcode: "8001"}, false},
		{"PAY-09 a country without postcodes", []shipping.Zone{{Country: "HK", Postcodes: []string{"9*"}}}, pricing.Destination{Country: "HK"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := (payment.Scope{Zones: tt.zones}).Admits(tt.to, eur("10")); got != tt.want {
				t.Errorf("admitted %t", got)
			}
		})
	}
}

// PAY-09: a mode that was saved with whole countries keeps them, as zones.
func TestScope_Scan(t *testing.T) {
	t.Parallel()
	var s payment.Scope
	if err := s.Scan(`{"countries": ["FR", "BE"], "least": "20", "moment": "placed"}`); err != nil {
		t.Fatal(err)
	}
	want := payment.Scope{Zones: []shipping.Zone{{Country: "FR"}, {Country: "BE"}}, Least: num("20"), Moment: payment.MomentPlaced}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Error(diff)
	}
	value, err := s.Value()
	if err != nil {
		t.Fatal(err)
	}
	var again payment.Scope
	if err := again.Scan(value); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, again); diff != "" {
		t.Error(diff)
	}
}

func TestModes_Remove(t *testing.T) {
	d := newDesk(t)
	used, unused := d.must(cheque), d.must(card1)
	bill := gatewaytest.NewBill(t, d.shop, eur("5"))
	a := d.account(used.ID)
	err := d.shop.Write(t.Context(), func(tx tenant.Tx) error {
		_, err := payment.Begin(tx, offline.Cheque{}, a, bill)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	remove := func(m payment.Mode) error { return d.modes.Remove(t.Context(), d.shop, merchant, m.ID, m.Rev) }
	if err := remove(used); !errors.Is(err, payment.ErrInUse) {
		t.Errorf("a mode with payments: %v", err)
	}
	if err := remove(unused); err != nil {
		t.Error(err)
	}
	if err := remove(unused); !errors.Is(err, payment.ErrMode) {
		t.Errorf("twice: %v", err)
	}
}

func TestGateways(t *testing.T) {
	g := families(t)
	if want := []string{"cheque", "transfer", "cash_on_delivery", "phone", "escrow", "terminal", "testbank"}; !slices.Equal(g.Keys(), want) {
		t.Errorf("PAY-01 kinds %v", g.Keys())
	}
	if want := []string{"testbank"}; !slices.Equal(g.Asked(), want) {
		t.Errorf("banks that can be asked: %v", g.Asked())
	}
	for name, list := range map[string][]payment.Gateway{
		"the same twice": {offline.Cheque{}, offline.Cheque{}},
		"a bad key":      {card{key: "Not A Key"}},
		"a bad form":     {misformed{}},
	} {
		if _, err := payment.NewGateways(list...); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
