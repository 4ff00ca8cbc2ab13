package pg_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
)

func count(tx pg.Tx, table string) (int, error) {
	var n int
	err := tx.DB().Raw("select count(*) from " + table).Scan(&n).Error
	return n, err
}

func insertCounter(tx pg.Tx, name string) error {
	return tx.DB().Exec("insert into counters (name, n) values (?, 1)", name).Error
}

func TestIn_CommitsAndRollsBack(t *testing.T) {
	pool, schema := pgtest.Shop(t)
	ctx := t.Context()
	boom := errors.New("boom")

	if err := pool.In(ctx, schema, pg.Write, func(tx pg.Tx) error { return insertCounter(tx, "kept") }); err != nil {
		t.Fatal(err)
	}
	err := pool.In(ctx, schema, pg.Write, func(tx pg.Tx) error {
		if err := insertCounter(tx, "dropped"); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatalf("got %v, want the function's own error", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = pool.In(ctx, schema, pg.Write, func(tx pg.Tx) error {
			_ = insertCounter(tx, "panicked")
			panic("bug")
		})
	}()
	err = pool.In(ctx, schema, pg.Read, func(tx pg.Tx) error {
		n, err := count(tx, "counters")
		if n != 1 {
			t.Errorf("%d rows, want the committed one only", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// FLT-01: a query that names no shop, or names another, fails.
func TestIn_FLT01_Walls(t *testing.T) {
	pool, mine := pgtest.Shop(t)
	other := pgtest.NewSchema(t)
	tests := []struct {
		name string
		s    pg.Schema
		mode pg.Mode
		sql  string
		want string
	}{
		{"write in a read", mine, pg.Read, "insert into counters values ('x', 1)", "read-only transaction"},
		{"another shop by name", mine, pg.Read, "select * from " + other.String() + ".counters", "permission denied"},
		{"write to another shop", mine, pg.Write, "insert into " + other.String() + ".counters values ('x', 1)", "permission denied"},
		{"control plane from a shop", mine, pg.Read, "select * from platform.shops", "permission denied"},
		{"shop from the control plane", pg.Platform, pg.Read, "select * from " + mine.String() + ".counters", "permission denied"},
		{"table of no shop", pg.Platform, pg.Read, "select * from counters", "does not exist"},
		{"alter a table", mine, pg.Write, "alter table counters add x int", "must be owner"},
		{"forge the schema's version", mine, pg.Write, "update schema_version set version = 1", "permission denied"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := pool.In(t.Context(), tt.s, tt.mode, func(tx pg.Tx) error { return tx.DB().Exec(tt.sql).Error })
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
	t.Run("zero schema", func(t *testing.T) {
		err := pool.In(t.Context(), pg.Schema{}, pg.Read, func(pg.Tx) error { t.Error("ran"); return nil })
		if err == nil {
			t.Error("the zero schema was let in")
		}
	})
}

func TestIn_OneInstant(t *testing.T) {
	pool, schema := pgtest.Shop(t)
	err := pool.In(t.Context(), schema, pg.Read, func(tx pg.Tx) error {
		if a, b := tx.Now(), tx.Now(); !a.Equal(b) || a.Location().String() != "UTC" {
			t.Errorf("Now moved from %v to %v", a, b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestIn_RetriesTheLoserOfARace(t *testing.T) {
	pool, schema := pgtest.Shop(t)
	tries := 0
	err := pool.In(t.Context(), schema, pg.Write, func(tx pg.Tx) error {
		tries++
		if tries == 1 {
			return tx.DB().Exec(`do $$ begin raise exception 'lost' using errcode = '40P01'; end $$`).Error
		}
		return insertCounter(tx, "second try")
	})
	if err != nil || tries != 2 {
		t.Errorf("after %d tries: %v; want success on the second", tries, err)
	}
}

func TestIn_CancelledContextRollsBack(t *testing.T) {
	pool, schema := pgtest.Shop(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := pool.In(ctx, schema, pg.Write, func(tx pg.Tx) error {
		if err := insertCounter(tx, "late"); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if err == nil {
		t.Fatal("a cancelled unit of work was committed")
	}
	err = pool.In(t.Context(), schema, pg.Read, func(tx pg.Tx) error {
		n, err := count(tx, "counters")
		if n != 0 {
			t.Errorf("%d rows stayed behind", n)
		}
		return err
	})
	if err != nil {
		t.Fatalf("the pool did not recover: %v", err)
	}
}

func TestConstraint(t *testing.T) {
	pool, schema := pgtest.Shop(t)
	err := pool.In(t.Context(), schema, pg.Write, func(tx pg.Tx) error {
		if err := insertCounter(tx, "twice"); err != nil {
			return err
		}
		return insertCounter(tx, "twice")
	})
	if got := pg.Constraint(err); got != "counters_pkey" {
		t.Errorf("constraint %q, want counters_pkey (error %v)", got, err)
	}
	if !errors.Is(err, gorm.ErrDuplicatedKey) {
		t.Errorf("%v is not gorm's duplicate key", err)
	}
}

// database/sql rolls back from another goroutine when a transaction's context ends; on the connection that Raw is using that
// made pgx panic.
func TestIn_CancelledWhileRawWorks(t *testing.T) {
	pool, schema := pgtest.Shop(t)
	long := strings.Repeat("x", 1<<20)
	for i := range 300 {
		ctx, cancel := context.WithCancel(t.Context())
		err := pool.In(ctx, schema, pg.Write, func(tx pg.Tx) error {
			time.AfterFunc(time.Duration(i%30)*100*time.Microsecond, cancel)
			for {
				if _, err := tx.Raw().Exec(ctx, "select length($1)", long); err != nil {
					return err
				}
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("%v, want that it was cancelled", err)
		}
		cancel()
	}
}
