// Package jobstest runs jobs in tests without workers and without waiting.
package jobstest

import (
	"context"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
)

var (
	once       sync.Once
	migrateErr error
)

// Pool returns connections to the queue of this test binary's database, which is
// built on first use.
func Pool(t testing.TB) *pgxpool.Pool {
	t.Helper()
	owner, app := pgtest.URLs(t)
	once.Do(func() { migrateErr = jobs.Migrate(context.Background(), owner) })
	if migrateErr != nil {
		t.Fatal(migrateErr)
	}
	pool, err := jobs.OpenPool(t.Context(), jobs.PoolConfig{URL: app, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// Drain runs every job of the schema that is due and known to the registry, those
// that these jobs enqueue included, and returns what became of them. A failed job
// does not fail the test.
func Drain(t testing.TB, schema pg.Schema, r *jobs.Registry) []jobs.Result {
	t.Helper()
	results, err := jobs.RunDue(t.Context(), Pool(t), r, schema.String())
	if err != nil {
		t.Fatal(err)
	}
	return results
}
