package audit_test

import (
	"errors"
	"testing"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/fleet/audit"
)

func TestWrite(t *testing.T) {
	pool := pgtest.Pool(t)
	journal := audit.NewJournal(pool)
	const shop = "019300aa-0000-7000-8000-000000000001"
	write := func(action string, fail error) error {
		return pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error {
			err := audit.Write(tx, audit.Deed{
				Actor: audit.Actor{ID: "a1", Name: "Ada"}, Action: action, Shop: shop, Subject: "lune",
				Before: map[string]any{"plan": "free"}, After: map[string]any{"plan": "large"},
			})
			return errors.Join(err, fail)
		})
	}
	for _, action := range []string{"first", "second", "third"} {
		if err := write(action, nil); err != nil {
			t.Fatal(err)
		}
	}
	if boom := errors.New("boom"); !errors.Is(write("undone", boom), boom) {
		t.Fatal("the unit of work did not fail")
	}

	page, err := journal.List(t.Context(), audit.Filter{Shop: shop, Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := actions(page); len(got) != 2 || got[0] != "third" || got[1] != "second" {
		t.Fatalf("first page %v, want the newest two and nothing of the rolled-back deed", got)
	}
	if string(page[0].Before) != `{"plan": "free"}` || page[0].Actor.Name != "Ada" {
		t.Errorf("entry %+v lost what it was told", page[0])
	}
	rest, err := journal.List(t.Context(), audit.Filter{Shop: shop, Limit: 2, Before: page[1].ID})
	if err != nil {
		t.Fatal(err)
	}
	if got := actions(rest); len(got) != 1 || got[0] != "first" {
		t.Errorf("second page %v, want the oldest", got)
	}
	if others, _ := journal.List(t.Context(), audit.Filter{Actor: "nobody"}); len(others) != 0 {
		t.Errorf("%d entries of somebody who did nothing", len(others))
	}
}

func actions(list []audit.Entry) []string {
	var out []string
	for _, e := range list {
		out = append(out, e.Action)
	}
	return out
}
