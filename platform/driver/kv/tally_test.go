package kv_test

import (
	"slices"
	"testing"
	"time"
)

// TestTally: SEC-04, events of the last while are counted, across processes and, while Redis is away, in this one.
func TestTally(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	tally := w.client.Tally(10 * time.Minute)
	other := w.client.Tally(10 * time.Minute)
	for range 4 {
		tally.Add(ctx, "a", "b")
	}
	other.Add(ctx, "a")
	want := func(what string, counts ...int) {
		t.Helper()
		if got := tally.Read(ctx, "a", "b", "never"); !slices.Equal(got, counts) {
			t.Errorf("%s: %v, want %v", what, got, counts)
		}
	}
	want("counted", 5, 4, 0)
	w.clock.Advance(15 * time.Minute) // half of the next window
	want("fading", 2, 2, 0)
	w.clock.Advance(15 * time.Minute)
	want("forgotten", 0, 0, 0)
	w.server.Close()
	want("without Redis", 0, 0, 0)
	tally.Add(ctx, "a")
	tally.Add(ctx, "a")
	want("counted alone", 2, 0, 0)
}
