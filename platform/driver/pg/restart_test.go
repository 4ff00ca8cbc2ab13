package pg_test

import (
	"testing"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
)

// When the database was restarted every idle connection is dead. The first who gets one must not be told.
func TestIn_DeadConnections(t *testing.T) {
	pool, schema := pgtest.Shop(t)
	var pids []int
	var hold func(n int) error
	hold = func(n int) error {
		return pool.In(t.Context(), schema, pg.Read, func(tx pg.Tx) error {
			var pid int
			if err := tx.DB().Raw("select pg_backend_pid()").Scan(&pid).Error; err != nil || n == 1 {
				pids = append(pids, pid)
				return err
			}
			pids = append(pids, pid)
			return hold(n - 1)
		})
	}
	if err := hold(2); err != nil {
		t.Fatal(err)
	}
	err := pool.In(t.Context(), schema, pg.Read, func(tx pg.Tx) error {
		if err := tx.DB().Exec("reset role").Error; err != nil { // a shop's role may not do this
			return err
		}
		var ended []bool
		err := tx.DB().Raw("select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid in ? and pid <> pg_backend_pid()", pids).Scan(&ended).Error
		if len(ended) != 1 || !ended[0] {
			t.Errorf("ended %v of %v", ended, pids)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := hold(2); err != nil { // which needs more connections than live
		t.Fatal(err)
	}
}
