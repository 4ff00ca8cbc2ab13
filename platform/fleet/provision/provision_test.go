package provision_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/migrations"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
	"echoppe.dev/platform/driver/pg/pgtest"
	"echoppe.dev/platform/fleet/audit"
	"echoppe.dev/platform/fleet/provision"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/clock"
	"echoppe.dev/platform/kit/id"
)

// bench is a control plane of its own: these tests count prepared shops.
type bench struct {
	pool     *pg.Pool
	registry *registry.Registry
	server   *pgtest.PrivateServer
	seeder   *seeder
}

func open(t *testing.T) *bench {
	t.Helper()
	server := pgtest.Private(t)
	owner, err := pgx.Connect(t.Context(), server.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(t.Context())
	if err := pgmigrate.Platform(t.Context(), owner, pgmigrate.MustLoad(migrations.Platform, "platform"), pgtest.AppRole); err != nil {
		t.Fatal(err)
	}
	pool, err := pg.Open(t.Context(), pg.Config{URL: server.AppURL, Roles: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return &bench{pool, registry.New(pool, nil, clock.System()), server, &seeder{}}
}

func (b *bench) provisioner(s pgmigrate.Series, ready int) *provision.Provisioner {
	return provision.New(provision.Config{
		OwnerURL: b.server.OwnerURL, AppRole: pgtest.AppRole, Series: s, Ready: ready,
	}, b.pool, b.registry, b.seeder)
}

func (b *bench) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	err := b.pool.In(t.Context(), pg.Platform, pg.Write, func(tx pg.Tx) error { return tx.DB().Exec(sql, args...).Error })
	if err != nil {
		t.Fatal(err)
	}
}

func (b *bench) number(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	err := b.pool.In(t.Context(), pg.Platform, pg.Read, func(tx pg.Tx) error { return tx.DB().Raw(sql, args...).Scan(&n).Error })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// seeder remembers whom it seeded, and fails when told to.
type seeder struct {
	mu   sync.Mutex
	fail error
	done []string
}

func (s *seeder) Seed(_ context.Context, shop *registry.Shop, w provision.Seed) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return s.fail
	}
	s.done = append(s.done, shop.Slug+" "+string(w.Locale))
	return nil
}

const (
	first  = "create table schema_version (only_row boolean primary key default true, version integer not null, applied_at timestamptz not null default now()); create table goods (n integer);"
	second = "alter table goods add column name text;"
)

// series is a short series of migrations, so that a schema costs little.
func series(t *testing.T, files ...string) pgmigrate.Series {
	t.Helper()
	fsys := fstest.MapFS{}
	for i, sql := range files {
		fsys[fmt.Sprintf("tenant/%04d_step.sql", i+1)] = &fstest.MapFile{Data: []byte(sql)}
	}
	s, err := pgmigrate.Load(fsys, "tenant")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func order(slug string) provision.Order {
	return provision.Order{Slug: slug, Seed: provision.Seed{Locale: "de", Name: "Mond"}, By: audit.Actor{Name: "Ada"}}
}

const prepared = "select count(*) from shops where state = 'prepared' and version > 0"

func TestOpen(t *testing.T) {
	b := open(t)
	p := b.provisioner(pgmigrate.MustLoad(migrations.Tenant, "tenant"), 1)
	if err := p.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := b.number(t, prepared); n != 1 {
		t.Fatalf("FLT-02 %d prepared, want 1", n)
	}
	joined := registry.ID{}
	o := order("mond")
	o.Alongside = func(_ pg.Tx, shop registry.ID) error { joined = shop; return nil }
	shop, err := p.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if shop.Slug != "mond" || shop.Name != "Mond" || shop.State != registry.Open || shop.ID != joined || shop.OpenedAt.IsZero() {
		t.Errorf("FLT-02 opened %+v", shop)
	}
	if !slices.Equal(b.seeder.done, []string{"mond de"}) {
		t.Errorf("seeded %v", b.seeder.done)
	}
	err = b.pool.In(t.Context(), shop.Schema, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec("insert into counters (name, n) values ('orders', 1)").Error
	})
	if err != nil {
		t.Errorf("FLT-01 the shop's own role cannot write: %v", err)
	}
	if _, err := p.Open(t.Context(), order("mond")); !errors.Is(err, registry.ErrSlugTaken) {
		t.Errorf("the same name again: %v, want ErrSlugTaken", err)
	}
	inline, err := p.Open(t.Context(), order("stern"))
	if err != nil || inline.ID == shop.ID {
		t.Errorf("FLT-02 with the pool empty: %v", err)
	}
}

func TestOpen_undoneTogether(t *testing.T) {
	b := open(t)
	p := b.provisioner(series(t, first), 1)
	if err := p.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	o := order("mond")
	o.Alongside = func(pg.Tx, registry.ID) error { return boom }
	if _, err := p.Open(t.Context(), o); !errors.Is(err, boom) {
		t.Fatalf("got %v, want the error of Alongside", err)
	}
	if n := b.number(t, prepared); n != 1 {
		t.Errorf("%d prepared, want the shop back in the pool", n)
	}
	if n := b.number(t, "select count(*) from audit"); n != 0 || len(b.seeder.done) != 0 {
		t.Errorf("%d journal rows, seeded %v: something was left", n, b.seeder.done)
	}
}

func TestOpen_together(t *testing.T) {
	b := open(t)
	p := b.provisioner(series(t, first), 4)
	if err := p.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	const people = 12
	shops := make([]*registry.Shop, people)
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			shop, err := p.Open(t.Context(), order(fmt.Sprintf("mond-%d", i)))
			if err != nil {
				t.Errorf("sign-up %d: %v", i, err)
				return
			}
			shops[i] = shop
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, shop := range shops {
		if shop != nil {
			seen[shop.Schema.String()] = true
		}
	}
	if len(seen) != people {
		t.Errorf("FLT-01 %d people share %d schemas", people, len(seen))
	}
}

func TestOpen_withoutOwner(t *testing.T) {
	b := open(t)
	p := provision.New(provision.Config{Series: series(t, first)}, b.pool, b.registry, b.seeder)
	if _, err := p.Open(t.Context(), order("mond")); !errors.Is(err, provision.ErrNoneReady) {
		t.Errorf("got %v, want ErrNoneReady", err)
	}
}

func TestTend_mendsWhatWasInterrupted(t *testing.T) {
	b := open(t)
	p := b.provisioner(series(t, first), 1)
	abandoned := id.New[registry.Shop]()
	b.exec(t, "insert into shops (id, schema_name, version, state, created_at) values (?, ?, 0, 'prepared', now() - interval '1 hour')",
		abandoned, "shop_"+strings.ReplaceAll(abandoned.String(), "-", ""))
	if err := p.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := b.number(t, "select version from shops where id = ?", abandoned); n != 1 {
		t.Errorf("the abandoned row is at version %d", n)
	}

	b.seeder.fail = errors.New("killed")
	shop, err := p.Open(t.Context(), order("mond"))
	if err != nil {
		t.Fatalf("a seed that fails must not undo the sign-up: %v", err)
	}
	b.seeder.fail = nil
	if err := p.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(b.seeder.done, []string{"mond de"}) {
		t.Errorf("seeded %v, want the shop whose seed was interrupted", b.seeder.done)
	}
	if n := b.number(t, "select count(*) from shops where seed is not null and id = ?", shop.ID); n != 0 {
		t.Error("the wishes are still there")
	}
}

func TestMigrate(t *testing.T) {
	b := open(t)
	old := b.provisioner(series(t, first), 3)
	if err := old.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	shop, err := old.Open(t.Context(), order("mond"))
	if err != nil {
		t.Fatal(err)
	}
	fresh := b.provisioner(series(t, first, second), 3)
	report, err := fresh.Migrate(t.Context(), provision.Plan{})
	if err != nil || report.Behind != 3 || report.Migrated != 3 || report.Failed != 0 {
		t.Fatalf("FLT-03 report %+v, %v", report, err)
	}
	if row, err := b.registry.Fresh(t.Context(), shop.ID); err != nil || row.Version != 2 {
		t.Errorf("FLT-03 the registry does not know the new version: %+v, %v", row, err)
	}
	err = b.pool.In(t.Context(), shop.Schema, pg.Write, func(tx pg.Tx) error {
		return tx.DB().Exec("insert into goods (n, name) values (1, 'Mug')").Error
	})
	if err != nil {
		t.Errorf("the new column: %v", err)
	}
	if report, err := fresh.Migrate(t.Context(), provision.Plan{}); err != nil || report.Behind != 0 {
		t.Errorf("FLT-03 a second run has work: %+v, %v", report, err)
	}
}

func TestMigrate_resumes(t *testing.T) {
	b := open(t)
	if err := b.provisioner(series(t, first), 4).Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	fresh := b.provisioner(series(t, first, second), 4)
	ctx, kill := context.WithCancel(t.Context())
	_, err := fresh.Migrate(ctx, provision.Plan{Workers: 1, Watch: func(provision.Step) { kill() }})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the run to end", err)
	}
	left := b.number(t, "select count(*) from shops where version < 2")
	if left == 0 || left == 4 {
		t.Fatalf("%d shops left: the run was not interrupted in the middle", left)
	}
	// Killed between the schema and the registry: the schema is ahead of what is written.
	b.exec(t, "update shops set version = 1")
	report, err := fresh.Migrate(t.Context(), provision.Plan{})
	if err != nil || report.Failed != 0 {
		t.Fatalf("FLT-03 second run: %+v, %v", report, err)
	}
	if n := b.number(t, "select count(*) from shops where version = 2"); n != 4 {
		t.Errorf("FLT-03 %d of 4 are up to date", n)
	}
}

