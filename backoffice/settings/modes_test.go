package shopsettings_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/backoffice/officetest"
	"echoppe.dev/platform/driver/web/webtest"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/profile"
	"echoppe.dev/tenant/settings"
	"echoppe.dev/tenant/shipping"
)

func (o *office) shippingModes(t *testing.T) (modes []shipping.Stored) {
	t.Helper()
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) (err error) { modes, err = shipping.ListModes(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return modes
}

func (o *office) paymentModes(t *testing.T) (modes []payment.Mode) {
	t.Helper()
	if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) (err error) { modes, err = o.modes.List(tx); return err }); err != nil {
		t.Fatal(err)
	}
	return modes
}

// addShipping adds a flat fee.
func addShipping(b *webtest.Browser, name, fee string) {
	b.Get(at("settings/shipping/new/flat"))
	b.Submit("main form.form", webtest.Values{"mode-name.fr": name, "mode-name.en": name, "fee": fee})
	b.WantStatus(200).WantPath("/shops/test/settings/shipping").WantClean()
}

// SHP-08, SHP-10
func TestShipping(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/shipping"))
	b.WantText(".empty-title", "No delivery method yet")
	b.Follow(`.empty a`)
	b.WantCount("main .choice", len(shipping.Builtin())).Follow(`a[href$="new/weight_scale"]`)
	b.Submit("main form.form", webtest.Values{
		"mode-name.fr": "Colissimo", "mode-text.fr": "Chez vous en deux jours", "mode-zones.0.country": "FR", "mode-zones.0.except": "20*, 97*",
		"mode-max_parcel": "30", "rows.0.up_to": "1", "rows.0.value": "6.5", "rows.1.up_to": "5", "rows.1.value": "9.9", "beyond": "none",
	})
	b.WantStatus(200).WantText(".alert", "Saved.").WantText("tbody th", "Colissimo").WantText("tbody td", "France")
	modes := o.shippingModes(t)
	if len(modes) != 1 || !modes[0].Active || modes[0].Calculator != "weight_scale" || modes[0].MaxParcel.String() != "30" {
		t.Fatalf("stored %+v", modes)
	}
	if diff := cmp.Diff([]shipping.Zone{{Country: "FR", Except: []string{"20*", "97*"}}}, modes[0].Zones); diff != "" {
		t.Error(diff)
	}
	b.Follow("tbody th a")
	b.WantClean()
	b.Submit("main form.form", webtest.Values{"rows.1.up_to": "0.5", "mode-zones.0.postcodes": "(", "mode-name.fr": ""})
	b.WantStatus(422).WantClean().Want(`input[name="rows.1.up_to"][value="0.5"]`).Want(`input[name="mode-zones.0.postcodes"][aria-invalid]`)
	if got := o.shippingModes(t); got[0].Rev != modes[0].Rev {
		t.Error("a refused form was stored")
	}
}

// with is v with one field typed otherwise.
func with(v webtest.Values, field, typed string) webtest.Values {
	v = maps.Clone(v)
	v[field] = typed
	return v
}

// SHP-06, SHP-08: a table with a gap or an overlap, or without an answer beyond its last row, is refused beside the row
// and nothing typed is lost.
func TestShipping_scales(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	whole := webtest.Values{"mode-name.fr": "Poste", "mode-name.en": "Post", "rows.0.up_to": "1", "rows.0.value": "6.5", "rows.1.up_to": "5", "rows.1.value": "9.9", "beyond": "none"}
	for _, tt := range []struct {
		name         string
		field, typed string
		say          string
	}{
		{"SHP-08 an overlap", "rows.1.up_to", "0.5", "This bound must be above that of the row before."},
		{"SHP-08 the same bound twice", "rows.1.up_to", "1", "This bound must be above that of the row before."},
		{"SHP-08 a gap", "rows.1.up_to", "", "Please fill in this field."},
		{"SHP-08 no fee", "rows.1.value", "", "Please fill in this field."},
		{"SHP-08 below nothing", "rows.0.up_to", "-1", "0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, kind := range []string{"weight_scale", "cost_scale", "percent_scale"} {
				b.Get(at("settings/shipping/new/" + kind))
				b.Submit("main form.form", with(whole, tt.field, tt.typed))
				b.WantStatus(422).WantClean().Want(`input[name="`+tt.field+`"][aria-invalid]`).WantText("main", tt.say).
					WantCount("tbody input[aria-invalid]", 1).Want(`input[name="rows.0.value"][value="6.5"]`)
			}
		})
	}
	b.Get(at("settings/shipping/new/weight_scale"))
	b.Submit("main form.form", with(whole, "beyond", "value"))
	b.WantStatus(422).WantClean().Want(`input[name="beyond_value"][aria-invalid]`)
	if got := o.shippingModes(t); len(got) != 0 {
		t.Errorf("stored %+v", got)
	}
}

