package supply_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"echoppe.dev/tenant"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

type only struct{ shop *tenant.Shop }

func (o only) ByID(context.Context, tenant.ID) (*tenant.Shop, error) { return o.shop, nil }

// letters are the digests that have gone to the shop.
func (d *depot) letters() (list []string) {
	d.t.Helper()
	if failed := d.Work(); len(failed) > 0 {
		d.t.Fatalf("failed: %+v", failed)
	}
	for _, m := range d.Mailbox.To("atelier@example.com") {
		if strings.HasPrefix(m.Subject, "Stock") {
			list = append(list, m.Text)
		}
	}
	return list
}

// count sets what is on the shelf.
func (d *depot) count(v stock.VariantID, n int) {
	d.Write(func(tx tenant.Tx) error { return stock.Count(tx, v, n, stock.ReasonCount, "") })
}

// STK-02: lists are in the order of the alphabet of people, not of bytes.
func TestListItems_alphabet(t *testing.T) {
	d := open(t)
	for _, name := range []string{"Zébu", "écharpe", "Ours", "Étui", "abat-jour", "Faon"} {
		d.goods(name, 0, 5, 0)
		d.supplier(name)
	}
	want := []string{"abat-jour", "écharpe", "Étui", "Faon", "Ours", "Zébu"}
	for _, show := range []supply.Show{supply.ShowAll, supply.ShowWanted} {
		if got, _ := d.list(show); !slices.Equal(got, want) {
			t.Errorf("%q: %v", show, got)
		}
	}
	var names []string
	d.Read(func(tx tenant.Tx) error {
		all, err := supply.ListSuppliers(tx)
		for _, s := range all {
			names = append(names, s.Name)
		}
		return err
	})
	if !slices.Equal(names, want) {
		t.Errorf("suppliers: %v", names)
	}
}

// STK-05: two alerts, one letter a morning, and only when something new has crossed.
func TestDigest(t *testing.T) {
	d := open(t)
	supply.NewPostmaster(only{d.Shop}, d.Post).Register(d.Jobs)
	mug, bowl, pot := d.goods("Mug", 20, 5, 0), d.goods("Bol", 20, 5, 0), d.goods("Pot", 20, 5, 0)
	d.count(mug, 4)
	d.count(bowl, 0)
	d.count(pot, 2)
	d.count(pot, 20) // put right before anybody was told
	if names, _ := d.list(supply.ShowLow); len(names) != 1 || names[0] != "Mug" {
		t.Errorf("low: %v", names)
	}
	if names, _ := d.list(supply.ShowOut); len(names) != 1 || names[0] != "Bol" {
		t.Errorf("out: %v", names)
	}
	var n supply.Counts
	d.Read(func(tx tenant.Tx) (err error) { n, err = supply.Count(tx); return err })
	if n.Low != 1 || n.Out != 1 || n.Wanted != 2 {
		t.Errorf("counts %+v", n)
	}
	if got := d.letters(); len(got) != 0 {
		t.Fatalf("a letter before the morning: %v", got)
	}
	d.Pass(24 * time.Hour)
	got := d.letters()
	if len(got) != 1 || !strings.Contains(got[0], "Mug") || !strings.Contains(got[0], "Bol") || strings.Contains(got[0], "Pot") {
		t.Fatalf("STK-05 letters: %v", got)
	}
	if out, low := strings.Index(got[0], "Épuisés (1)"), strings.Index(got[0], "Au seuil d’alerte (1)"); out < 0 || low < out {
		t.Errorf("STK-05 the two alerts are not apart:\n%s", got[0])
	}
	d.Pass(48 * time.Hour)
	d.count(mug, 3) // still low: nothing new
	d.Pass(24 * time.Hour)
	if got := d.letters(); len(got) != 1 {
		t.Errorf("STK-05 nothing new, and %d letters", len(got))
	}
	d.count(mug, 0)
	d.Pass(6 * 24 * time.Hour) // the jobs' own clock is behind by what has passed before
	if got := d.letters(); len(got) != 2 || strings.Contains(got[1], "Bol") {
		t.Errorf("STK-05 the second letter: %v", got)
	}
	t.Run("STK-05 the ledger keeps each as an event", func(t *testing.T) {
		var lines []stock.Line
		d.Read(func(tx tenant.Tx) (err error) {
			lines, _, err = stock.Ledger(tx, mug, "", 50)
			return err
		})
		var told []stock.Reason
		for _, l := range lines {
			if l.Reason == stock.ReasonLow || l.Reason == stock.ReasonOut {
				told = append(told, l.Reason)
			}
		}
		if len(told) != 2 || told[0] != stock.ReasonOut || told[1] != stock.ReasonLow {
			t.Errorf("events %v", told)
		}
	})
}
