package signals_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/fleet/signals"
	"echoppe.dev/platform/kit/clock"
)

const (
	first  = "t1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY="
	second = "t2:dnV0c3JxcG9ubWxramloZ2ZlZGNiYTk4NzY1NDMyMTA="
)

func open(t *testing.T, keys string) (*signals.Signals, *pg.Pool, *clock.Fixed) {
	t.Helper()
	pgtest.Pool(t)
	_, app := pgtest.URLs(t)
	now := clock.New(time.Now())
	pool, err := pg.Open(t.Context(), pg.Config{URL: app, MaxConns: 4, Roles: true, Clock: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	ring, err := secret.ParseKeys(keys)
	if err != nil {
		t.Fatal(err)
	}
	return signals.New(pool, ring), pool, now
}

// thief gives what his orders can be known by; each test has its own.
func thief(t *testing.T) []signals.Sign {
	return []signals.Sign{{"mail", t.Name() + "@example.com"}, {"phone", t.Name() + "612345678"}, {signals.Network, t.Name() + "203.0.113.0/24"}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func seen(t *testing.T, s *signals.Signals, shop string, signs []signals.Sign, want int) {
	t.Helper()
	if got, err := s.Seen(t.Context(), shop, signs); err != nil || got != want {
		t.Errorf("shop %s sees it in %d others (%v), want %d", shop, got, err, want)
	}
}

// TestSignals: FRD-03, FRD-05, a shop learns in how many others the like was reported, its own reports apart; what is
// taken back, and what is too old, is not found.
func TestSignals(t *testing.T) {
	s, _, now := open(t, first)
	ctx, him := t.Context(), thief(t)
	seen(t, s, "A", him, 0)
	must(t, s.Report(ctx, "A", "1", signals.Fraud, him))
	must(t, s.Report(ctx, "A", "1", signals.Fraud, him)) // said again
	must(t, s.Report(ctx, "A", "2", signals.Dispute, him[:1]))
	seen(t, s, "A", him, 0)
	seen(t, s, "B", him, 1)
	must(t, s.Report(ctx, "B", "1", signals.Fraud, him[1:2]))
	seen(t, s, "C", him, 2)
	seen(t, s, "A", him, 1)
	seen(t, s, "C", []signals.Sign{{"phone", him[0].Value}}, 0)
	must(t, s.Retract(ctx, "B", "1"))
	seen(t, s, "C", him, 1)
	must(t, s.Forget(ctx, "A"))
	seen(t, s, "C", him, 0)
	must(t, s.Report(ctx, "A", "1", signals.Fraud, him))
	now.Advance(signals.Keep - time.Hour)
	must(t, s.Sweep(ctx))
	seen(t, s, "C", him, 1)
	now.Advance(2 * time.Hour)
	seen(t, s, "C", him, 0)
	must(t, s.Sweep(ctx))
}

// TestSignals_network: FRD-03, a network is many people, and counts alone only where several shops reported it.
func TestSignals_network(t *testing.T) {
	s, _, _ := open(t, first)
	him := thief(t)
	for n := range 3 {
		seen(t, s, "Z", him[2:], 0)
		must(t, s.Report(t.Context(), fmt.Sprint("N", n), "1", signals.Fraud, him[2:]))
	}
	seen(t, s, "Z", him[2:], 3)
}

// TestSignals_unreadable: FRD-03, nothing in the table can be read or guessed without the key, and nothing is left of
// what is too old.
func TestSignals_unreadable(t *testing.T) {
	s, pool, now := open(t, first)
	him := thief(t)
	must(t, s.Report(t.Context(), "the-shop", "the-order", signals.Fraud, him))
	rows := func() (all [][]byte) {
		must(t, pool.In(t.Context(), pg.Platform, pg.Read, func(tx pg.Tx) error {
			found, err := tx.Raw().Query(t.Context(), "select print, shop, source from fraud_signals")
			if err != nil {
				return err
			}
			defer found.Close()
			for found.Next() {
				var a, b, c []byte
				if err := found.Scan(&a, &b, &c); err != nil {
					return err
				}
				all = append(all, a, b, c)
			}
			return found.Err()
		}))
		return all
	}
	for _, kept := range rows() {
		if len(kept) != 32 || bytes.Contains(kept, []byte("the-")) || strings.Contains(string(kept), t.Name()) {
			t.Errorf("keeps %q", kept)
		}
	}
	thieves, _, _ := open(t, second)
	seen(t, thieves, "another", him, 0)
	later, _, _ := open(t, second+","+first)
	seen(t, later, "another", him, 1)
	now.Advance(signals.Keep + time.Hour)
	must(t, s.Sweep(t.Context()))
	if n := len(rows()); n != 0 {
		t.Errorf("%d are left", n)
	}
}