// SHP-01, SHP-10: the list and the form warn of a mode nobody may use and of modes buyers cannot tell apart.
func TestShipping_warnings(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	addShipping(b, "Post", "5")
	addShipping(b, "Express", "9")
	b.WantNo(".badge:contains(warning)")
	addShipping(b, "Letter", "5")
	b.WantCount(".badge:contains(warning)", 2)
	letter := o.shippingModes(t)[2]
	b.Get(at("settings/shipping/" + letter.ID))
	b.WantClean().WantText(".alert", "“Post” goes to the same places at the same price")
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Post", "mode-name.en": "Post", "fee": "6"})
	b.Get(at("settings/shipping/" + letter.ID))
	b.WantText(".alert", "“Post” has the same name and shares places with it")
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Letter", "mode-name.en": "Letter", "mode-zones.0.country": "CH"})
	b.WantNo(".badge:contains(warning)")

	reach := func(p profile.Profile) {
		t.Helper()
		rev := 0
		if err := o.Shop.Read(t.Context(), func(tx tenant.Tx) error {
			s, err := settings.Load(tx)
			if err == nil {
				rev = s.Rev(settings.NameProfiles)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		p.Code, p.Kind, p.Active = profile.Anonymous, profile.KindAnonymous, true
		off := profile.Profile{Code: "off", Kind: profile.KindPublic, Names: i18n.Text{"fr": "Ailleurs"}}
		if err := settings.Save(t.Context(), o.Shop, officetest.Who, settings.Profiles{Profiles: []profile.Profile{p, off}}, rev); err != nil {
			t.Fatal(err)
		}
		b.Get(at("settings/shipping/" + letter.ID))
	}
	reach(profile.Profile{Carriages: []string{o.shippingModes(t)[0].ID}})
	b.WantClean().WantText(".alert", "No customer profile can use it")
	reach(profile.Profile{SendTo: []string{"FR"}})
	b.WantText(".alert", "take deliveries in none of its countries")
	reach(profile.Profile{SendTo: []string{"FR", "CH"}, Carriages: []string{letter.ID}})
	b.WantNo(".alert")
}

func TestShipping_orderAndSwitch(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	addShipping(b, "One", "5")
	addShipping(b, "Two", "6")
	names := func() string {
		var list []string
		for _, m := range o.shippingModes(t) {
			list = append(list, m.Name["en"])
		}
		return strings.Join(list, " ")
	}
	two := o.shippingModes(t)[1]
	b.Submit(`form[action$="`+two.ID+`/move"] button`, nil)
	b.WantStatus(200)
	if got := names(); got != "Two One" {
		t.Errorf("after moving: %s", got)
	}
	b.Submit(`form[action$="`+two.ID+`/switch"] button`, nil)
	b.WantStatus(200).WantText("tbody tr.muted", "Two")
	if o.shippingModes(t)[0].Active {
		t.Error("still active")
	}
	b.Follow(`a[href$="` + two.ID + `/remove"]`)
	b.WantClean()
	b.Submit("main form", nil)
	b.WantText(".alert", "Deleted.")
	if got := names(); got != "One" {
		t.Errorf("after removing: %s", got)
	}
}

// SHP-08: the heaviest parcel is asked for where a cost is paid for each parcel, and nowhere else.
func TestShipping_heaviest(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	for _, calc := range shipping.Builtin() {
		_, weighs := calc.(shipping.Weigher)
		b.Get(at("settings/shipping/new/" + calc.Key()))
		if got := b.Count(`[name="mode-max_parcel"]`) == 1; got != weighs {
			t.Errorf("%s: asked for is %t", calc.Key(), got)
		}
	}
	b.Get(at("settings/shipping/new/increments"))
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Lignes", "mode-name.en": "Lines", "scope": "line",
		"first_unit": "1", "first_fee": "10", "next_unit": "1", "next_fee": "2"})
	b.WantStatus(200)
	b.Get(at("settings/shipping/" + o.shippingModes(t)[0].ID))
	b.WantStatus(200).WantNo(`[name="mode-max_parcel"]`)
}

// SHP-01: the simulator prices a typed parcel by every mode and shows the steps.
func TestSimulate(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	addShipping(b, "Letter", "5")
	b.Get(at("settings/shipping/new/increments"))
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Express", "mode-name.en": "Express", "mode-zones.0.country": "FR",
		"scope": "order", "first_unit": "1", "first_fee": "10", "next_unit": "1", "next_fee": "2"})
	b.WantStatus(200)
	b.Get(at("settings/shipping/simulator"))
	b.WantStatus(200).WantClean()
	b.Submit("main form.form", webtest.Values{"lines.0.qty": "2", "lines.0.weight": "1", "lines.0.price": "40",
		"lines.1.qty": "1", "lines.1.weight": "1", "lines.1.price": "22", "lines.1.class": "reduced", "country": "FR"})
	b.WantStatus(200).WantClean().WantText("tr", "€5.00").WantText("tr", "€14.00").WantText("tbody li", "2 × 1 kg more: €2.00 each")
	b.Submit("main form.form", webtest.Values{"country": "DE"})
	b.WantText("tr", "This delivery method does not go to this address.")
	b.Submit("main form.form", webtest.Values{"lines.0.weight": "heavy", "lines.1.sku": "NOBODY"})
	b.WantStatus(422).WantClean().Want(`input[name="lines.0.weight"][value=heavy][aria-invalid]`).
		Want(`input[name="lines.1.sku"][value=NOBODY][aria-invalid]`).WantNoText("Every delivery method")
}

