package advisory_test

import (
	"strings"
	"testing"

	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/fleet/advisory"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n"
)

// TestBoard: FRD-04, what operators write is found, replaced, taken away and journalled.
func TestBoard(t *testing.T) {
	pool := pgtest.Pool(t)
	b, by := advisory.New(pool), audit.Actor{ID: "a1", Name: "Ada"}
	if n, err := b.Find(t.Context()); err != nil || len(n.Text) != 0 {
		t.Fatalf("at first %+v, %v", n, err)
	}
	if err := b.Write(t.Context(), by, i18n.Text{"fr": "Attention aux colis\nréexpédiés.", "en": " ", "xx": "?"}); err != nil {
		t.Fatal(err)
	}
	n, err := b.Find(t.Context())
	if err != nil || n.At.IsZero() || len(n.Text) != 1 || n.Text["fr"] != "Attention aux colis\nréexpédiés." {
		t.Errorf("then %+v, %v", n, err)
	}
	err = b.Write(t.Context(), by, i18n.Text{"de": strings.Repeat("x", 1001)})
	if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != "text.de" {
		t.Errorf("too long: %v", err)
	}
	if err := b.Write(t.Context(), by, nil); err != nil {
		t.Fatal(err)
	}
	if n, err := b.Find(t.Context()); err != nil || len(n.Text) != 0 {
		t.Errorf("at last %+v, %v", n, err)
	}
	list, err := audit.NewJournal(pool).List(t.Context(), audit.Filter{})
	if err != nil || len(list) != 2 || list[0].Action != "advisory.written" || !strings.Contains(string(list[0].Before), "réexpédiés") {
		t.Errorf("the journal has %+v, %v", list, err)
	}
}
