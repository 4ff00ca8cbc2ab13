package payment_test

import (
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"echoppe.dev/tenant/payment"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGraph_golden: PGW-22, every arrow is looked at by whoever changes one.
func TestGraph_golden(t *testing.T) {
	const path = "testdata/state.golden"
	got := payment.Graph()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestState(t *testing.T) {
	open := []payment.State{payment.StateCreated, payment.StatePending}
	paid := []payment.State{payment.StateCaptured, payment.StatePartRefunded, payment.StateDisputed}
	for _, s := range []payment.State{payment.StateCreated, payment.StatePending, payment.StateAuthorised, payment.StateCaptured,
		payment.StatePartRefunded, payment.StateRefunded, payment.StateFailed, payment.StateCancelled, payment.StateReview,
		payment.StateDisputed, payment.StateChargedBack} {
		if s.Open() != slices.Contains(open, s) || s.Paid() != slices.Contains(paid, s) {
			t.Errorf("%s: open %v, paid %v", s, s.Open(), s.Paid())
		}
	}
}