// SHP-01: a SKU brings price, weight and its own values for modes.
func TestSimulate_sku(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/shipping/new/coefficient"))
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Points", "per_unit": "2", "mode-measure": "points", "mode-fallback": "9"})
	b.WantStatus(200)
	mode := o.shippingModes(t)[0]
	if mode.Measure != "points" || mode.Fallback == nil || mode.Fallback.String() != "9" {
		t.Fatalf("ART-13 stored %+v", mode)
	}
	err := catalog.Save(t.Context(), o.Shop, officetest.Who, &catalog.Product{Code: "vase", Kind: catalog.Physical, TaxClass: "standard", PriceGross: true,
		State: catalog.Published, Texts: map[i18n.Locale]catalog.Text{"fr": {Name: "Vase"}}, Options: []catalog.Option{{Code: "size", Name: i18n.Text{"fr": "Taille"},
			Values: []catalog.OptionValue{{Code: "s", Name: i18n.Text{"fr": "S"}}, {Code: "l", Name: i18n.Text{"fr": "L"}}, {Code: "x", Name: i18n.Text{"fr": "X"}}}}},
		Variants: []catalog.Variant{
			{SKU: "VASE-S", Options: map[string]string{"size": "s"}, Active: true, WeightG: 500, ShipValues: map[string]decimal.Decimal{mode.ID: decimal.NewFromInt(3)}},
			{SKU: "VASE-L", Options: map[string]string{"size": "l"}, Active: true, WeightG: 500},
			{SKU: "VASE-X", Options: map[string]string{"size": "x"}, Active: true}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ sku, want string }{
		{"VASE-S", "€6.00"}, // ART-13: three points
		{"VASE-L", "€1.00"}, // ART-13: no points, so half a kilogram
		{"VASE-X", "€9.00"}, // ART-13: neither, so the fallback
	} {
		b.Get(at("settings/shipping/simulator") + "?country=FR&lines.0.qty=1&lines.0.sku=" + tt.sku)
		b.WantStatus(200).WantText("tr", tt.want)
	}
	b.WantText("tbody li", "The article VASE-X has neither a value for this method nor a weight")
}

// SHP-01: a mode is duplicated into the form of a new one, and says what it does.
func TestShipping_copy(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/shipping/new/flat"))
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Poste", "mode-name.en": "Post", "fee": "5.9", "free_from": "80", "mode-zones.0.country": "FR", "mode-zones.0.except": "20*"})
	b.WantStatus(200).WantText("tbody td", "€5.90, free from €80.00").WantText("tbody td", "France (except Corsica)")
	b.Follow("tbody th a")
	b.WantText("#says", "€5.90, free from €80.00; to: France (except Corsica)")
	b.Get(at("settings/shipping"))
	b.Follow(`a[href$="/copy"]`)
	b.WantStatus(200).WantClean()
	b.Submit("main form.form", webtest.Values{"mode-zones.0.country": "FR", "mode-zones.0.except": "", "mode-zones.1.country": "FR", "mode-zones.1.postcodes": "20*"})
	b.WantStatus(200).WantPath("/shops/test/settings/shipping").WantText("tbody .badge", "1 warning")
	modes := o.shippingModes(t)
	if len(modes) != 2 || modes[1].Name["en"] != "Post (copy)" || modes[1].Active || modes[1].Values.Text("fee") != "5.9" {
		t.Errorf("SHP-01 %+v", modes)
	}
	b.Get(at("settings/shipping/" + modes[1].ID))
	b.WantClean().WantText(".alert", "Zone 2 adds nothing: zone 1 contains it.")
	b.Submit("main form.form", webtest.Values{"mode-zones.0.country": "ES", "mode-zones.0.regions": "Illes Balears, Atlantis"})
	b.WantStatus(422).WantClean().Want(`input[name="mode-zones.0.regions"][aria-invalid]`)
	b.Submit("main form.form", webtest.Values{"mode-zones.0.regions": "Illes Balears"})
	b.WantStatus(200)
	if got := o.shippingModes(t)[1].Zones[0].Regions; len(got) != 1 || got[0] != "PM" {
		t.Errorf("SHP-10 regions by name: %v", got)
	}
}

// PAY-01: any number of instances of a kind, each with its own name, texts and conditions.
func TestPayment(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/payment/new/cheque"))
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Chèque", "mode-name.en": "Cheque", "payee": "Lune SARL", "address": "1 rue du Lin\n75001 Paris",
		"mode-zones.0.country": "FR", "mode-zones.0.postcodes": "20*, 75001..75020", "mode-least": "20", "mode-most": "500.50"})
	b.WantStatus(200).WantText("tbody th", "Cheque").WantText("tbody td", "France (Corsica, 75001..75020)").WantClean()
	m := o.paymentModes(t)[0]
	if m.Config.Text("payee") != "Lune SARL" || m.Scope.Most.String() != "500.5" || len(m.Scope.Zones) != 1 || len(m.Scope.Zones[0].Postcodes) != 2 || !m.Active {
		t.Errorf("stored %+v", m)
	}
	b.Follow("tbody th a")
	b.WantClean()
	b.Submit("main form.form", webtest.Values{"mode-zones.0.regions": "Atlantis", "mode-zones.0.postcodes": "20*, (", "mode-zones.0.country": "ES"})
	b.WantStatus(422).WantClean().Want(`input[name="mode-zones.0.regions"][aria-invalid]`).Want(`input[name="mode-zones.0.postcodes"][value="20*, ("][aria-invalid]`)
	b.Submit("main form.form", webtest.Values{"payee": "", "mode-least": "600", "mode-zones.0.regions": "", "mode-zones.0.postcodes": "20*", "mode-zones.0.country": "FR"})
	b.WantStatus(422).WantClean().Want(`input[name=payee][aria-invalid]`).Want(`input[name=mode-most][aria-invalid]`)
}

