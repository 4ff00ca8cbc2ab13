package pg_test

import (
	"testing"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
)

// FLT-09: a backend keeps the catalogue of every schema it has seen, so a connection is retired
// after a few.
func TestPool_RetiresConnections(t *testing.T) {
	pgtest.Pool(t)
	_, app := pgtest.URLs(t)
	pool, err := pg.Open(t.Context(), pg.Config{URL: app, MaxConns: 1, Groups: 1, RecycleAfter: 2, Roles: true})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	backend := func(s pg.Schema) (pid int) {
		err := pool.In(t.Context(), s, pg.Read, func(tx pg.Tx) error {
			return tx.DB().Raw("select pg_backend_pid()").Scan(&pid).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		return pid
	}
	a, b := pgtest.NewSchema(t), pgtest.NewSchema(t)
	first := backend(a)
	if again := backend(a); again != first {
		t.Errorf("backend %d gave way to %d although only one schema was seen", first, again)
	}
	if second := backend(b); second != first {
		t.Errorf("backend %d gave way to %d before its second schema was served", first, second)
	}
	if third := backend(a); third == first {
		t.Error("the backend was kept after two schemas")
	}
}