func TestMigrate_recordsFailuresAndRetries(t *testing.T) {
	b := open(t)
	old := b.provisioner(series(t, first), 3)
	if err := old.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	shop, err := old.Open(t.Context(), order("mond"))
	if err != nil {
		t.Fatal(err)
	}
	b.owner(t, "alter table "+shop.Schema.String()+".goods add column name integer") // in the way of the next file
	fresh := b.provisioner(series(t, first, second), 3)
	report, err := fresh.Migrate(t.Context(), provision.Plan{})
	if err != nil || report.Migrated != 2 || report.Failed != 1 {
		t.Fatalf("FLT-03 report %+v, %v", report, err)
	}
	row, err := b.registry.Fresh(t.Context(), shop.ID)
	if err != nil || row.Version != 1 || !strings.Contains(row.Problem, "0002_step.sql") {
		t.Errorf("FLT-03 the shop is at %d with problem %q, %v", row.Version, row.Problem, err)
	}
	b.owner(t, "alter table "+shop.Schema.String()+".goods drop column name")
	if report, err := fresh.Migrate(t.Context(), provision.Plan{}); err != nil || report.Migrated != 1 {
		t.Fatalf("FLT-03 retry: %+v, %v", report, err)
	}
	if row, err := b.registry.Fresh(t.Context(), shop.ID); err != nil || row.Version != 2 || row.Problem != "" {
		t.Errorf("FLT-03 after the retry: %+v, %v", row, err)
	}
}

