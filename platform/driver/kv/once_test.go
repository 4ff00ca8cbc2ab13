package kv_test

import (
	"testing"
	"time"

	"echoppe.dev/platform/driver/kv"
)

// A deed has one turn across processes, which is known afterwards, free after a refusal, and goes on within
// one process while Redis is away.
func TestOnce(t *testing.T) {
	w := open(t)
	ctx := t.Context()
	other, err := kv.Open(ctx, kv.Config{URL: "redis://" + w.server.Addr(), Clock: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	one, two := w.client.Once(), other.Once()
	want := func(o *kv.Once, turn kv.Turn, result string) {
		t.Helper()
		if got, text := o.Begin(ctx, "1", "k"); got != turn || text != result {
			t.Errorf("Begin = %d %q, want %d %q", got, text, turn, result)
		}
	}
	walk := func(second *kv.Once) {
		t.Helper()
		want(one, kv.Mine, "")
		want(second, kv.Doing, "")
		one.Free(ctx, "1", "k")
		want(second, kv.Mine, "")
		second.Done(ctx, "1", "k", "/there", time.Hour)
		want(one, kv.Before, "/there")
	}
	walk(two)
	w.server.FastForward(2 * time.Hour)
	want(two, kv.Mine, "") // nothing stays for ever
	w.server.Close()
	walk(one)
	w.clock.Advance(2 * time.Hour)
	want(one, kv.Mine, "")
}
