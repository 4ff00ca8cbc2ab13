package shipping_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/shipping"
	"echoppe.dev/tenant/tenanttest"
)

func TestStore(t *testing.T) {
	shop, all := tenanttest.Open(t), shipping.Builtin()
	clerk := tenant.Actor{Kind: tenant.Staff, Name: "Claire"}
	save := func(m shipping.Stored) (shipping.Stored, error) { return all.Save(t.Context(), shop, clerk, m) }
	flat := shipping.Stored{Active: true, Position: 2, Texts: i18n.Text{"fr": "48 h"}, Mode: shipping.Mode{
		Name: i18n.Text{"fr": "Colissimo"}, Calculator: "flat", Values: form.Values{"fee": form.TextValue("5")},
		Zones: []shipping.Zone{{Country: "FR", Except: []string{"20*"}}}, MaxParcel: decimal.NewFromInt(30), IncludesTax: true}}
	saved, err := save(flat)
	if err != nil {
		t.Fatal(err)
	}
	key := id.MustParse[shipping.Mode](saved.ID)
	find := func() (m shipping.Stored, err error) {
		err = shop.Read(t.Context(), func(tx tenant.Tx) (err error) { m, err = shipping.FindMode(tx, key); return err })
		return m, err
	}
	got, err := find()
	if err != nil {
		t.Fatal(err)
	}
	same := cmp.Comparer(func(a, b form.Values) bool { return a.Text("fee") == b.Text("fee") && len(a) == len(b) })
	if diff := cmp.Diff(saved, got, same, cmp.Comparer(func(a, b money.Rate) bool { return a.Equal(b) })); diff != "" {
		t.Errorf("what is read is not what was saved:\n%s", diff)
	}

	t.Run("ErrStale", func(t *testing.T) {
		if got.Position = 1; got.Rev != 1 {
			t.Fatalf("rev %d", got.Rev)
		}
		if _, err := save(got); err != nil {
			t.Fatal(err)
		}
		if _, err := save(got); !errors.Is(err, shipping.ErrStale) {
			t.Errorf("an old revision: %v", err)
		}
		if err := shipping.Remove(t.Context(), shop, clerk, key, 1); !errors.Is(err, shipping.ErrStale) {
			t.Errorf("removing an old revision: %v", err)
		}
	})
	t.Run("refused fields", func(t *testing.T) {
		bad := flat
		bad.Name, bad.Values, bad.Zones = nil, nil, []shipping.Zone{{Country: "FR", Postcodes: []string{"?"}}}
		_, err := save(bad)
		names := map[string]bool{}
		for _, f := range fault.FieldsOf(err) {
			names[f.Name] = true
		}
		if !names["name"] || !names["values.fee"] || !names["zones.0.postcodes.0"] {
			t.Errorf("got %v", err)
		}
	})
	t.Run("only what is active and can be opened is offered", func(t *testing.T) {
		off := flat
		off.Active = false
		if _, err := save(off); err != nil {
			t.Fatal(err)
		}
		err := shop.Write(t.Context(), func(tx tenant.Tx) error {
			return tx.DB().Exec(`insert into shipping_modes (id, kind, names, created_at, updated_at)
				values (?, 'balloon', '{"fr":"Ballon"}', now(), now())`, id.New[shipping.Mode]()).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		var modes []shipping.Stored
		var tariffs []*shipping.Tariff
		err = shop.Read(t.Context(), func(tx tenant.Tx) (err error) {
			if modes, err = shipping.ListModes(tx); err != nil {
				return err
			}
			tariffs, err = all.Tariffs(tx, money.EUR)
			return err
		})
		if err != nil || len(modes) != 3 || len(tariffs) != 1 || tariffs[0].ID != saved.ID {
			t.Errorf("%d modes, %d tariffs, %v", len(modes), len(tariffs), err)
		}
	})
	t.Run("ErrMode", func(t *testing.T) {
		now, err := find()
		if err != nil {
			t.Fatal(err)
		}
		if err := shipping.Remove(t.Context(), shop, clerk, key, now.Rev); err != nil {
			t.Fatal(err)
		}
		if _, err := find(); !errors.Is(err, shipping.ErrMode) {
			t.Errorf("got %v", err)
		}
	})
}
