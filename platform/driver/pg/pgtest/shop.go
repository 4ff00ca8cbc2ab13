package pgtest

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"echoppe.dev/migrations"
	"echoppe.dev/platform/driver/pg"
	"echoppe.dev/platform/driver/pg/pgmigrate"
)

// AppRole is the login role of the program in every test database.
const AppRole = "echoppe_app"

var (
	platformOnce sync.Once
	platformErr  error
)

// Pool opens a pool as the program's login role on this test binary's database, whose control
// plane is up to date. It is closed with the test.
func Pool(t testing.TB) *pg.Pool {
	t.Helper()
	ownerURL, appURL := URLs(t)
	platformOnce.Do(func() { platformErr = migratePlatform(ownerURL) })
	if platformErr != nil {
		t.Fatalf("build the control plane: %v", platformErr)
	}
	pool, err := pg.Open(t.Context(), pg.Config{URL: appURL, MaxConns: 8, Roles: true})
	if err != nil {
		t.Fatalf("open test pool: %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// Shop makes a fresh, empty shop schema with every migration applied, and a pool to reach it.
func Shop(t testing.TB) (*pg.Pool, pg.Schema) {
	t.Helper()
	pool := Pool(t)
	return pool, NewSchema(t)
}

// NewSchema makes one more shop schema in this test binary's database.
func NewSchema(t testing.TB) pg.Schema {
	t.Helper()
	ownerURL, _ := URLs(t)
	schema, err := pg.ShopSchema("shop_" + strings.ReplaceAll(uuid.NewString(), "-", "")[:16])
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		t.Fatalf("connect as owner: %v", err)
	}
	defer conn.Close(ctx)
	if err := pgmigrate.Create(ctx, conn, schema, pgmigrate.MustLoad(migrations.Tenant, "tenant"), AppRole); err != nil {
		t.Fatalf("create shop schema: %v", err)
	}
	return schema
}

func migratePlatform(ownerURL string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return pgmigrate.Platform(ctx, conn, pgmigrate.MustLoad(migrations.Platform, "platform"), AppRole)
}
