package registry_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/plan"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/fsm"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/platform/kit/id"
)

var (
	ada   = audit.Actor{ID: "a", Name: "Ada"}
	start = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	count atomic.Int64
)

// fresh is a slug no other test has.
func fresh() string { return fmt.Sprintf("lune-%d", count.Add(1)) }

// add writes an open shop's row; its schema need not exist for the registry.
func add(t *testing.T, pool *pg.Pool, slug string) registry.ID {
	t.Helper()
	shop := id.New[registry.Shop]()
	in(t, pool, `insert into shops (id, schema_name, version, slug, state, created_at, opened_at) values (?, ?, 3, ?, 'open', now(), now())`,
		shop, "shop_"+strings.ReplaceAll(shop.String(), "-", ""), slug)
	return shop
}

func in(t *testing.T, pool *pg.Pool, sql string, args ...any) {
	t.Helper()
	err := pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error { return tx.DB().Exec(sql, args...).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func TestRegistry_finds(t *testing.T) {
	pool := pgtest.Pool(t)
	r := registry.New(pool, nil, clock.New(start))
	slug := fresh()
	shop := add(t, pool, slug)
	in(t, pool, `insert into shop_aliases (slug, shop_id, created_at) values (?, ?, now())`, "old-"+slug, shop)
	in(t, pool, `insert into domains (host, shop_id, token, verified_at, main, created_at) values (?, ?, 't', now(), true, now()), (?, ?, 't', null, false, now())`,
		slug+".fr", shop, slug+".de", shop)

	for name, find := range map[string]func() (*registry.Shop, error){
		"slug":   func() (*registry.Shop, error) { return r.BySlug(t.Context(), slug) },
		"alias":  func() (*registry.Shop, error) { return r.BySlug(t.Context(), "old-"+slug) },
		"domain": func() (*registry.Shop, error) { return r.ByHost(t.Context(), slug+".fr") },
		"id":     func() (*registry.Shop, error) { return r.ByID(t.Context(), shop) },
	} {
		got, err := find()
		if err != nil {
			t.Fatalf("by %s: %v", name, err)
		}
		if got.ID != shop || got.Slug != slug || got.Domain != slug+".fr" || got.State != registry.Open || got.Plan != plan.Free {
			t.Errorf("by %s: %+v", name, got)
		}
	}
	if _, err := r.ByHost(t.Context(), slug+".de"); !errors.Is(err, registry.ErrUnknown) {
		t.Errorf("HST-05 an unproved domain: %v, want ErrUnknown", err)
	}
	prepared := id.New[registry.Shop]()
	in(t, pool, `insert into shops (id, schema_name, version, state, created_at) values (?, ?, 3, 'prepared', now())`,
		prepared, "shop_"+strings.ReplaceAll(prepared.String(), "-", ""))
	if _, err := r.ByID(t.Context(), prepared); !errors.Is(err, registry.ErrUnknown) {
		t.Errorf("a prepared shop: %v, want ErrUnknown", err)
	}
}

func TestRegistry_servesKnownShopsWithoutTheDatabase(t *testing.T) {
	server := pgtest.Private(t)
	pool := privatePool(t, server)
	now := clock.New(start)
	r := registry.New(pool, nil, now)
	slug := fresh()
	add(t, pool, slug)
	if _, err := r.BySlug(t.Context(), slug); err != nil {
		t.Fatal(err)
	}
	server.Stop(t)
	if _, err := r.BySlug(t.Context(), slug); err != nil {
		t.Errorf("within the lease: %v", err)
	}
	now.Advance(time.Minute)
	if _, err := r.BySlug(t.Context(), slug); err != nil {
		t.Errorf("after the lease, while the database is away: %v", err)
	}
	server.Start(t)
	in(t, pool, "update shops set name = 'Neu' where slug = ?", slug)
	name := func() string {
		t.Helper()
		shop, err := r.BySlug(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		return shop.Name
	}
	if got := name(); got != "" {
		t.Errorf("%q: the database was tried again within the pause", got)
	}
	now.Advance(3 * time.Second)
	if got := name(); got != "Neu" {
		t.Errorf("%q: the database is back and was not asked", got)
	}
	server.Stop(t)
	now.Advance(time.Hour)
	if _, err := r.BySlug(t.Context(), slug); !errors.Is(err, pg.ErrUnavailable) {
		t.Errorf("after an hour: %v, want ErrUnavailable", err)
	}
}

// wire joins the registries of two processes.
type wire struct {
	to   *registry.Registry
	deaf atomic.Bool
}

func (w *wire) Announce(_ context.Context, shop registry.ID) {
	if !w.deaf.Load() {
		w.to.Forget(shop)
	}
}

func (w *wire) Healthy() bool { return !w.deaf.Load() }

func TestRegistry_changesReachOtherProcesses(t *testing.T) {
	pool := pgtest.Pool(t)
	now := clock.New(start)
	feed := &wire{}
	here := registry.New(pool, feed, now)
	there := registry.New(pool, feed, now)
	feed.to = there
	slug := fresh()
	shop := add(t, pool, slug)
	mode := func(want registry.Mode) {
		t.Helper()
		got, err := there.BySlug(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		if got.Mode != want {
			t.Errorf("the other process sees %s, want %s", got.Mode, want)
		}
	}
	set := func(m registry.Mode) {
		t.Helper()
		if _, err := here.SetMode(t.Context(), registry.Change{Shop: shop, By: ada}, m, registry.Maintenance{}); err != nil {
			t.Fatal(err)
		}
	}
	mode(registry.Production)
	set(registry.Shut)
	mode(registry.Shut)

	feed.deaf.Store(true)
	set(registry.Production)
	mode(registry.Shut) // the announcement was lost …
	now.Advance(2 * time.Second)
	mode(registry.Production) // … and the short lease makes it good
}

func TestRegistry_unknownIsAskedAgain(t *testing.T) {
	pool := pgtest.Pool(t)
	now := clock.New(start)
	r := registry.New(pool, nil, now)
	slug := fresh()
	if _, err := r.BySlug(t.Context(), slug); !errors.Is(err, registry.ErrUnknown) {
		t.Fatalf("got %v, want ErrUnknown", err)
	}
	add(t, pool, slug)
	if _, err := r.BySlug(t.Context(), slug); !errors.Is(err, registry.ErrUnknown) {
		t.Fatalf("asked again at once: %v", err)
	}
	now.Advance(6 * time.Second)
	if _, err := r.BySlug(t.Context(), slug); err != nil {
		t.Fatalf("after some seconds: %v", err)
	}
}

func TestRegistry_SetMode(t *testing.T) {
	pool := pgtest.Pool(t)
	r := registry.New(pool, nil, clock.New(start))
	shop := add(t, pool, fresh())
	back := start.Add(3 * time.Hour)
	drained, err := r.SetMode(t.Context(), registry.Change{Shop: shop, Rev: 1, By: ada}, registry.Draining, registry.Maintenance{
		Message: i18n.Text{"fr": "Inventaire"}, Reopens: back, Preview: "p1", Zone: "Europe/Paris",
	})
	if err != nil {
		t.Fatal(err)
	}
	if drained.ModeSince.IsZero() {
		t.Fatal("MNT-02 the switch has no instant")
	}
	read, err := r.Fresh(t.Context(), shop)
	if err != nil {
		t.Fatal(err)
	}
	if !read.Maintenance.Reopens.Equal(back) || read.Maintenance.Message.In("fr") != "Inventaire" || !read.ModeSince.Equal(drained.ModeSince) {
		t.Errorf("MNT-04 read back %+v", read.Maintenance)
	}
	reworded, err := r.SetMode(t.Context(), registry.Change{Shop: shop, By: ada}, registry.Shut, registry.Maintenance{})
	if err != nil {
		t.Fatal(err)
	}
	if !reworded.ModeSince.Equal(drained.ModeSince) {
		t.Error("MNT-02 the instant moved although the shop was closed already")
	}
	if _, err := r.SetMode(t.Context(), registry.Change{Shop: shop, Rev: 1, By: ada}, registry.Production, registry.Maintenance{}); !errors.Is(err, registry.ErrChanged) {
		t.Errorf("saved on an old revision: %v, want ErrChanged", err)
	}
	open, err := r.SetMode(t.Context(), registry.Change{Shop: shop, By: ada}, registry.Production, registry.Maintenance{})
	if err != nil || !open.ModeSince.IsZero() {
		t.Errorf("MNT-01 back in production: %v, since %s", err, open.ModeSince)
	}
}

func TestRegistry_Rename(t *testing.T) {
	pool := pgtest.Pool(t)
	r := registry.New(pool, nil, clock.New(start))
	one, two := fresh(), fresh()
	first, second := add(t, pool, one), add(t, pool, two)
	renamed := one + "-neu"
	if _, err := r.Rename(t.Context(), registry.Change{Shop: first, By: ada}, renamed); err != nil {
		t.Fatal(err)
	}
	if got, err := r.BySlug(t.Context(), one); err != nil || got.ID != first || got.Slug != renamed {
		t.Errorf("the old name leads to %+v, %v", got, err)
	}
	for _, taken := range []string{one, renamed} {
		if _, err := r.Rename(t.Context(), registry.Change{Shop: second, By: ada}, taken); !errors.Is(err, registry.ErrSlugTaken) {
			t.Errorf("the other shop took %s: %v", taken, err)
		}
	}
	back, err := r.Rename(t.Context(), registry.Change{Shop: first, By: ada}, one)
	if err != nil || back.Slug != one {
		t.Errorf("back to the first name: %v", err)
	}
	if got, err := r.BySlug(t.Context(), renamed); err != nil || got.Slug != one {
		t.Errorf("the name in between leads to %+v, %v", got, err)
	}
}

func TestRegistry_Move(t *testing.T) {
	pool := pgtest.Pool(t)
	r := registry.New(pool, nil, clock.New(start))
	shop := add(t, pool, fresh())
	suspended, err := r.Move(t.Context(), registry.Change{Shop: shop, Rev: 1, By: ada}, registry.Suspend)
	if err != nil || suspended.State != registry.Suspended {
		t.Fatalf("suspend: %v", err)
	}
	if _, err := r.Move(t.Context(), registry.Change{Shop: shop, By: ada}, registry.Suspend); !errors.Is(err, fsm.ErrRefused) {
		t.Errorf("suspend twice: %v, want ErrRefused", err)
	}
	if _, err := r.SetPlan(t.Context(), registry.Change{Shop: shop, By: ada}, "gold"); !errors.Is(err, plan.ErrUnknown) {
		t.Errorf("a plan that is none: %v", err)
	}
	entries, err := audit.NewJournal(pool).List(t.Context(), audit.Filter{Shop: shop.String()})
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Action != "shop.suspend" || entries[0].Actor != ada {
		t.Errorf("journal %+v, want the one change that was made", entries)
	}
}

func TestRegistry_List(t *testing.T) {
	pool := pgtest.Pool(t)
	r := registry.New(pool, nil, clock.New(start))
	mark := fmt.Sprintf("zebra%d", count.Add(1))
	var ids []registry.ID
	for i := range 5 {
		ids = append(ids, add(t, pool, fmt.Sprintf("%s-%d", mark, i)))
	}
	in(t, pool, "update shops set state = 'suspended', version = 1 where id = ?", ids[2])
	page := func(f registry.Filter) registry.List {
		t.Helper()
		list, err := r.List(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if l := page(registry.Filter{Search: strings.ToUpper(mark), Size: 2, Page: 3}); l.Total != 5 || len(l.Shops) != 1 {
		t.Errorf("third page of two: %d of %d", len(l.Shops), l.Total)
	}
	if l := page(registry.Filter{Search: mark, State: registry.Suspended}); l.Total != 1 || l.Shops[0].ID != ids[2] {
		t.Errorf("suspended: %d", l.Total)
	}
	if l := page(registry.Filter{Search: mark, Behind: 3}); l.Total != 1 {
		t.Errorf("behind: %d", l.Total)
	}
	if l := page(registry.Filter{Search: mark + "%"}); l.Total != 0 {
		t.Errorf("a percent sign is not a wildcard, found %d", l.Total)
	}
	totals, err := r.Count(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	if totals.Behind < 1 || totals.ByState[registry.Suspended] < 1 {
		t.Errorf("totals %+v", totals)
	}
}
