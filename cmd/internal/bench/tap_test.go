package bench

import (
	"testing"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
)

// What begins and ends a transaction is a round trip and no query; statements with and without
// arguments are queries, and those of a batch travel together.
func TestTap(t *testing.T) {
	t.Parallel()
	pgtest.Pool(t) // builds the control plane
	_, app := pgtest.URLs(t)
	line, err := openTap(t.Context(), app)
	if err != nil {
		t.Fatal(err)
	}
	defer line.close()
	pool, err := pg.Open(t.Context(), pg.Config{URL: line.url, MaxConns: 1, Groups: 1, Roles: true})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	work := func(tx pg.Tx) error {
		var n int
		if err := tx.DB().Raw("select ?::int", 7).Scan(&n).Error; err != nil {
			return err
		}
		if n != 7 {
			t.Errorf("read %d through the tap", n)
		}
		return tx.DB().Exec("set local statement_timeout = 5000").Error
	}
	read := func() error { return pool.In(t.Context(), pg.Platform, pg.Read, work) }
	if err := read(); err != nil { // prepares the statements
		t.Fatal(err)
	}
	before := line.seen()
	if err := read(); err != nil {
		t.Fatal(err)
	}
	if got := line.seen().since(before); got.queries != 2 || got.trips != 4 {
		t.Errorf("%d queries in %d trips, want 2 in 4", got.queries, got.trips)
	}
}

func TestTap_NeedsASocket(t *testing.T) {
	t.Parallel()
	if _, err := openTap(t.Context(), "postgres://app@db.example:5432/echoppe"); err == nil {
		t.Error("a database over TCP was tapped")
	}
}
