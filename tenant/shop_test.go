package tenant_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/id"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/tenanttest"
)

func version(t *testing.T, shop *tenant.Shop) int64 {
	t.Helper()
	n, err := shop.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func touch(tx tenant.Tx) error { tx.Touch(); return nil }

func TestWrite_RaisesThePageVersion(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	start := version(t, shop)
	boom := errors.New("boom")
	for _, step := range []struct {
		name string
		fn   func(tenant.Tx) error
		want int64
	}{
		{"nothing seen", func(tenant.Tx) error { return nil }, 0},
		{"touched", touch, 1},
		{"touched twice counts once", func(tx tenant.Tx) error { tx.Touch(); tx.Touch(); return nil }, 2},
		{"rolled back", func(tx tenant.Tx) error { tx.Touch(); return boom }, 2},
	} {
		if err := shop.Write(t.Context(), step.fn); err != nil && !errors.Is(err, boom) {
			t.Fatal(err)
		}
		if got := version(t, shop) - start; got != step.want {
			t.Errorf("%s: %d versions on, want %d", step.name, got, step.want)
		}
	}
}

// What is memoised is never older than the version it is kept under, even when another process
// commits and announces between the snapshot and the reading.
func TestMemo_NeverKeepsTheOldUnderTheNew(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	schema := pgtest.NewSchema(t)
	ref := tenant.Ref{ID: id.New[tenant.Shop](), Slug: "s", Schema: schema.String()}
	mine, theirs := tenant.NewVersions(nil, clock.System()), tenant.NewVersions(nil, clock.System())
	here, err := tenant.NewOpener(pool, mine, nil).Open(ref)
	if err != nil {
		t.Fatal(err)
	}
	there, err := tenant.NewOpener(pool, theirs, nil).Open(ref)
	if err != nil {
		t.Fatal(err)
	}
	read := func(tx tenant.Tx) (n int64, err error) {
		err = tx.DB().Raw("select count(*) from counters").Scan(&n).Error
		return n, err
	}
	remembered := func() (n int64) {
		err := here.Read(t.Context(), func(tx tenant.Tx) (err error) { n, err = tenant.Memo(tx, "count", read); return err })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	version(t, here)
	if got := remembered(); got != 0 {
		t.Fatalf("counted %d", got)
	}
	err = here.Read(t.Context(), func(tx tenant.Tx) error {
		if _, err := read(tx); err != nil { // takes the snapshot
			return err
		}
		err := there.Write(t.Context(), func(tx tenant.Tx) error {
			tx.Touch()
			return tx.DB().Exec("insert into counters values ('new', 1)").Error
		})
		if err != nil {
			return err
		}
		mine.Learn(ref.ID, version(t, there)) // the announcement arrives
		_, err = tenant.Memo(tx, "count", read)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := remembered(); got != 1 {
		t.Errorf("counted %d after the announcement, want 1", got)
	}
}

// silent is a feed that announces nothing and is well, or not.
type silent struct{ well bool }

func (silent) Announce(context.Context, tenant.ID, int64) {}
func (s silent) Healthy() bool                            { return s.well }

// Redis gone: a version is believed for a second only.
func TestVersions_Lease(t *testing.T) {
	t.Parallel()
	pool := pgtest.Pool(t)
	for _, tt := range []struct {
		name  string
		feed  tenant.Feed
		after time.Duration
		stale bool
	}{
		{"announcements arrive", silent{well: true}, 20 * time.Second, true},
		{"one was lost", silent{well: true}, time.Minute, false},
		{"none arrive", silent{}, 2 * time.Second, false},
		{"one process", nil, 20 * time.Second, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := clock.New(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC))
			ref := tenant.Ref{ID: id.New[tenant.Shop](), Schema: pgtest.NewSchema(t).String()}
			shop, err := tenant.NewOpener(pool, tenant.NewVersions(tt.feed, c), nil).Open(ref)
			if err != nil {
				t.Fatal(err)
			}
			other, err := tenant.NewOpener(pool, tenant.NewVersions(nil, c), nil).Open(ref)
			if err != nil {
				t.Fatal(err)
			}
			before := version(t, shop)
			if err := other.Write(t.Context(), touch); err != nil {
				t.Fatal(err)
			}
			c.Advance(tt.after)
			if stale := version(t, shop) == before; stale != tt.stale {
				t.Errorf("stale %v, want %v", stale, tt.stale)
			}
		})
	}
}

func TestRecord(t *testing.T) {
	t.Parallel()
	shop := tenanttest.Open(t)
	who := tenant.Actor{Kind: tenant.Staff, ID: "7", Name: "Léa"}
	err := shop.Write(t.Context(), func(tx tenant.Tx) error {
		return tx.Record(who, "product.saved", "product/1", map[string]int{"price": 1}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = shop.Read(t.Context(), func(tx tenant.Tx) error {
		var row struct {
			ActorName, Action, Before string
			After                     *string
		}
		err := tx.DB().Raw("select actor_name, action, before::text as before, after::text as after from audit").Scan(&row).Error
		if row.ActorName != "Léa" || row.Before != `{"price": 1}` || row.After != nil {
			t.Errorf("journal row %+v", row)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
