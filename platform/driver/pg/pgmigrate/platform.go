package pgmigrate

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
)

// bootLock keeps two processes that start on an empty database from building it at once.
const bootLock = 0x6563686f707065 // "echoppe"

// Platform builds or upgrades the control plane: schemas "ext" and "platform" and their role. app
// is the program's login role. It may be called at every start by every process.
func Platform(ctx context.Context, owner *pgx.Conn, s Series, app string) error {
	if _, err := owner.Exec(ctx, "select pg_advisory_lock($1)", int64(bootLock)); err != nil {
		return fmt.Errorf("lock the control plane: %w", err)
	}
	defer func() {
		_, _ = owner.Exec(context.WithoutCancel(ctx), "select pg_advisory_unlock($1)", int64(bootLock))
	}()
	if err := prepare(ctx, owner, app); err != nil {
		return err
	}
	_, err := Apply(ctx, owner, pg.Platform, s)
	return err
}

// prepare makes what the series itself cannot: schemas, role and the version row at zero.
func prepare(ctx context.Context, owner *pgx.Conn, app string) error {
	return pgx.BeginFunc(ctx, owner, func(tx pgx.Tx) error {
		// On Citus the control plane must not become a distributed schema; elsewhere the
		// setting is an unknown custom one and harmless.
		_, err := tx.Exec(ctx, `
			set local citus.enable_schema_based_sharding = off;
			create schema if not exists ext;
			-- To everybody, once: a right a shop would make the schema's list of rights grow with the fleet.
			grant usage on schema ext to public;
			create schema if not exists platform;
			create table if not exists platform.schema_version (
				only_row   boolean primary key default true check (only_row),
				version    integer not null,
				applied_at timestamptz not null default now()
			);
			insert into platform.schema_version (version) values (0) on conflict do nothing;
			revoke all on schema public from public`)
		if err != nil {
			return fmt.Errorf("prepare the control plane: %w", err)
		}
		return ensureRole(ctx, tx, pg.Platform.Role(), app)
	})
}
