package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg/pgtest"
)

// one runs a query for one value over a new connection.
func one[T any](t *testing.T, url, query string) T {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatalf("connect %s: %v", url, err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	var value T
	if err := conn.QueryRow(t.Context(), query).Scan(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

func TestURLs_Roles(t *testing.T) {
	owner, app := pgtest.URLs(t)
	if got := one[string](t, owner, "SELECT current_user"); got != "echoppe_owner" {
		t.Errorf("owner is %q", got)
	}
	if got := one[string](t, app, "SELECT current_user"); got != "echoppe_app" {
		t.Errorf("app is %q", got)
	}
	if one[bool](t, app, "SELECT has_database_privilege(current_database(), 'CREATE')") {
		t.Error("the application may create schemas")
	}
	if one[bool](t, app, "SELECT rolsuper OR rolcreaterole OR rolinherit FROM pg_catalog.pg_roles WHERE rolname = current_user") {
		t.Error("the application's role has more attributes than LOGIN")
	}
	if got := one[string](t, app, "SELECT pg_catalog.current_setting('search_path')"); got != `""` {
		t.Errorf("the application's search path is %s", got)
	}
	if got := one[string](t, owner, "SELECT pg_catalog.pg_get_userbyid(datdba) FROM pg_catalog.pg_database WHERE datname = current_database()"); got != "echoppe_owner" {
		t.Errorf("the database belongs to %q", got)
	}
}

func TestPrivate_OutageKeepsDataAndAddress(t *testing.T) {
	p := pgtest.Private(t)
	one[int](t, p.OwnerURL, "WITH s AS (SELECT 1) SELECT 1 FROM s")
	conn, err := pgx.Connect(t.Context(), p.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), "CREATE SCHEMA kept; CREATE TABLE kept.row (n int); INSERT INTO kept.row VALUES (7)"); err != nil {
		t.Fatal(err)
	}
	p.Stop(t)
	if err := conn.Ping(t.Context()); err == nil {
		t.Error("a connection survived the outage")
	}
	if again, err := pgx.Connect(t.Context(), p.OwnerURL); err == nil {
		_ = again.Close(t.Context())
		t.Error("connected during the outage")
	}
	p.Start(t)
	if got := one[int](t, p.OwnerURL, "SELECT n FROM kept.row"); got != 7 {
		t.Errorf("after the outage n = %d", got)
	}
	if shared, _ := pgtest.URLs(t); shared == p.OwnerURL {
		t.Error("the private server is the shared one")
	}
}
