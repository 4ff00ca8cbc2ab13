package registry_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/migrations"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
	"echoppe.dev/platform/driver/pg/pgtest"
)

// privatePool opens a server that a test may stop, with the control plane built.
func privatePool(t *testing.T, server *pgtest.PrivateServer) *pg.Pool {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	if err := pgmigrate.Platform(t.Context(), conn, pgmigrate.MustLoad(migrations.Platform, "platform"), pgtest.AppRole); err != nil {
		t.Fatal(err)
	}
	pool, err := pg.Open(t.Context(), pg.Config{URL: server.AppURL, Roles: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}