// GWN-02, GWN-03: a merchant finds his bank under the name on his contract, apart from what needs none, and is told what
// became of a name that has gone.
func TestPayment_choose(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/payment/new"))
	b.WantText("main", "With a contract").WantText("main", "Without a contract").WantClean()
	b.Want(`.choices:contains("Crédit Agricole") a[href$="/new/etransactions"]`).WantNo(`.choices:contains("Crédit Agricole") a[href$="/new/cheque"]`)
	b.Follow(`a[href$="/new/paybox"]`)
	b.WantText("main .alert", "Verifone").WantClean()
	b.Get(at("settings/payment/new/caixanet")) // GWN-12: it is dead, and leads to its successor
	b.WantText("main .alert", "no longer exists").WantClean()
	b.Follow(`main a[href$="/new/cic"]`)
	b.WantPath("/shops/test/settings/payment/new/cic")
	b.Get(at("settings/payment/new/cheque"))
	b.WantNo("main .alert")
}

// PAY-08: the fee of collecting can be set; that of a card in France is refused beside its field, with
// the law, and a rebate is not.
func TestPayment_cost(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/payment/new/cash_on_delivery"))
	b.WantText("#fee-law", "The law allows a fee")
	b.Submit("main form.form", webtest.Values{"mode-name.en": "Cash", "mode-fee_fixed": "3.50", "mode-cost_side": "gross"})
	b.WantStatus(200).WantPath("/shops/test/settings/payment")
	m := o.paymentModes(t)[0]
	if m.Scope.Cost.Fee.Fixed.String() != "3.5" || !m.Scope.Cost.IncludesTax {
		t.Errorf("PAY-08 stored %+v", m.Scope.Cost)
	}
	b.Follow("tbody th a")
	if got := b.Value("input[name=mode-fee_fixed]"); got != "3.5" {
		t.Errorf("PAY-08 shown again as %q", got)
	}
	b.Get(at("settings/payment/new/testbank"))
	b.WantText("#fee-law", "CMF L112-12")
	key := strings.Repeat("5ec4e7", 11)[:64]
	b.Submit("main form.form", webtest.Values{"merchant": "SHOP-1", "key": key, "mode-fee_percent": "2"})
	b.WantStatus(422).WantClean().WantText(".error", "CMF L112-12").Want(`input[name=mode-fee_percent][aria-invalid][value="2"]`)
	b.Submit("main form.form", webtest.Values{"key": key, "mode-fee_percent": "", "mode-rebate_percent": "1.5"})
	b.WantStatus(200).WantPath("/shops/test/settings/payment")
	if m := o.paymentModes(t)[1]; m.Scope.Cost.Rebate.Percent.String() != "1.5" || !m.Scope.Cost.Fee.IsZero() {
		t.Errorf("PAY-08 stored %+v", m.Scope.Cost)
	}
}