func TestMigrate_stops(t *testing.T) {
	b := open(t)
	if err := b.provisioner(series(t, first), 5).Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	broken := b.provisioner(series(t, first, "alter table nothing add column x text;"), 5)
	var tried atomic.Int64
	report, err := broken.Migrate(t.Context(), provision.Plan{Workers: 1, StopAfter: 2, Watch: func(provision.Step) { tried.Add(1) }})
	if !errors.Is(err, provision.ErrStopped) || report.Failed != 2 || tried.Load() != 2 {
		t.Errorf("FLT-03 report %+v after %d, %v; want it to stop after two failures", report, tried.Load(), err)
	}
}

func TestMigrate_noOpIsOneRead(t *testing.T) {
	b := open(t)
	s := series(t, first, second)
	b.exec(t, `insert into shops (id, schema_name, version, slug, state, created_at, opened_at)
		select gen_random_uuid(), 'shop_' || n, 2, 'mond-' || n, 'open', now(), now() from generate_series(1, 10000) n`)
	// Without an owner's address nothing but the registry can be read.
	p := provision.New(provision.Config{Series: s}, b.pool, b.registry, nil)
	report, err := p.Migrate(t.Context(), provision.Plan{})
	if err != nil || report.Behind != 0 {
		t.Errorf("FLT-03 report %+v, %v", report, err)
	}
}

// owner runs SQL as the owner of the schemas.
func (b *bench) owner(t *testing.T, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.server.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}
