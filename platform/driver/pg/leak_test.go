package pg_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
)

// leakRuns is how many units of work the permanent leak test interleaves (FLT-01 asks for 100,000
// over both ways; half of them go through PgBouncer).
const leakRuns = 50_000

// FLT-01: two shops forced onto very few connections never see each other, directly and through
// PgBouncer in transaction mode, whatever rolls back or panics in between.
func TestIn_FLT01_NoLeak(t *testing.T) {
	if testing.Short() {
		t.Log("short: a twentieth of the runs")
	}
	_, app := pgtest.URLs(t)
	pgtest.Pool(t) // builds the control plane
	for _, way := range []struct {
		name string
		cfg  pg.Config
	}{
		{"direct", pg.Config{URL: app, MaxConns: 2, Groups: 1, Roles: true}},
		{"pgbouncer", pg.Config{URL: pgtest.PgBouncer(t, app), MaxConns: 6, Groups: 1, Roles: true, Pooled: true}},
	} {
		t.Run(way.name, func(t *testing.T) {
			pool, err := pg.Open(t.Context(), way.cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer pool.Close()
			interleave(t, pool)
		})
	}
}

func interleave(t *testing.T, pool *pg.Pool) {
	runs := leakRuns
	if testing.Short() {
		runs /= 20
	}
	shops := []pg.Schema{pgtest.NewSchema(t), pgtest.NewSchema(t)}
	for _, s := range shops {
		err := pool.In(t.Context(), s, pg.Write, func(tx pg.Tx) error { return insertCounter(tx, s.String()) })
		if err != nil {
			t.Fatal(err)
		}
	}
	var next, foreign, failed atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for next.Add(1) <= int64(runs) {
				if err := visit(t, pool, shops[rand.IntN(2)], &foreign); err != nil {
					failed.Add(1)
					t.Logf("unit of work: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
	if foreign.Load() != 0 || failed.Load() != 0 {
		t.Errorf("%d units of work saw another shop, %d failed", foreign.Load(), failed.Load())
	}
}

// visit reads its own row and then ends in one of the ways a request can end.
func visit(t *testing.T, pool *pg.Pool, s pg.Schema, foreign *atomic.Int64) (err error) {
	defer func() {
		if r := recover(); r != nil && fmt.Sprint(r) != "planned" {
			panic(r)
		}
	}()
	end := rand.IntN(10)
	mode := pg.Read
	if end == 0 {
		mode = pg.Write
	}
	err = pool.In(t.Context(), s, mode, func(tx pg.Tx) error {
		var owner string
		if err := tx.DB().Raw("select name from counters").Scan(&owner).Error; err != nil {
			return err
		}
		if owner != s.String() {
			foreign.Add(1)
		}
		switch end {
		case 0:
			if err := tx.DB().Exec("update counters set n = n + 1").Error; err != nil {
				return err
			}
		case 1:
			return errPlanned
		case 2:
			panic("planned")
		}
		return nil
	})
	if err == errPlanned {
		return nil
	}
	return err
}

var errPlanned = fmt.Errorf("planned")