// Secrets go in and never come out; a form sent back without one keeps what is stored.
func TestPayment_secrets(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/payment/new/testbank"))
	key := strings.Repeat("5ec4e7", 11)[:64]
	b.Submit("main form.form", webtest.Values{"merchant": "SHOP-1", "key": key, "mode-test": true})
	b.WantStatus(200).WantPath("/shops/test/settings/payment").WantText("tbody td", "Test")
	b.Follow("tbody th a")
	if page := string(b.Page().Body); strings.Contains(page, key) {
		t.Error("SEC-07 the secret is on the page")
	}
	b.WantText(".secret-state", "A value is stored.")
	b.Submit("main form.form", webtest.Values{"mode-text.fr": "Sans argent"})
	b.WantStatus(200)
	if m := o.paymentModes(t)[0]; len(m.Secrets) != 1 || m.Texts["fr"] != "Sans argent" {
		t.Errorf("after saving again: %+v", m)
	}
	b.Submit(`form[action$="/switch"] button`, nil)
	b.WantStatus(200)
	if m := o.paymentModes(t)[0]; m.Active || len(m.Secrets) != 1 {
		t.Errorf("after switching off: %+v", m)
	}
}

// PAY-01: a way to pay that was prepared says that it waits; it cannot be switched on before it is
// complete, and completing it is all it takes.
func TestPayment_prepared(t *testing.T) {
	o := open(t)
	err := o.Shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.DB().Exec(`insert into payment_modes (id, kind, names, active, position, created_at, updated_at) values
			('0198c0de-0000-7000-8000-000000000001', 'transfer', '{"fr":"Virement"}', false, 1, now(), now())`).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	b := o.Browser(t)
	b.Get(at("settings/payment"))
	b.WantText("tbody .badge", "To be filled in")
	b.Submit(`form[action$="/switch"] button`, nil)
	b.WantStatus(200).WantPath("/shops/test/settings/payment/0198c0de-0000-7000-8000-000000000001").
		WantText(".alert", "Fill in what is missing").WantClean()
	b.Submit("main form.form", webtest.Values{"owner": "Lune SARL", "iban": "FR76 3000 6000 0112 3456 7890 189"})
	b.WantStatus(200).WantPath("/shops/test/settings/payment")
	if m := o.paymentModes(t)[0]; !m.Active {
		t.Errorf("filled in and not offered: %+v", m)
	}
}

