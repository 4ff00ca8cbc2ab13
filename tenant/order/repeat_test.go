package order_test

import (
	"testing"
	"time"

	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant/order"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// PGW-31: payments are on the day of the first, or on the last of a month that has no such day, and do not slip.
func TestRhythm_Day(t *testing.T) {
	for _, tt := range []struct {
		every  order.Rhythm
		start  string
		number int
		want   string
	}{
		{order.Monthly, "2026-01-15", 1, "2026-01-15"},
		{order.Monthly, "2026-01-31", 2, "2026-02-28"},
		{order.Monthly, "2026-01-31", 3, "2026-03-31"},
		{order.Monthly, "2027-12-31", 3, "2028-02-29"},
		{order.Monthly, "2026-11-30", 4, "2027-02-28"},
		{order.Quarterly, "2026-11-30", 2, "2027-02-28"},
		{order.Quarterly, "2026-11-30", 3, "2027-05-30"},
		{order.Yearly, "2028-02-29", 2, "2029-02-28"},
		{order.Yearly, "2028-02-29", 5, "2032-02-29"},
	} {
		if got := tt.every.Day(day(t, tt.start), tt.number); !got.Equal(day(t, tt.want)) {
			t.Errorf("%s from %s, number %d: %s", tt.every, tt.start, tt.number, got.Format(time.DateOnly))
		}
	}
}

// PGW-31: when the next payment is, and when there is none.
func TestRepeat_Next(t *testing.T) {
	start := day(t, "2026-01-31")
	for _, tt := range []struct {
		what string
		r    order.Repeat
		want string
		more bool
	}{
		{"before the first is paid", order.Repeat{}, "", true},
		{"after the first", order.Repeat{Start: start, Done: 1}, "2026-02-28", true},
		{"after the second", order.Repeat{Start: start, Done: 2}, "2026-03-31", true},
		{"one of two to come", order.Repeat{Times: 2, Start: start, Done: 1}, "2026-02-28", true},
		{"all done", order.Repeat{Times: 2, Start: start, Done: 2}, "", false},
		{"stopped", order.Repeat{Start: start, Done: 1, Stopped: start}, "", false},
		{"paused", order.Repeat{Start: start, Done: 2, Paused: start}, "", true},
		{"after days that were missed", order.Repeat{Start: start, Done: 2, Missed: 2}, "2026-05-31", true},
	} {
		tt.r.Every = order.Monthly
		next, ok := tt.r.Next()
		if got := next.Format(time.DateOnly); ok != (tt.want != "") || ok && got != tt.want || tt.r.More() != tt.more {
			t.Errorf("%s: %s %t, more %t", tt.what, got, ok, tt.r.More())
		}
	}
}

// PGW-31: what went by while it was paused is not asked for afterwards.
func TestRepeat_Resume(t *testing.T) {
	start, newest := day(t, "2026-01-31"), id.New[order.Order]()
	r := order.Repeat{Every: order.Monthly, Times: 3, Start: start, Done: 2, Orders: []order.ID{newest}, Paused: day(t, "2026-03-05"), Why: "funds", Retry: start}
	r.Resume(day(t, "2026-05-31"))
	if next, ok := r.Next(); !ok || !next.Equal(day(t, "2026-06-30")) || r.Why != "" || !r.Retry.IsZero() || r.Missed != 3 {
		t.Errorf("next %s, %+v", next, r)
	}
	if !r.Newest(newest) || r.Newest(id.New[order.Order]()) {
		t.Error("the newest is another")
	}
	r.Resume(day(t, "2027-01-01")) // it was not paused: nothing is left out
	if r.Missed != 3 {
		t.Errorf("%d missed", r.Missed)
	}
}
