package tenanttest

import (
	"sync"
	"testing"

	"echoppe.dev/platform/driver/jobs"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
)

var (
	jobsOnce sync.Once
	jobsErr  error
)

// Open makes a fresh empty shop: every migration applied, no settings, no rows.
func Open(t testing.TB) *tenant.Shop {
	t.Helper()
	pool := pgtest.Pool(t)
	return On(t, pool, clock.System())
}

// On makes a fresh empty shop reached through pool, for tests that need two shops on one pool or
// a clock of their own.
func On(t testing.TB, pool *pg.Pool, c clock.Clock) *tenant.Shop {
	t.Helper()
	owner, _ := pgtest.URLs(t)
	jobsOnce.Do(func() { jobsErr = jobs.Migrate(t.Context(), owner) })
	if jobsErr != nil {
		t.Fatalf("prepare the job queue: %v", jobsErr)
	}
	schema := pgtest.NewSchema(t)
	shop, err := tenant.NewOpener(pool, tenant.NewVersions(nil, c), nil).Open(tenant.Ref{
		ID:      id.New[tenant.Shop](),
		Slug:    "test",
		Schema:  schema.String(),
		BaseURL: "http://test.localhost",
		Plan:    "free",
		// An operator allows it; what the merchant has to do is left to the tests.
		Terminal: true,
	})
	if err != nil {
		t.Fatalf("open shop: %v", err)
	}
	return shop
}