// PAY-06, PGW-28, PGW-43: the page of a bank's mode says which address to declare there, leads to it when it is new, and compares what
// banks take.
func TestPayment_connect(t *testing.T) {
	o := open(t)
	b := o.Browser(t)
	b.Get(at("settings/payment/new/cic"))
	b.WantClean().WantNo("#notice").WantNo(`a[href="?trial=1"]`)
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Carte", "mode-name.en": "Card", "tpe": "0000001", "societe": "demo",
		"key": "12345678901234567890123456789012345678P0", "mode-bank_fixed": "0.15", "mode-bank_percent": "1.2", "mode-test": true})
	mode := o.paymentModes(t)[0]
	b.WantStatus(200).WantClean().WantPath("/shops/test/settings/payment/"+mode.ID.String()).WantText(".alert", "Now declare").
		Want(`#notice[value="https://platform.tld/test.shop/pay/notify/`+mode.ID.String()+`"]`).WantText("main", "Declare it in your bank")
	b.Get(at("settings/payment"))
	b.WantText("tbody", "costs you €1.35 per €100.00")
	b.Follow("tbody th a")
	b.Submit("main form.form", webtest.Values{"mode-bank_percent": "51"})
	b.WantStatus(422).WantClean().Want(`input[name="mode-bank_percent"][value="51"][aria-invalid]`)
	b.Get(at("settings/payment/new/systempay"))
	b.Submit("main form.form", webtest.Values{"mode-name.fr": "Carte 2", "mode-name.en": "Card 2", "site": "12345678", "key_test": "1122334455667788", "mode-test": true})
	b.WantPath("/shops/test/settings/payment").WantText(".alert", "Saved.")
	b.Follow(`tbody tr:nth-child(2) th a`)
	b.Want("#notice").WantText("main", "with every payment")
}

// TestPayment_trial: where a pretend bank stands in, its contract is filled in on demand, and not otherwise.
func TestPayment_trial(t *testing.T) {
	o := open(t)
	o.trials["monetico"] = url.Values{"tpe": {"0000001"}, "societe": {"demo"}, "key": {"12345678901234567890123456789012345678P0"}}
	b := o.Browser(t)
	b.Get(at("settings/payment/new/cic"))
	b.Follow(`a[href="?trial=1"]`)
	b.WantClean()
	if got := b.Value("input[name=tpe]"); got != "0000001" {
		t.Errorf("filled in %q", got)
	}
	b.Submit("main form.form", webtest.Values{"key": b.Value("#trial-key")})
	if mode := o.paymentModes(t)[0]; !mode.Test || mode.Config.Text("tpe") != "0000001" || len(mode.Secrets) != 1 {
		t.Errorf("stored %+v", mode)
	}
}
