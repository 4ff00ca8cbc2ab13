package pgmigrate_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
	"echoppe.dev/platform/driver/pg/pgtest"
)

const versionTable = `create table schema_version (
	only_row boolean primary key default true, version integer not null, applied_at timestamptz not null default now());`

func series(t *testing.T, files map[string]string) pgmigrate.Series {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, sql := range files {
		fsys["s/"+name] = &fstest.MapFile{Data: []byte(sql)}
	}
	s, err := pgmigrate.Load(fsys, "s")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func owner(t *testing.T) *pgx.Conn {
	t.Helper()
	pgtest.Pool(t)
	url, _ := pgtest.URLs(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func newSchema(t *testing.T) pg.Schema {
	t.Helper()
	s, err := pg.ShopSchema("shop_" + strings.ReplaceAll(uuid.NewString(), "-", "")[:12])
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLoad_RefusesDisorder(t *testing.T) {
	for name, files := range map[string]fstest.MapFS{
		"gap":       {"s/0001_a.sql": {}, "s/0003_b.sql": {}},
		"doubled":   {"s/0001_a.sql": {}, "s/0001_b.sql": {}},
		"no number": {"s/first.sql": {}},
	} {
		if _, err := pgmigrate.Load(files, "s"); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}

// FLT-03: no-op, resume after a failure, retry.
func TestApply_FLT03(t *testing.T) {
	conn, schema, ctx := owner(t), newSchema(t), t.Context()
	one := map[string]string{"0001_a.sql": versionTable + "create table a (x int);"}
	if err := pgmigrate.Create(ctx, conn, schema, series(t, one), pgtest.AppRole); err != nil {
		t.Fatal(err)
	}
	if v, err := pgmigrate.Apply(ctx, conn, schema, series(t, one)); err != nil || v != 1 {
		t.Fatalf("no-op: version %d, %v", v, err)
	}

	broken := map[string]string{"0001_a.sql": one["0001_a.sql"], "0002_b.sql": "alter table a add y int;", "0003_c.sql": "create table c (x int); select 1/0;"}
	v, err := pgmigrate.Apply(ctx, conn, schema, series(t, broken))
	if err == nil || v != 2 || !strings.Contains(err.Error(), "0003_c.sql") {
		t.Fatalf("a failing file left version %d with %v; want 2 and the file's name", v, err)
	}
	var half bool
	if err := conn.QueryRow(ctx, "select to_regclass($1) is not null", schema.String()+".c").Scan(&half); err != nil || half {
		t.Errorf("half a migration stayed behind (%v)", err)
	}

	broken["0003_c.sql"] = "create table c (x int);"
	if v, err = pgmigrate.Apply(ctx, conn, schema, series(t, broken)); err != nil || v != 3 {
		t.Fatalf("retry: version %d, %v", v, err)
	}
}

func TestCreate_WholeOrNotAtAll(t *testing.T) {
	conn, schema, ctx := owner(t), newSchema(t), t.Context()
	bad := series(t, map[string]string{"0001_a.sql": versionTable, "0002_b.sql": "select nonsense;"})
	if err := pgmigrate.Create(ctx, conn, schema, bad, pgtest.AppRole); err == nil {
		t.Fatal("created")
	}
	var exists bool
	err := conn.QueryRow(ctx, "select exists (select from pg_namespace where nspname = $1)", schema.String()).Scan(&exists)
	if err != nil || exists {
		t.Errorf("half a schema stayed behind (%v)", err)
	}
}
