package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg/pgtest"
)

// connect opens a connection without named statements, as one must behind a pooler.
func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	config, err := pgx.ParseConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	conn, err := pgx.ConnectConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	return conn
}

// backend is the number of the server process that answers a statement.
func backend(t *testing.T, conn *pgx.Conn) (pid int) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), "SELECT pg_catalog.pg_backend_pid()").Scan(&pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestPgBouncer_SharesBackendsBetweenClients(t *testing.T) {
	_, app := pgtest.URLs(t)
	pooled := pgtest.PgBouncer(t, app)
	first, second := connect(t, pooled), connect(t, pooled)
	if a, b := backend(t, first), backend(t, second); a != b {
		t.Errorf("two clients, one after the other, got backends %d and %d: not transaction mode", a, b)
	}
}
