package shield_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"echoppe.dev/tenant/shield"
)

// notebook counts in memory, for ever.
type notebook map[string]int

func (n notebook) Add(_ context.Context, keys ...string) {
	for _, key := range keys {
		n[key]++
	}
}

func (n notebook) Read(_ context.Context, keys ...string) []int {
	list := make([]int, len(keys))
	for i, key := range keys {
		list[i] = n[key]
	}
	return list
}

// purse gives each key its allowance once.
type purse map[string]int

func (p purse) Allow(_ context.Context, key string, limit int, _ time.Duration) (bool, time.Duration) {
	p[key]++
	return p[key] <= limit, time.Minute
}

func repeat(n int, do func(int)) {
	for i := range n {
		do(i)
	}
}

// TestShield: SEC-04, refused and unfinished attempts of a network, an order and a shop end in a refusal, and success
// speaks for networks and shops. No amount is told: an attempt of nothing counts as any other.
func TestShield(t *testing.T) {
	at := func(i int) shield.Attempt {
		return shield.Attempt{Shop: fmt.Sprint("shop", i), Network: "203.0.113.0/24", Order: fmt.Sprint("order", i)}
	}
	one := func(int) shield.Attempt { return shield.Attempt{Shop: "s", Network: "", Order: "o"} }
	shop := func(i int) shield.Attempt {
		return shield.Attempt{Shop: "s", Network: fmt.Sprint("net", i), Order: fmt.Sprint("order", i)}
	}
	for name, tt := range map[string]struct {
		tell func(context.Context, *shield.Shield)
		ask  shield.Attempt
		want shield.Scope
	}{
		"nothing happened": {func(context.Context, *shield.Shield) {}, at(0), shield.None},
		"a network refused in eight shops": {func(ctx context.Context, s *shield.Shield) {
			repeat(8, func(i int) { s.Begun(ctx, at(i)); s.Refused(ctx, at(i)) })
		}, at(99), shield.Network},
		"seven": {func(ctx context.Context, s *shield.Shield) {
			repeat(7, func(i int) { s.Begun(ctx, at(i)); s.Refused(ctx, at(i)) })
		}, at(99), shield.None},
		"eight of many that pay": {func(ctx context.Context, s *shield.Shield) {
			repeat(8, func(i int) { s.Begun(ctx, at(i)); s.Refused(ctx, at(i)) })
			repeat(4, func(i int) { s.Begun(ctx, at(i)); s.Succeeded(ctx, at(i)) })
		}, at(99), shield.None},
		"forty without outcome": {func(ctx context.Context, s *shield.Shield) {
			repeat(40, func(i int) { s.Begun(ctx, at(i)) })
		}, at(99), shield.Network},
		"a network that names nobody": {func(ctx context.Context, s *shield.Shield) {
			repeat(40, func(i int) { a := at(i); a.Network = ""; s.Refused(ctx, a) })
		}, shield.Attempt{Shop: "x"}, shield.None},
		"another network": {func(ctx context.Context, s *shield.Shield) {
			repeat(40, func(i int) { s.Refused(ctx, at(i)) })
		}, shield.Attempt{Shop: "x", Network: "198.51.100.0/24"}, shield.None},
		"four cards on one order": {func(ctx context.Context, s *shield.Shield) {
			repeat(4, func(i int) { s.Refused(ctx, one(i)) })
		}, one(0), shield.Order},
		"ten attempts on one order": {func(ctx context.Context, s *shield.Shield) {
			repeat(10, func(i int) { s.Begun(ctx, one(i)) })
		}, one(0), shield.Order},
		"a shop from everywhere": {func(ctx context.Context, s *shield.Shield) {
			repeat(20, func(i int) { s.Refused(ctx, shop(i)) })
			repeat(10, func(i int) { s.Vain(ctx, shop(i)) })
		}, shop(99), shield.Shop},
		"a shop that sells more": {func(ctx context.Context, s *shield.Shield) {
			repeat(30, func(i int) { s.Refused(ctx, shop(i)); s.Succeeded(ctx, shop(i)) })
		}, shop(99), shield.None},
		"a rush of buyers who have just begun": {func(ctx context.Context, s *shield.Shield) {
			repeat(500, func(i int) { s.Begun(ctx, shop(i)) })
		}, shop(999), shield.None},
	} {
		t.Run(name, func(t *testing.T) {
			s := shield.New(notebook{}, purse{}, nil)
			tt.tell(t.Context(), s)
			if got := s.Check(t.Context(), tt.ask); got != tt.want {
				t.Errorf("refused for %q, want %q", got, tt.want)
			}
		})
	}
}

// TestShield_surge: SEC-04, in a shop where cards are tried visitors nobody knows share a small allowance, those it
// knows go on, and the operator is told once.
func TestShield_surge(t *testing.T) {
	told, stopped := 0, 0
	s := shield.New(notebook{}, purse{}, func(_ context.Context, _ shield.Scope, _ string, surge bool) {
		if surge {
			told++
		} else {
			stopped++
		}
	})
	a := shield.Attempt{Shop: "s"}
	for range 20 {
		if s.Stop(t.Context(), a, shield.Shop, true) {
			t.Fatal("who paid before is stopped")
		}
	}
	through := 0
	for range 20 {
		if !s.Stop(t.Context(), a, shield.Shop, false) {
			through++
		}
	}
	if through != 5 || told != 1 || stopped != 15 {
		t.Errorf("%d went through, %d were stopped, the operator was told %d times", through, stopped, told)
	}
	if n := s.Stopped(t.Context()); n != stopped {
		t.Errorf("the operator is shown %d", n)
	}
	if !s.Stop(t.Context(), a, shield.Network, true) {
		t.Error("a network that tries cards goes on because one of its customers is known")
	}
}
