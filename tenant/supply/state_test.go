package supply_test

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/i18n/i18ntest"
	"echoppe.dev/tenant/deposit"
	"echoppe.dev/tenant/stock"
	"echoppe.dev/tenant/supply"
)

var update = flag.Bool("update", false, "write the golden files")

func TestGraph(t *testing.T) {
	const file = "testdata/states.golden"
	if *update {
		if err := os.WriteFile(file, []byte(supply.Graph()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), supply.Graph()); diff != "" {
		t.Errorf("the states changed (-want +got):\n%s", diff)
	}
}

// LANG-01
func TestWords(t *testing.T) {
	words := i18ntest.Complete(t, supply.Locales, "locales")
	keys := []string{"supply.digest.out", "supply.digest.low", "supply.digest.line", "supply.digest.more"}
	for _, s := range supply.States() {
		keys = append(keys, s.Key())
	}
	for _, r := range stock.Reasons() {
		keys = append(keys, r.Key())
	}
	for _, err := range []error{supply.ErrSupplier, supply.ErrStale, supply.ErrPrice, supply.ErrUnknown, supply.ErrEmpty, supply.ErrNothing,
		supply.ErrCode, supply.ErrQty, supply.ErrTooLong, stock.ErrUntracked, stock.ErrFewer, stock.ErrVariant, stock.ErrAdvance,
		deposit.ErrPercent, deposit.ErrAmount, deposit.ErrKind} {
		keys = append(keys, fault.KeyOf(err))
	}
	i18ntest.Used(t, words, keys...)
}
