package clock_test

import (
	"testing"
	"time"

	"echoppe.dev/platform/kit/clock"
)

func TestSystem_UTCToTheMicrosecond(t *testing.T) {
	before := time.Now().Truncate(time.Microsecond)
	got := clock.System().Now()
	if got.Location() != time.UTC || got.Nanosecond()%1000 != 0 {
		t.Errorf("got %v", got)
	}
	if got.Before(before) || got.After(time.Now()) {
		t.Errorf("%v is not the present", got)
	}
}

func TestFixed_MovesOnlyWhenMoved(t *testing.T) {
	paris := time.FixedZone("CET", 3600)
	c := clock.New(time.Date(2026, 3, 5, 12, 0, 0, 123_456_789, paris))
	want := time.Date(2026, 3, 5, 11, 0, 0, 123_456_000, time.UTC)
	if got := c.Now(); got != want || c.Now() != got {
		t.Fatalf("got %v, want %v", got, want)
	}
	if got := c.Advance(time.Hour); got != want.Add(time.Hour) || got != c.Now() {
		t.Errorf("after an hour: %v", got)
	}
	c.Set(want)
	if c.Now() != want {
		t.Errorf("after Set: %v", c.Now())
	}
}
